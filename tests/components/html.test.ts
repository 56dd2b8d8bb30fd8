import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {address, stackingTable, table, text} from "../../src/components/html.ts";

const read = (html: string): string | null =>
  new JSDOM(`<p>${html}</p>`).window.document.querySelector("p")!.textContent;

test.each([
  "<script>alert(1)</script>",
  "a & b",
  `\${process.exit()}`,
  "**bold** _it_ `code` [link](javascript:alert(1)) | cell",
  `" onload="x`,
  "# heading"
])("%s reads as it was written, and is neither HTML, Markdown nor code", (words) => {
  expect(read(text(words))).toBe(words);
  expect(text(words)).not.toMatch(/[<>"'`${}[\]()*_|]/);
});

test("line breaks, control characters and bidirectional overrides cannot end a block or turn the line around", () => {
  expect(text("one\n\n    two\u0000three\u202efour")).toBe("one     two three four");
});

test("nothing is an empty text, and zero is not nothing", () => {
  expect([text(null), text(undefined), text(0)]).toEqual(["", "", "0"]);
});

test("only https addresses become links", () => {
  expect(read(address("https://example.org/a?b=1&c=2"))).toBe("https://example.org/a?b=1&c=2");
  for (const url of ["javascript:alert(1)", "http://example.org/", "//example.org", "https://", "data:text/html,x"])
    expect(() => address(url), url).toThrow("is not an https address");
});

test("a table has a caption, a header for every column and row, and no blank line that would end it", () => {
  const html = table(
    "Two & two",
    [
      {name: "A", n: 1},
      {name: "B", n: 2}
    ],
    [
      {heading: "Name", cell: ({name}) => name},
      {heading: "N", cell: ({n}) => String(n), isNumber: true}
    ]
  );
  const {document} = new JSDOM(html).window;
  expect(document.querySelector("caption")!.textContent).toBe("Two & two");
  expect([...document.querySelectorAll('th[scope="col"]')].map(({textContent}) => textContent)).toEqual(["Name", "N"]);
  expect([...document.querySelectorAll('th[scope="row"]')].map(({textContent}) => textContent)).toEqual(["A", "B"]);
  expect([...document.querySelectorAll("td.number")].map(({textContent}) => textContent)).toEqual(["1", "2"]);
  expect(html).not.toContain("\n");
});

test("a table that stacks says in every cell but the first what it is, and who sees the headings is not told twice", () => {
  const html = stackingTable(
    "Claims",
    [{claim: "A", who: "B & C"}],
    [
      {heading: "Claim", cell: ({claim}) => claim},
      {heading: "Who says", cell: ({who}) => text(who)}
    ]
  );
  const {document} = new JSDOM(html).window;
  expect(document.querySelector(".stacks tbody th")!.textContent).toBe("A");
  const cell = document.querySelector(".stacks td")!;
  expect(cell.textContent).toBe("Who says: B & C");
  expect(cell.querySelector(".cell-label")!.textContent).toBe("Who says: "); // the style sheet shows it on a phone only
});
