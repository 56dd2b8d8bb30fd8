import {existsSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {withoutParts, withParts, writeLeanSource} from "../../pipeline/site/parts.ts";
import {folderOf} from "./folder.ts";

const SVG = '<svg viewBox="0 0 1 1"><title>SYNTHETIC 5&amp;6</title><path d="M0,0"></path></svg>';
const TABLE = "<table><tbody><tr><td>5&#37;</td></tr></tbody></table>";

const HOME = "/index";

test("blocks, pictures and tables stand aside with their words in their place, and come back where they were", () => {
  const page = `# Page\n\n<p class="lede">one &#38; two</p>\n\n<figure><h2>three</h2>${SVG}</figure>\n\n<div><form action="/x"></form>${TABLE}</div>\n`;
  const {markdown, parts} = withoutParts(page, HOME);
  expect(markdown).toBe(
    '# Page\n\n<div data-part="0"><!--words> one &#38; two --></div>\n\n<figure><h2>three</h2><i data-part="1"><!--words> SYNTHETIC 5&amp;6 --></i></figure>\n\n<div><form action="/x"></form><i data-part="2"><!--words> 5&#37; --></i></div>\n'
  );
  const written = page.replace("&#38;", "&amp;").replace("&#37;", "%"); // as a browser's document would write it
  expect(withParts(markdown, parts)).toBe(written);
});

test.each([
  ["/council/E08000035", "/councils#leeds", "../councils#leeds"],
  ["/council/E08000035", "/council/E06000022", "./E06000022"],
  ["/council/E08000035", "/compare?councils=E08000035&amp;set=ons", "../compare?councils=E08000035&amp;set=ons"],
  ["/council/E08000035", "/embed/2025-01-23-539c7327/x.html", "../embed/2025-01-23-539c7327/x"],
  ["/council/E08000035", "/v/2025-01-23-539c7327/", "../v/2025-01-23-539c7327/"],
  ["/council/E08000035", "/", "../"],
  ["/council/E08000035", "#contracts", "#contracts"],
  ["/index", "/data/contracts.csv", "./data/contracts.csv"],
  ["/index", "/contract/?id=1", "./contract/?id=1"],
  ["/cost/a/b", "/cost/a/c", "./c"],
  ["/cost/a/b", "/cost/x", "../x"]
])("on %s a link to %s becomes %s, as Framework writes it", (path, href, to) => {
  expect(withoutParts(`<p>one <a class="x" href="${href}">y</a></p>`, path).parts).toEqual([
    `<p>one <a class="x" href="${to}">y</a></p>`
  ]);
});

test.each([
  [
    '<a href="https://example.org/?a=1&#38;b=2">',
    '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">'
  ],
  ['<a href="https://example.org/" rel="noopener">', '<a href="https://example.org/" rel="noopener" target="_blank">'],
  ['<a href="/data/x.csv" rel="external">', '<a href="/data/x.csv" rel="external">']
])("a link elsewhere, %s, becomes %s", (tag, written) => {
  expect(withoutParts(`<p>${tag}y</a></p>`, HOME).parts).toEqual([`<p>${written}y</a></p>`]);
});

test.each([
  ["a heading, which gets an anchor", "<div><h2>x</h2></div>"],
  ["a picture file, whose address gets a hash", '<p><img src="/images/x.png" alt=""></p>'],
  ["a file to save", '<p><a download="x" href="/x.csv">x</a></p>'],
  ["code in a language, which is coloured", '<div><code class="language-js">x</code></div>'],
  ["a form, whose address is completed", '<div><form action="/contracts"></form></div>'],
  ["a script, which the policy has to see", "<div><svg><script>alert(1)</script></svg></div>"],
  ["a character by a name that is not known", "<div><table><tr><td>&eacute;</td></tr></table></div>"],
  ["live code", "<p>$\u007b1 + 1}</p>"],
  ["a block that ends in another", "<div><p>x</p></div><div><p>y</p></div>"],
  ["a block that goes on", '<div data-testid="coverage">'],
  ["an attribute without a value, which a document completes", "<p data-status>x</p>"],
  ["a paragraph inside a list, where Markdown reads another block", "- <p>x</p>"]
])("what others have to see stays: %s", (_name, block) => {
  expect(withoutParts(`${block}\n`, HOME)).toEqual({markdown: `${block}\n`, parts: []});
});

test("a page that is written by hand stays whole: its HTML may be an example", () => {
  const page = "```html\n<p>x</p>\n```\n";
  expect(withoutParts(page, HOME)).toEqual({markdown: page, parts: []});
});

test("at the beginning of a line a stand-in for a table would become a paragraph, so it stays", () => {
  expect(withoutParts(`${TABLE}\n`, HOME).parts).toEqual([]);
});

test("words that look like a stand-in but stand for nothing are left alone", () => {
  expect(withParts('<i data-part="7"><!--words>x--></i>', ["a"])).toBe('<i data-part="7"><!--words>x--></i>');
});

test("the source is laid out again with lean pages, everything else the same, and nothing hidden", () => {
  const source = folderOf({
    "index.md": `<p>one</p>${SVG}\n`,
    "council/E08000035.md": `<div>${TABLE}</div>`,
    "style.css": "a {}",
    ".observablehq/cache/old": "x"
  });
  const lean = join(source, ".observablehq", "src");
  try {
    const parts = writeLeanSource(source, lean);
    expect([...parts]).toEqual([
      ["council/E08000035", [`<div>${TABLE.replace("&#37;", "%")}</div>`]],
      ["index", [SVG]]
    ]);
    expect(readFileSync(join(lean, "index.md"), "utf8")).toBe(
      '<p>one</p><i data-part="0"><!--words> SYNTHETIC 5&amp;6 --></i>\n'
    );
    expect(readFileSync(join(lean, "style.css"), "utf8")).toBe("a {}");
    expect(existsSync(join(lean, ".observablehq"))).toBe(false);
    expect(readFileSync(join(source, "index.md"), "utf8")).toContain("<svg"); // the source itself is as it was
  } finally {
    rmSync(source, {recursive: true});
  }
});
