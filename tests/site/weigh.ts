import {gzipSync} from "node:zlib";
import type {Browser, CDPSession} from "playwright-core";

/** What a reader's browser takes in before anything is clicked. */
export interface Weight {
  readonly requests: number;
  readonly kB: number; // of 1,000 bytes, each answer as gzip sends it
  readonly layoutShift: number; // cumulative, as the browser scores it
  readonly largestPaintMs: number; // on slow 4G (1.6 Mb/s, 150 ms) with a processor four times slower
}

const SLOW_4G = {offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8};

declare global {
  interface Window {
    weights: {shift: number; paint: number};
  }
}

/** Opens one page on a phone and adds up what comes. */
export async function weigh(browser: Browser, url: string): Promise<Weight> {
  const context = await browser.newContext({viewport: {width: 390, height: 844}});
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.weights = {shift: 0, paint: 0};
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          window.weights.shift += (entry as PerformanceEntry & {value: number}).value;
      }).observe({type: "layout-shift", buffered: true});
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.weights.paint = entry.startTime;
      }).observe({type: "largest-contentful-paint", buffered: true});
    });
    const client = await context.newCDPSession(page);
    await slowDown(client);
    const sizes: Promise<number>[] = [];
    page.on("response", (response) => sizes.push(response.body().then((body) => gzipSync(body).length)));
    await page.goto(url, {waitUntil: "networkidle"});
    const {shift, paint} = await page.evaluate(() => window.weights);
    const bytes = await Promise.all(sizes);
    return {
      requests: bytes.length,
      kB: bytes.reduce((sum, n) => sum + n, 0) / 1_000,
      layoutShift: shift,
      largestPaintMs: paint
    };
  } finally {
    await context.close();
  }
}

async function slowDown(client: CDPSession): Promise<void> {
  await client.send("Network.enable");
  await client.send("Network.emulateNetworkConditions", SLOW_4G);
  await client.send("Emulation.setCPUThrottlingRate", {rate: 4});
}

/** What a template may weigh. */
export interface Budget {
  readonly kB: number;
  readonly requests: number;
}

export const READING: Budget = {kB: 60, requests: 12};
export const CHARTS: Budget = {kB: 200, requests: 25};

/** A page of every template, and what it may weigh. */
export const TEMPLATES: Readonly<Record<string, Budget>> = {
  "/": READING,
  "/methods": READING,
  "/council/E06000023": READING,
  "/councils": CHARTS,
  "/claims": CHARTS,
  "/claims/h1-repeat-demand": CHARTS,
  "/scale": CHARTS,
  "/scale/adult-social-care": CHARTS,
  "/cost": CHARTS,
  "/cost/net-spend-adult-social-care": CHARTS,
  "/repeat-demand": CHARTS,
  "/compare": CHARTS,
  "/contracts": CHARTS,
  "/contract/?id=011598f2678412e7": CHARTS,
  "/suppliers": CHARTS,
  "/indicators": CHARTS,
  "/indicator/children-rereferrals": CHARTS,
  "/data": CHARTS,
  "/corrections": CHARTS,
  "/status": CHARTS,
  "/performance": CHARTS,
  "/decisions": CHARTS,
  "/privacy": CHARTS,
  "/accessibility": CHARTS
};
