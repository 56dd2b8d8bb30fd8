import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {drawingDocument, rewritten} from "../../pipeline/publish/drawingDocument.ts";
import {generatedPages} from "../../src/pages/all.ts";
import {tables} from "../pages/tables.ts";

const documents = (): [string, Document][] => [
  ["a browser's", new JSDOM().window.document],
  ["the drawing document", drawingDocument()]
];

/** What both documents answer, which has to be the same. */
function agreed<T>(ask: (document: Document) => T): T {
  const [browser, own] = documents().map(([, document]) => ask(document));
  expect(own).toEqual(browser);
  return own!;
}

test("every page and chart comes out as from a browser's document, to the letter", () => {
  const hostile = `& < > " ' \u00a0 \${x} <script>`;
  const councils = tables().councils.map((row) => ({...row, name: `${row.name} ${hostile}`, short_name: hostile}));
  const [browser, own] = documents().map(([, document]) => [...generatedPages(tables({councils}), document)]);
  expect(own).toEqual(browser);
  expect(own!.filter(([path]) => path.startsWith("embed/")).length).toBeGreaterThan(3);
});

test("text and attributes are escaped as HTML is", () => {
  expect(
    agreed((document) => {
      const element = document.createElement("P");
      element.setAttribute("Data-X", `<"&'\u00a0>`);
      element.append(`<"&'\u00a0>`, document.createElement("br"));
      return element.outerHTML;
    })
  ).toBe(`<p data-x="&lt;&quot;&amp;'&nbsp;&gt;">&lt;"&amp;'&nbsp;&gt;<br></p>`);
});

test("nodes are moved, not copied, and stand where they are put", () => {
  expect(
    agreed((document) => {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const [a, b, c] = ["a", "b", "c"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
      svg.append(a!, b!);
      svg.insertBefore(c!, b!);
      svg.appendChild(a!);
      b!.remove();
      svg.prepend("first");
      return [svg.outerHTML, svg.textContent, a!.parentNode === svg, b!.parentNode];
    })
  ).toEqual(["<svg>first<c></c><a></a></svg>", "first", true, null]);
});

test("elements are found by names and classes, below the one that is asked only", () => {
  const found = agreed((document) => {
    const [outer, inner] = ["div", "div"].map((name) => document.createElement(name));
    outer!.setAttribute("class", "dots");
    const [dot, other] = ["circle", "circle"].map((name) =>
      document.createElementNS("http://www.w3.org/2000/svg", name)
    );
    dot!.setAttribute("id", "dot");
    other!.setAttribute("id", "other");
    inner!.setAttribute("class", "dots few");
    inner!.append(dot!);
    outer!.append(inner!, other!);
    return [".dots circle", "circle", "*", ".few", ".dots.few circle, .none"].map((selector) =>
      [...inner!.querySelectorAll(selector), "|", ...outer!.querySelectorAll(selector)].map((one) =>
        typeof one === "string" ? one : (one.getAttribute("id") ?? one.getAttribute("class"))
      )
    );
  });
  expect(found[1]).toEqual(["dot", "|", "dot", "other"]);
});

test("a query that it does not know is refused, not answered with nothing", () => {
  expect(() => drawingDocument().createElement("p").querySelector("a[href]")).toThrow(
    '"a[href]" is more than a name and classes, which is all that charts ask for'
  );
});

test("markup is written as a browser writes it again", () => {
  const html = `<td class="a&#58;b" data-x="&#34;">5&#37; &#38; more&#58; &#60;b&#62; “x” &nbsp;</td>`;
  const table = new JSDOM(`<table><tr>${html}</tr></table>`).window.document.querySelector("td")!.outerHTML;
  expect(rewritten(html)).toBe(table);
});
