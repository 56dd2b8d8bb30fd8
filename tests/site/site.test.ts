import {readFileSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import type {AxeResults, RunOptions} from "axe-core";
import type {Browser, BrowserContextOptions, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import config from "../../observablehq.config.ts";
import {analyse} from "../../pipeline/analysis/analyse.ts";
import {planOf} from "../../pipeline/analysis/blinding.ts";
import {store} from "../../pipeline/analysis/store.ts";
import {hypotheses, planFiles, publications, registers} from "../../pipeline/discover.ts";
import {filesIn} from "../../pipeline/publish/checksums.ts";
import {placeReleases} from "../../pipeline/publish/permalinkPages.ts";
import {publish} from "../../pipeline/publish/publish.ts";
import {lastReleasedSchema} from "../../pipeline/publish/schemaVersion.ts";
import {buildSite} from "../../pipeline/site/build.ts";
import {type SiteServer, serveSite} from "../../pipeline/site/serve.ts";
import {copyWrittenSource} from "../../pipeline/site/source.ts";
import {buildWarehouse} from "../../pipeline/warehouse/build.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {generatedPages, redirects} from "../../src/pages/all.ts";
import {ROOT} from "../house/imports.ts";
import {brokenRules} from "../house/words.ts";
import {openBrowser} from "./browser.ts";
import {journeys} from "./journeys.ts";
import {recomputations} from "./recomputations.ts";

// The whole site, built once from the embedded snapshot in a folder that is never committed, and walked with a browser.

const root = join(ROOT, "dist-test-site");
const MINUTES = 60_000;
const SOON = {timeout: 20_000}; // for what a page still has to fetch
let server: SiteServer;
let browser: Browser;

beforeAll(async () => {
  rmSync(root, {recursive: true, force: true});
  copyWrittenSource(ROOT, root);
  await publishSnapshot();
  await buildSite({
    root,
    output: join(root, "dist"),
    siteUrl: null,
    prepare: (folder) => placeReleases(join(root, "data/release"), folder),
    onProgress: () => {}
  });
  server = await serveSite({root: join(root, "dist"), port: 0, host: "127.0.0.1"});
  browser = await openBrowser();
}, 15 * MINUTES);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(root, {recursive: true, force: true});
});

async function publishSnapshot(): Promise<void> {
  const warehouse = await Warehouse.open(join(root, "data"));
  try {
    await warehouse.prepareStaging();
    await buildWarehouse(warehouse, {
      referenceFolder: join(ROOT, "data/reference"),
      snapshotFolder: join(ROOT, "data/snapshot"),
      registers: await registers(),
      publications: await publications()
    });
    await store(
      warehouse,
      await analyse(warehouse, {
        hypotheses: await hypotheses(),
        plan: planOf(planFiles()),
        unblinding: null,
        isBrought: false,
        onProgress: () => {}
      })
    );
    await publish(warehouse, {
      siteSource: join(root, "src"),
      releaseFolder: join(root, "data/release"),
      snapshotNote: readFileSync(join(ROOT, "data/snapshot/note.txt"), "utf8").trim(),
      siteUrl: null,
      takedowns: [],
      lastSchema: lastReleasedSchema(join(ROOT, "data/schema")),
      provenance: {code_commit: null, inputs: [], parameters: {}},
      site: {generatedPages, redirects}
    });
  } finally {
    warehouse.close();
  }
}

interface Visit {
  readonly page: Page;
  readonly complaints: string[]; // errors on the page and in its console, requests to elsewhere, answers that are errors
}

/** Opens an address, waits until nothing is loading any more, and notes everything that goes wrong meanwhile. */
async function visit<T>(
  path: string,
  options: BrowserContextOptions,
  look: (visit: Visit) => Promise<T>,
  expectedStatus = 200
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // Chromium reports an answer 404 here, without its address; which answers are errors is noted below.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        complaints.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(`${server.url}/`) && !/^(data|blob):/.test(request.url()))
        complaints.push(`asked ${request.url()}`);
    });
    page.on("response", (response) => {
      const isPage = response.url() === server.url + path;
      if (response.status() >= 400 && !(isPage && response.status() === expectedStatus))
        complaints.push(`${response.status()} for ${response.url()}`);
    });
    page.on("requestfailed", (request) => complaints.push(`no answer for ${request.url()}`));
    await page.goto(server.url + path, {waitUntil: "networkidle"});
    return await look({page, complaints});
  } finally {
    await context.close();
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"]
};

