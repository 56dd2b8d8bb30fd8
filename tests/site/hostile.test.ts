import {cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import type {Browser} from "playwright-core";
import {SaxesParser} from "saxes";
import {afterAll, beforeAll, expect, test} from "vitest";
import {analyseData} from "../../pipeline/commands/analyse.ts";
import {build} from "../../pipeline/commands/build.ts";
import {check} from "../../pipeline/commands/check.ts";
import {IN_REPOSITORY, type Surroundings} from "../../pipeline/commands/command.ts";
import {importFiles} from "../../pipeline/commands/import.ts";
import {publishData} from "../../pipeline/commands/publish.ts";
import {buildDist} from "../../pipeline/commands/site.ts";
import {publishedTables} from "../../pipeline/publish/publishedTables.ts";
import {type SiteServer, serveSite} from "../../pipeline/site/serve.ts";
import {ROOT} from "../house/imports.ts";
import {openBrowser} from "./browser.ts";
import {ADDRESSES, FORMULAS, hostileReleases, MARKUP} from "./hostile.ts";

// A register that writes what runs into every text it has, all the way: archive, tables, pages, a real browser. Built once, of a few
// invented councils, in a folder that is never committed.

const root = join(ROOT, "dist-test-hostile");
const data = join(root, "data");
const dist = join(root, "dist");
const MINUTES = 60_000;
const COUNCIL = "SYNTHETIC Ashshire County Council";
let server: SiteServer;
let browser: Browser;

const around: Surroundings = {
  now: () => new Date("2024-06-12T05:00:00Z"),
  random: () => 0.5,
  siteUrl: null,
  contact: "",
  places: {...IN_REPOSITORY, reference: join(root, "reference"), siteRoot: root, dist}
};

beforeAll(async () => {
  rmSync(root, {recursive: true, force: true});
  mkdirSync(root, {recursive: true});
  cpSync(join(ROOT, "data/reference"), join(root, "reference"), {recursive: true});
  cpSync(join(ROOT, "tests/fixtures/reference"), join(root, "reference"), {recursive: true});
  cpSync(join(ROOT, "observablehq.config.ts"), join(root, "observablehq.config.ts"));
  copyWritten();
  const long: Record<string, unknown> = {...hostileReleases(COUNCIL)[2], ocid: "ocds-synth0-long", id: "long"};
  writeFileSync(
    join(root, "hostile.json"),
    JSON.stringify({
      releases: [
        ...hostileReleases(COUNCIL),
        {...long, tender: {...(long.tender as object), title: MARKUP[2].repeat(2000)}}, // as long as may be
        {...long, id: "endless", tender: {title: MARKUP[2].repeat(300_000)}}, // ten million characters
        {...long, id: "nul", tender: {title: "a\0b"}}
      ]
    })
  );
  expect(await importFiles(around, "contracts-finder", [join(root, "hostile.json")], {data, jobs: 1})).toBe(0);
  for (const step of [
    () => build(around, {data, snapshot: false, jobs: 1}),
    () => analyseData(around, {data, isQuiet: true}),
    () => check({data}),
    () => publishData(around, {data, accept: ["rejects"]}),
    () => buildDist(around, {data})
  ])
    expect(await step()).toBe(0);
  server = await serveSite({root: dist, port: 0, host: "127.0.0.1"});
  browser = await openBrowser();
}, 6 * MINUTES);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(root, {recursive: true, force: true});
});

/** What is written by hand under src/; what is generated is made anew here. */
function copyWritten(): void {
  const ignored = readFileSync(join(ROOT, ".gitignore"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("src/"));
  const generated = [...ignored, "src/.observablehq"].map((path) => join(ROOT, path.replace(/\/$/, "")));
  cpSync(join(ROOT, "src"), join(root, "src"), {recursive: true, filter: (path) => !generated.includes(path)});
}

const files = (): string[] =>
  readdirSync(dist, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1));
const leadsOn = (name: string): boolean => /http-equiv="refresh"/.test(readFileSync(join(dist, name), "utf8"));
const pages = (): string[] =>
  files()
    .filter((name) => name.endsWith(".html") && !leadsOn(name))
    .map((name) => `/${name.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "")}`)
    .sort();

test("a text without an end, and one that no text may hold, are rejected with their place; all others are published", () => {
  const rejects = parse(readFileSync(join(dist, "data/rejects.csv")), {columns: true}) as Record<string, string>[];
  expect(rejects.map(({path, reason}) => [path, reason])).toEqual([
    ["tender.title", "is longer than 1,000,000 characters"],
    ["tender.title", "holds a character no text may hold"]
  ]);
  const contracts = parse(readFileSync(join(dist, "data/contracts.verbatim.csv")), {columns: true}) as unknown[];
  expect(contracts).toHaveLength(MARKUP.length + FORMULAS.length + 1);
});

