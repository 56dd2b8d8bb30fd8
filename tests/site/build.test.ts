import {existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeEach, expect, test} from "vitest";
import {buildSite} from "../../pipeline/site/build.ts";
import {ROOT} from "../house/imports.ts";
import {folderOf} from "./folder.ts";

// A site of three pages, inside the project so that pages find its packages, and in a folder that is never committed.

const root = join(ROOT, "dist-test-small");
const output = join(root, "dist");
const said: string[] = [];
const build = (siteUrl: string | null = null) =>
  buildSite({root, output, siteUrl, onProgress: (line) => said.push(line)});
const built = (path: string): string => readFileSync(join(output, path), "utf8");
const SECONDS = 60_000;

beforeEach(() => {
  rmSync(root, {recursive: true, force: true});
  folderOf(
    {
      "observablehq.config.ts": `export default {root: "src", output: process.env.SITE_OUTPUT, title: "Small",
  globalStylesheets: [], head: null, header: null, footer: null, sidebar: false, search: true, pages: [{name: "Data", path: "/data"}]};`,
      "src/index.md": '---\ntitle: Home\ndescription: "A site: small"\n---\n\n# Home\n\n[Leeds](/council/E08000035)\n',
      "src/data.md": '# Data\n\n<a href="/data/contracts.csv" rel="external">contracts</a>\n',
      "src/council/E08000035.md": "# Leeds\n\n```js\ndisplay(1 + 1)\n```\n",
      "src/data/contracts.csv": "contract_id\n1\n",
      "src/redirects.csv": "from,to\n/council/leeds,/council/E08000035\n"
    },
    root
  );
  said.length = 0;
});
afterAll(() => rmSync(root, {recursive: true, force: true}));

test(
  "a site is built with its data, its redirects and nothing left beside it; a second build replaces it",
  async () => {
    await build("https://example.org/scale");
    expect(built("data/contracts.csv")).toBe("contract_id\n1\n");
    expect(built("council/leeds.html")).toContain('content="0; url=../council/E08000035"');
    expect(built("index.html")).toContain('<meta name="description" content="A site: small">');
    expect(built("index.html")).toContain('<link rel="canonical" href="https://example.org/scale/">');
    expect(built("council/E08000035.html")).toContain("define("); // its live code is still there
    expect(said.join("\n")).toContain("checking 3 pages and 1 redirects");
    rmSync(join(root, "src/council"), {recursive: true});
    folderOf({"src/index.md": "# Home again\n", "src/redirects.csv": "from,to\n"}, root);
    await build();
    expect(built("index.html")).toContain("Home again");
    expect(existsSync(join(output, "council"))).toBe(false);
    expect(readdirSync(root).sort()).toEqual(["dist", "observablehq.config.ts", "src"]);
  },
  SECONDS
);

test.each([
  [
    "a page whose live code does not compile",
    {"src/data.md": "# Data\n\n```js\nlet = ;\n```\n"},
    /fails 1 of its checks[\s\S]*data\.html: live code that failed to compile/
  ],
  [
    "a module that is not installed",
    {"src/data.md": '# Data\n\n```js\nimport {x} from "no-such-package"; display(x);\n```\n'},
    /data\.html: the module "no-such-package" was never resolved/
  ],
  [
    "a link that leads nowhere",
    {"src/data.md": "# Data\n\n[x](/gone)\n"},
    /data\.html: a leads to \.\/gone, which is not there/
  ],
  [
    "a file that is not there",
    {"src/data.md": '# Data\n\n```js\nFileAttachment("gone.json").json()\n```\n'},
    /the site could not be built; Framework's last words were:[\s\S]*gone\.json/
  ],
  [
    "a redirect from an address that is a page",
    {"src/redirects.csv": "from,to\n/data,/\n"},
    /redirects\.csv sends \/data to \/, but there is a page at \/data/
  ]
] as [string, Record<string, string>, RegExp][])(
  "%s refuses the build and leaves the site as it was",
  async (_name, changed, sentence) => {
    folderOf({"dist/index.html": "the old site"}, root);
    folderOf(changed, root);
    await expect(build()).rejects.toThrow(sentence);
    expect(built("index.html")).toBe("the old site");
  },
  SECONDS
);

test(
  "a run that was ended between the two renames is put right by the next, even when that one fails",
  async () => {
    folderOf({"dist/index.html": "the old site"}, root);
    renameSync(output, `${output}-old`);
    writeFileSync(join(root, "src/data.md"), "# Data\n\n[x](/gone)\n");
    await expect(build()).rejects.toThrow(/gone/);
    expect(built("index.html")).toBe("the old site");
  },
  SECONDS
);

test("an address of the site that is none is refused before anything is done", async () => {
  await expect(build("example.org")).rejects.toThrow('the site\'s address "example.org" is no web address');
  expect(said).toEqual([]);
});
