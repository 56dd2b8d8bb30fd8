import {readFileSync} from "node:fs";
import type {Browser, BrowserContext, Page} from "playwright-core";
import {describe, expect, test} from "vitest";

// What a journalist and a campaigner do, step by step, on the built site.

interface Built {
  readonly url: string;
  readonly browser: Browser;
}

const MINUTES = 60_000;
const COUNCIL = {name: "Bristol City Council", short: "Bristol", path: "/council/E06000023"};
const DISTRICT = {path: "/council/E07000084", county: "Hampshire County Council"};
const INDICATOR = "children-rereferrals";
const SIZES = [
  [1280, 900],
  [390, 844]
] as const;

/** Registers the journeys; `built` is asked for when they run. */
export function journeys(built: () => Built): void {
  describe.each(SIZES)("on a screen %i pixels wide", (width, height) => {
    const walk = async (steps: (page: Page, asked: string[], context: BrowserContext) => Promise<void>) => {
      const {browser, url} = built();
      const context = await browser.newContext({
        viewport: {width, height},
        permissions: ["clipboard-read", "clipboard-write"]
      });
      const page = await context.newPage();
      const asked: string[] = []; // of anybody else
      page.on("request", (request) => {
        if (!request.url().startsWith(`${url}/`) && !/^(data|blob):/.test(request.url())) asked.push(request.url());
      });
      try {
        await steps(page, asked, context);
        expect(asked).toEqual([]);
      } finally {
        await context.close();
      }
    };

    test(
      "a journalist finds the council by a few letters and reads what is covered before any chart",
      () =>
        walk(async (page) => {
          await page.goto(`${built().url}/`);
          expect(await page.locator("[data-testid=verdict]").count()).toBeGreaterThanOrEqual(4);
          await page.getByLabel("Look up a council").fill("brist");
          await page.keyboard.press("Enter");
          await page.waitForURL(/\/councils\?q=brist$/);
          await page.getByRole("link", {name: COUNCIL.name}).click();
          await page.waitForURL(built().url + COUNCIL.path);
          const first = await page
            .locator("[data-testid=coverage], figure.chart-figure")
            .first()
            .getAttribute("data-testid");
          expect(first).toBe("coverage");
        }),
      MINUTES
    );

    test(
      "a journalist sees the council in a funnel whose words, table and picture say the same number",
      () =>
        walk(async (page) => {
          await page.goto(built().url + COUNCIL.path);
          const figure = page.locator(`#${INDICATOR}-funnel`);
          const picture = figure.locator("svg.chart:visible");
          expect(await picture.getAttribute("role")).toBe("img");
          const said = (await picture.locator("desc").textContent()) ?? "";
          await figure.locator(".chart-numbers summary").click();
          const cells = await figure.locator("tbody tr").first().locator("th, td").allTextContents();
          expect(cells[0]).toBe(COUNCIL.short);
          expect(said.startsWith(`${COUNCIL.short} ${cells[1]} of ${cells[2]} cases (95% interval ${cells[3]})`)).toBe(
            true
          );
          const sentence = (await page.locator(`#sentence-${INDICATOR}`).textContent()) ?? "";
          expect(sentence).toContain(cells[1]);
          expect(sentence).toMatch(
            /95% interval .* inside the range expected by chance and ordinary spread for councils like it/
          );
          expect(sentence).not.toMatch(/\b(higher|lower|worse|better|best|worst)\b/);
        }),
      MINUTES
    );

    test(
      "a journalist copies the sentence, and its link shows the same number next year",
      () =>
        walk(async (page, _asked, context) => {
          await page.goto(built().url + COUNCIL.path);
          const copy = page.locator(`#sentence-${INDICATOR} + button`);
          await copy.click();
          await page.getByText("Copied, with its source.").waitFor();
          const copied = await page.evaluate(() => navigator.clipboard.readText());
          const link = copied.split(" ").at(-1)!;
          const version = (await page.locator(".page-foot code").textContent())!;
          expect(link).toContain(`/v/${version}/council/E06000023/#observations/${INDICATOR}/`);
          const number = /: ([\d.]+)%/.exec(copied)![1]!;
          const later = await context.newPage();
          await later.goto(link);
          const cell = later.locator(`[id="${decodeURIComponent(new URL(link).hash.slice(1))}"]`);
          expect(Number(await cell.textContent()).toFixed(1)).toBe(number);
        }),
      MINUTES
    );

    test(
      "a journalist reaches the publisher within two clicks and saves the picture under its name",
      () =>
        walk(async (page) => {
          await page.goto(built().url + COUNCIL.path);
          const origin = page.locator("p", {hasText: "Where it comes from"}).first();
          expect(await origin.locator("a").first().getAttribute("href")).toMatch(/^https:\/\//);
          expect(await origin.textContent()).toMatch(/SHA-256 [0-9a-f]{12}…/);
          const saved = page.waitForEvent("download");
          await page.locator(`#${INDICATOR}-funnel`).getByRole("button", {name: "PNG"}).click();
          const file = await saved;
          const version = (await page.locator(".page-foot code").textContent())!;
          expect(file.suggestedFilename()).toBe(`bristol-city-council_${INDICATOR}-funnel_${version}.png`);
          const bytes = readFileSync(await file.path());
          expect(bytes.subarray(1, 4).toString()).toBe("PNG");
          expect(bytes.length).toBeGreaterThan(20_000);
          expect(bytes.readUInt32BE(16)).toBe(2 * (680 + 2 * 20)); // twice the picture and its margins
        }),
      MINUTES
    );

    test(
      "a district's page says who runs what it does not, by a link, and shows no zero for it",
      () =>
        walk(async (page) => {
          await page.goto(built().url + DISTRICT.path);
          const item = page.locator("li", {hasText: "not run here"}).first();
          expect(await item.textContent()).toContain(`run by ${DISTRICT.county}`);
          await item.getByRole("link", {name: DISTRICT.county}).click();
          await page.getByRole("heading", {level: 1, name: DISTRICT.county}).waitFor();
        }),
      MINUTES
    );

    test(
      "a campaigner prints two pages at most, with version, intervals and what cannot be said",
      () =>
        walk(async (page) => {
          for (const path of [COUNCIL.path, DISTRICT.path]) {
            await page.goto(built().url + path);
            const pdf = (await page.pdf({preferCSSPageSize: true})).toString("latin1");
            const pages = pdf.match(/\/Type\s*\/Page[^s]/g)!.length;
            expect(pages, path).toBeLessThanOrEqual(2);
            await page.emulateMedia({media: "print"});
            const printed = (await page.locator("main > *:visible").allTextContents()).join(" ");
            expect(printed).toContain("Data version");
            expect(printed).toContain("What cannot be said");
            expect(printed).toContain(`/v/`);
            expect(printed).not.toContain("Save:");
            await page.emulateMedia({media: null});
          }
        }),
      MINUTES
    );

    test(
      "a campaigner gets a letter for what is missing, and nothing is sent or asked of anybody",
      () =>
        walk(async (page) => {
          await page.goto(built().url + COUNCIL.path);
          await page.locator("details.letter summary").click();
          const link = new URL((await page.locator("details.letter a.button").getAttribute("href"))!);
          expect(link.host).toBe("www.whatdotheyknow.com");
          const letter = link.searchParams.get("default_letter")!;
          expect(letter).toContain(COUNCIL.name);
          expect(letter).toContain("- Education: ");
          for (const paragraph of letter.split("\n\n"))
            expect(await page.locator(".letter-text").textContent()).toContain(paragraph.split("\n")[0]);
        }),
      MINUTES
    );

    test(
      "a chart on somebody else's page needs no script",
      () =>
        walk(async (page) => {
          await page.goto(built().url + COUNCIL.path);
          const figure = page.locator(`#${INDICATOR}-funnel`);
          await figure.getByRole("button", {name: "Embed"}).click();
          const code = await figure.getByLabel("Code to embed this chart").inputValue();
          const plain = await built().browser.newContext({javaScriptEnabled: false, viewport: {width, height}});
          try {
            const other = await plain.newPage();
            await other.goto(/src="([^"]+)"/.exec(code)![1]!);
            expect(await other.locator("svg.chart:visible").count()).toBe(1);
            expect(await other.locator("h1").textContent()).toContain(COUNCIL.short);
            expect(await other.locator("script").count()).toBe(0);
            expect(
              await other.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
            ).toBeLessThanOrEqual(0);
          } finally {
            await plain.close();
          }
        }),
      MINUTES
    );
  });
}