/** One page of every kind, with what a stranger wrote behind its address, for every name that a script of the site reads there. */
function addressed(): string[] {
  const kinds = new Map(pages().map((path) => [path.split("/").slice(0, 2).join("/"), path]));
  const names = [
    "q",
    "council",
    "councils",
    "contract",
    "id",
    "measure",
    "indicator",
    "service",
    "year",
    "kind",
    "sort",
    "page",
    "from",
    "to"
  ];
  return [...kinds.values(), "/contract/not-there"].flatMap((path) =>
    ADDRESSES.map((payload) => {
      const written = encodeURIComponent(payload);
      return `${path}?${names.map((name) => `${name}=${written}`).join("&")}#${written}`;
    })
  );
}

/** Opens pages, unfolds and hovers what can be, and notes everything that should not have happened. */
async function walk(bypassCSP: boolean, paths: readonly string[]): Promise<string[]> {
  const context = await browser.newContext({bypassCSP});
  const found: string[] = [];
  try {
    await context.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
      )
    );
    const page = await context.newPage();
    let at = "";
    page.on("dialog", (dialog) => {
      found.push(`${at}: dialogue ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("pageerror", (error) => found.push(`${at}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") found.push(`${at}: ${message.text()}`);
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(`${server.url}/`) && !/^(data|blob):/.test(request.url()))
        found.push(`${at}: asked ${request.url()}`);
    });
    for (at of paths) {
      await page.goto(server.url + at, {waitUntil: "load"});
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
        for (const element of document.querySelectorAll("main *, svg *"))
          for (const name of ["mouseover", "mouseenter", "mousemove", "focus", "pointerenter"])
            element.dispatchEvent(new Event(name, {bubbles: true}));
        for (const button of document.querySelectorAll("main button"))
          if (button.closest("form, .chart-files") === null) button.dispatchEvent(new Event("click", {bubbles: true}));
      });
      const {ran, links} = await page.evaluate(() => ({
        ran: "__ran" in window,
        links: [...document.querySelectorAll("a")]
          .map((link) => link.getAttribute("href") ?? "")
          .filter((href) => /^\s*(javascript|data|vbscript):/i.test(href))
      }));
      if (ran) found.push(`${at}: something ran`);
      found.push(...links.map((href) => `${at}: leads to ${href}`));
    }
    return found;
  } finally {
    await context.close();
  }
}

test(
  "in a browser nothing runs, nothing asks elsewhere, and the policy has nothing to refuse",
  async () => {
    expect(pages().length).toBeGreaterThan(20);
    expect(await walk(false, pages())).toEqual([]);
  },
  4 * MINUTES
);

test(
  "the same in a browser that knows no policies: what is escaped needs no second line",
  async () => {
    expect(await walk(true, pages())).toEqual([]);
  },
  4 * MINUTES
);

test(
  "what a stranger writes behind an address runs nowhere, in a browser that knows no policies either",
  async () => {
    expect((await walk(true, addressed())).filter((one) => !/status of 404/.test(one))).toEqual([]);
  },
  4 * MINUTES
);

test("the words are on the pages as words, without what turns a line around", () => {
  const all = pages().map((path) =>
    readFileSync(
      join(dist, path === "/" ? "index.html" : path.endsWith("/") ? `${path}index.html` : `${path}.html`),
      "utf8"
    )
  );
  const words = all.join("\n");
  expect(/&lt;script(&gt;|>)window\.__ran=1/.test(words)).toBe(true);
  expect(/[\u202a-\u202e\u2066-\u2069]/.test(words)).toBe(false);
  expect(/[^\P{Cc}\n\r\t]/u.test(words)).toBe(false);
});

test("fault 35: no cell of a spreadsheet's CSV begins as a formula, and the verbatim CSV says exactly what was published", () => {
  const starts = /^\s*[=+\-@＝＋－＠]/;
  for (const {file, text} of publishedTables) {
    const rows = parse(readFileSync(join(dist, `data/${file}.csv`)), {columns: true}) as Record<string, string>[];
    for (const row of rows) for (const column of text) expect(row[column], `${file}.${column}`).not.toMatch(starts);
  }
  const verbatim = parse(readFileSync(join(dist, "data/contracts.verbatim.csv")), {columns: true}) as Record<
    string,
    string
  >[];
  const titles = verbatim.map(({title}) => title);
  for (const formula of FORMULAS) expect(titles).toContain(formula.replaceAll(/\s+/g, " ").trim());
});

test("fault 36: no file or folder has a name that a stranger chose", () => {
  for (const name of files()) expect(name).toMatch(/^[\w.@/-]+$/);
  expect(files().join("\n")).not.toMatch(/passwd|\.\.|(^|\/)CON(\.|$)/m);
});

test("JSON is JSON, the feed is XML, and neither can end the script or element that it is put into", () => {
  for (const name of files().filter((one) => one.endsWith(".json")))
    expect(() => JSON.parse(readFileSync(join(dist, name), "utf8")), name).not.toThrow();
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(readFileSync(join(dist, "feed.xml"), "utf8")).close();
});

test("contact points are in no published file", () => {
  for (const name of files()) {
    const bytes = readFileSync(join(dist, name), "latin1");
    expect(bytes.includes("private@contact"), name).toBe(false);
    expect(bytes.includes("0113 496 0001"), name).toBe(false);
  }
});