/** Everything that axe finds in the whole page, with all that can be unfolded unfolded; nothing is allowed for. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await page.evaluate(AXE);
  const {violations} = await page.evaluate(
    (rules) =>
      (globalThis as unknown as {axe: {run(on: Document, rules: RunOptions): Promise<AxeResults>}}).axe.run(
        document,
        rules
      ),
    RULES
  );
  return violations.map(
    ({id, help, nodes}) => `${id}: ${help}: ${nodes.map(({target}) => target.join(" ")).join(", ")}`
  );
}

const WITH_CONTRACTS = "/council/E08000035"; // Leeds
const WITHOUT_CONTRACTS = "/council/N09000003"; // Belfast, which no register at hand covers
const PAGES = [
  "/",
  "/councils",
  WITH_CONTRACTS,
  WITHOUT_CONTRACTS,
  "/claims",
  "/claims/h1-repeat-demand",
  "/scale",
  "/indicators",
  "/indicator/children-rereferrals",
  "/data",
  "/large",
  "/claims/h2-local-share",
  "/methods",
  "/scale/housing-homelessness",
  "/cost",
  "/repeat-demand",
  "/corrections",
  "/decisions",
  "/performance",
  "/contribute",
  "/status",
  "/privacy",
  "/accessibility",
  "/cost/net-spend-adult-social-care",
  "/operations",
  "/contracts",
  "/contracts?service=adult-social-care&order=largest",
  "/contract/",
  "/contract/?id=011598f2678412e7",
  "/suppliers",
  "/compare",
  "/compare?councils=E08000035&set=ons-global",
  "/councils?q=LE16",
  "/no-such-page"
];
const VIEWS = [
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
  [390, "dark"]
] as const;

describe.each(VIEWS)("%i pixels wide, %s", (width, colorScheme) => {
  test.each(PAGES)(
    "%s: no error, nothing from elsewhere, nothing cut off, no barrier",
    async (path) => {
      const status = path === "/no-such-page" ? 404 : 200;
      await visit(
        path,
        {viewport: {width, height: 800}, colorScheme},
        async ({page, complaints}) => {
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect({complaints, overflow: Math.max(0, overflow), barriers: await barriers(page)}).toEqual({
            complaints: [],
            overflow: 0,
            barriers: []
          });
        },
        status
      );
    },
    MINUTES
  );
});

test.each([
  ["/", "svg"],
  ["/councils", "table"],
  [WITH_CONTRACTS, "svg"],
  ["/scale", "svg"],
  ["/indicator/children-rereferrals", "svg"],
  ["/data", "table"]
])(
  "without JavaScript %s has its heading, its figures and its drawings (%s)",
  async (path, drawing) => {
    await visit(path, {javaScriptEnabled: false}, async ({page}) => {
      expect(await page.locator("h1").textContent()).not.toBe("");
      expect(await page.getByText(/\d/).locator("visible=true").count()).toBeGreaterThan(3);
      expect(await page.locator(`main ${drawing}`).first().isVisible()).toBe(true);
      expect(await page.locator("nav[aria-label=Site] a:visible").count()).toBe(config.pages.length + 1); // and the site's name
      expect(await page.locator("#observablehq-search").isVisible()).toBe(false); // it would do nothing
    });
  },
  MINUTES
);

test(
  "a council's key figure is in the page itself",
  async () => {
    await visit(WITH_CONTRACTS, {javaScriptEnabled: false}, async ({page}) => {
      expect(await page.locator("h1").textContent()).toBe("Leeds City Council");
      expect(await page.locator("main").textContent()).toMatch(/\d+ contracts? counts?/);
    });
  },
  MINUTES
);

test(
  "no built page says what the rules of wording forbid",
  () => {
    const built = join(root, "dist");
    const pages = filesIn(built).filter((path) => path.endsWith(".html"));
    expect(pages.length).toBeGreaterThan(400);
    for (const path of pages) expect(brokenRules(readFileSync(join(built, path), "utf8")), path).toEqual([]);
  },
  MINUTES
);

test.each([
  ["/council/leeds", "/council/E08000035"],
  ["/council/E08000019", "/council/E08000039"] // Sheffield's code before and after April 2025
])(
  "%s leads to %s",
  async (from, to) => {
    await visit(from, {}, async ({page}) => {
      await page.waitForURL(server.url + to);
      expect(await page.locator("h1").textContent()).toMatch(/Council$/);
    });
  },
  MINUTES
);

test(
  "every link of the front page is answered",
  async () => {
    const links = await visit("/", {}, ({page}) =>
      page
        .locator("a[href]")
        .evaluateAll((all) =>
          [...new Set(all.map((link) => (link as HTMLAnchorElement | SVGAElement).href))].map((href) =>
            typeof href === "string" ? href : new URL(href.baseVal, document.baseURI).href
          )
        )
    );
    const own = [...new Set(links.filter((href) => href.startsWith(server.url)).map((href) => href.split("#")[0]!))];
    expect(own.length).toBeGreaterThan(7);
    for (const href of own) expect((await fetch(href)).status, href).toBe(200);
  },
  MINUTES
);

test(
  "the search finds Leeds from any page, by keyboard alone",
  async () => {
    await visit("/methods", {}, async ({page, complaints}) => {
      const box = page.getByRole("searchbox", {name: "Search councils and pages"});
      await box.focus();
      await page.waitForLoadState("networkidle");
      await page.keyboard.type("Leeds");
      const first = page.locator("#observablehq-search-results a").first();
      expect(await first.textContent()).toBe("Leeds City Council");
      expect(complaints).toEqual([]);
      await page.keyboard.press("Enter");
      await page.waitForURL(server.url + WITH_CONTRACTS);
    });
  },
  MINUTES
);

test(
  "what the search found is as readable as the rest",
  async () => {
    for (const colorScheme of ["light", "dark"] as const)
      await visit("/methods", {viewport: {width: 390, height: 800}, colorScheme}, async ({page}) => {
        await page.locator("#observablehq-search input").focus();
        await page.waitForLoadState("networkidle");
        await page.keyboard.type("Leeds");
        await page.locator("#observablehq-search-results a").first().waitFor();
        expect(await barriers(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
          0
        );
      });
  },
  MINUTES
);

test(
  "the open menu of a phone hides nothing that can still be pressed",
  async () => {
    for (const colorScheme of ["light", "dark"] as const)
      await visit("/methods", {viewport: {width: 320, height: 800}, colorScheme}, async ({page}) => {
        await page.getByRole("button", {name: "Menu"}).click();
        await page.locator("#site-menu a").first().waitFor();
        expect(await barriers(page)).toEqual([]);
      });
  },
  MINUTES
);

test(
  "a chart, a contract, an indicator and a verdict are cited in four forms with the version",
  async () => {
    for (const [path, name] of [
      ["/council/E06000023", "Cite this chart"],
      ["/contract/?id=011598f2678412e7", "Cite in four forms"],
      ["/indicator/children-rereferrals", "Cite in four forms"],
      ["/claims/h1-repeat-demand", "Cite in four forms"]
    ] as const)
      await visit(path, {}, async ({page, complaints}) => {
        const version = (await page.locator(".page-foot code").textContent())!;
        const fold = page.locator("details.cite", {hasText: name}).first();
        await fold.locator("summary").click();
        await expect.poll(() => fold.locator("pre").count(), SOON).toBe(4);
        for (const words of await fold.locator("pre").allTextContents()) {
          expect(words).toContain(version);
          expect(words).toContain(server.url);
        }
        expect(complaints).toEqual([]);
      });
  },
  MINUTES
);

test(
  "the first press of Tab offers to skip the navigation",
  async () => {
    await visit("/councils", {}, async ({page}) => {
      await page.keyboard.press("Tab");
      const link = page.locator(":focus");
      expect(await link.textContent()).toBe("Skip to the content");
      expect(await link.isVisible()).toBe(true);
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("observablehq-main");
    });
  },
  MINUTES
);

test(
  "the box on the front page leads to the council that was typed",
  async () => {
    await visit("/", {}, async ({page}) => {
      await page.getByLabel("Look up a council").fill("Leeds");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/councils\?q=Leeds$/);
      const rows = page.locator("main tbody tr:visible");
      await expect.poll(() => rows.count()).toBe(1);
      expect(await rows.first().textContent()).toContain("Leeds");
    });
  },
  MINUTES
);

test(
  "what the site offers for download is byte for byte what was published, and matches its checksums",
  async () => {
    const sums = await (await fetch(`${server.url}/data/SHA256SUMS`)).text();
    const names = sums
      .trim()
      .split("\n")
      .map((line) => line.split("  ")[1]!);
    expect(names).toContain("scale-and-outcome.csv");
    for (const name of names) {
      const served = Buffer.from(await (await fetch(`${server.url}/data/${name}`)).arrayBuffer());
      expect(served.equals(readFileSync(join(root, "src/data", name))), name).toBe(true);
    }
  },
  MINUTES
);

journeys(() => ({url: server.url, browser}));
recomputations(() => join(root, "dist"));

test(
  "contracts are searched by keyboard alone, and the address shows the same again",
  async () => {
    await visit("/contracts", {}, async ({page, complaints}) => {
      await page.getByLabel("Words in the title").focus();
      await page.keyboard.type("social");
      await page.keyboard.press("Enter");
      const status = page.locator("[data-status]");
      await expect.poll(() => status.textContent(), SOON).toMatch(/^\d+ rows found/);
      await page.getByLabel("Service").selectOption("adult-social-care");
      await expect.poll(() => page.url(), SOON).toMatch(/\?service=adult-social-care&title=social$/);
      await expect.poll(() => status.textContent(), SOON).toMatch(/^\d+ rows found/);
      const names = page.locator("[data-results] tbody th a");
      const shown = await names.allTextContents();
      expect(shown.length).toBeGreaterThan(3);
      for (const name of shown) expect(name.toLowerCase()).toContain("social");
      await page.reload({waitUntil: "networkidle"});
      expect(await names.allTextContents()).toEqual(shown);
      await names.first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/contract\/\?id=[0-9a-f]{16}$/);
      await expect.poll(() => page.locator("h1").textContent(), SOON).toBe(shown[0]);
      expect(await page.locator("main").textContent()).toMatch(/SHA-256 of the bytes it was read from: [0-9a-f]{64}/);
      expect(complaints).toEqual([]);
    });
  },
  MINUTES
);

test(
  "what is found is saved as it is shown, a line for every row",
  async () => {
    await visit("/contracts?council=E08000035", {}, async ({page}) => {
      await expect.poll(() => page.locator("[data-status]").textContent(), SOON).toMatch(/rows found/);
      const found = Number(/^[\d,]+/.exec((await page.locator("[data-status]").textContent()) ?? "")?.[0]);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", {name: /as CSV/}).click()
      ]);
      const csv = readFileSync(await download.path(), "utf8");
      expect(csv.trimEnd().split("\r\n")).toHaveLength(found + 1);
      for (const name of await page.locator("[data-results] tbody th a").allTextContents()) expect(csv).toContain(name);
    });
  },
  MINUTES
);

test.each([
  ["/contract/?id=0000000000000000", "No contract has this id"],
  ["/contract/?id=%3Cb%3E", "This is no contract’s id"]
])(
  "%s is answered with: %s",
  async (path, heading) => {
    await visit(path, {}, async ({page}) => {
      await expect.poll(() => page.locator("h1").textContent(), SOON).toBe(heading);
    });
  },
  MINUTES
);

test(
  "councils are compared with those most like them, others refused, and it prints on two pages",
  async () => {
    await visit("/compare", {}, async ({page, complaints}) => {
      await page.getByLabel("Add a council").selectOption("E08000035");
      await page.getByRole("button", {name: /councils most like it \(ONS/}).click();
      const rows = page.locator("[data-comparison] .stacks tbody tr");
      await expect.poll(() => rows.count(), SOON).toBe(6);
      expect(await page.locator("[data-comparison]").textContent()).toMatch(/cannot be told apart/);
      const charted = await page.locator("svg.chart-compare text").allTextContents();
      for (const row of await rows.all()) {
        const figure = /: ([\d.]+%) /.exec((await row.locator("td").first().textContent()) ?? "")?.[1];
        expect(figure).toBeDefined();
        expect(charted.some((words) => words.endsWith(`: ${figure}`))).toBe(true);
      }
      await page.getByRole("button", {name: "Take out Newcastle upon Tyne"}).click();
      await expect.poll(() => rows.count(), SOON).toBe(5);
      await page.getByLabel("Add a council").selectOption("E10000008"); // Devon, a county
      await expect
        .poll(() => page.locator("[data-refused]").textContent(), SOON)
        .toMatch(/Devon .* not of the same kind/);
      expect(complaints).toEqual([]);
      const pdf = (await page.pdf({format: "A4"})).toString("latin1");
      expect((pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length).toBeLessThanOrEqual(2);
      await page.emulateMedia({media: "print"});
      expect(await page.locator("[data-comparison] .print-only").allTextContents()).toEqual([
        page.url(),
        expect.stringMatching(/^Data version \d{4}-\d{2}-\d{2}-[0-9a-f]{8}/)
      ]);
    });
  },
  MINUTES
);

test(
  "a postcode of several councils names every one of them",
  async () => {
    await visit("/councils", {}, async ({page}) => {
      await page.locator("#filter").fill("LE16 8AA");
      await expect
        .poll(() => page.locator("[data-filter-status]").textContent(), SOON)
        .toMatch(/LE16 lie in \d areas.*Harborough District Council most of/);
      expect(await page.locator("main tbody tr:visible").count()).toBeGreaterThan(1);
    });
  },
  MINUTES
);

test.each(["/contracts", "/contract/", "/suppliers", "/compare"])(
  "without JavaScript %s says what there is and where the rest is",
  async (path) => {
    await visit(path, {javaScriptEnabled: false}, async ({page}) => {
      expect(await page.locator("form[data-explorer]:visible, form[data-compare]:visible").count()).toBe(0);
      expect(await page.locator("main a[href*='data']:visible").count()).toBeGreaterThan(0);
    });
  },
  MINUTES
);
