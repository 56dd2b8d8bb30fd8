import {existsSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {withoutParts, withParts, writeLeanSource} from "../../pipeline/site/parts.ts";
import {folderOf} from "./folder.ts";

const SVG = '<svg viewBox="0 0 1 1"><title>SYNTHETIC 5&amp;6</title><path d="M0,0"></path></svg>';
const TABLE = "<table><tbody><tr><td>5&#37;</td></tr></tbody></table>";

test("pictures and tables stand aside with their words in their place, and come back where they were", () => {
  const page = `# Page\n\n<figure><p>one</p>${SVG}</figure>\n\n<div>${TABLE}</div>\n`;
  const {markdown, parts} = withoutParts(page);
  expect(markdown).toBe(
    '# Page\n\n<figure><p>one</p><i data-part="0"> SYNTHETIC 5&amp;6 </i></figure>\n\n<div><i data-part="1"> 5&#37; </i></div>\n'
  );
  expect(parts).toEqual([SVG, TABLE.replace("&#37;", "%")]); // as a browser's document would write it
  expect(withParts(markdown, parts)).toBe(page.replace("&#37;", "%"));
});

test.each([
  ["a link, whose address is made relative", '<svg><a href="/council/E08000035"></a></svg>'],
  ["code", "<table><tr><td><code>x</code></td></tr></table>"],
  ["a script, which the policy has to see", "<svg><script>alert(1)</script></svg>"],
  ["a character by a name that is not known", "<table><tr><td>&eacute;</td></tr></table>"]
])("what the site generator has to see stays: %s", (_name, part) => {
  expect(withoutParts(`<div>${part}</div>`)).toEqual({markdown: `<div>${part}</div>`, parts: []});
});

test("at the beginning of a line a stand-in would become a paragraph, so the part stays", () => {
  expect(withoutParts(`${TABLE}\n`).parts).toEqual([]);
});

test("words that look like a stand-in but stand for nothing are left alone", () => {
  expect(withParts('<i data-part="7">x</i>', ["a"])).toBe('<i data-part="7">x</i>');
});

test("the source is laid out again with lean pages, everything else the same, and nothing hidden", () => {
  const source = folderOf({
    "index.md": `<p>one</p>${SVG}`,
    "council/E08000035.md": `<div>${TABLE}</div>`,
    "style.css": "a {}",
    ".observablehq/cache/old": "x"
  });
  const lean = join(source, ".observablehq", "src");
  try {
    const parts = writeLeanSource(source, lean);
    expect([...parts]).toEqual([
      ["council/E08000035", [TABLE.replace("&#37;", "%")]],
      ["index", [SVG]]
    ]);
    expect(readFileSync(join(lean, "index.md"), "utf8")).toBe('<p>one</p><i data-part="0"> SYNTHETIC 5&amp;6 </i>');
    expect(readFileSync(join(lean, "style.css"), "utf8")).toBe("a {}");
    expect(existsSync(join(lean, ".observablehq"))).toBe(false);
    expect(readFileSync(join(source, "index.md"), "utf8")).toContain("<svg"); // the source itself is as it was
  } finally {
    rmSync(source, {recursive: true});
  }
});
