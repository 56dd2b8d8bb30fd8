import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {highlightCouncil} from "../../src/browser/highlight.ts";

const page = (search: string) =>
  new JSDOM(
    `<svg class="chart" viewBox="0 0 680 400"><g><circle data-gss="E06000901" cx="500" cy="20"><title>SYNTHETIC Ashby: 20%</title></circle><circle data-gss="E06000902" cx="10" cy="30"></circle></g></svg>
     <svg class="chart" viewBox="0 0 340 300"><g><circle data-gss="E06000901" cx="50" cy="20"></circle></g></svg>`,
    {url: `https://example.org/indicator/x${search}`}
  ).window.document;

test("the council of the address is named in every picture that has it, inside the picture", () => {
  const document = page("?council=E06000901");
  highlightCouncil(document);
  const labels = [...document.querySelectorAll("text.highlighted")];
  expect(labels.map(({textContent}) => textContent)).toEqual(["SYNTHETIC Ashby", "SYNTHETIC Ashby"]);
  expect(labels.map((label) => label.getAttribute("text-anchor"))).toEqual(["end", "start"]); // right of the middle it reads to the left
});

test("another council, none, or words that are no code leave the pictures alone", () => {
  for (const search of ["?council=E06000999", "", '?council="]<script>']) {
    const document = page(search);
    const before = document.body.innerHTML;
    highlightCouncil(document);
    expect(document.body.innerHTML).toBe(before);
  }
});
