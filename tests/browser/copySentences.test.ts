import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {citation, offerCopies} from "../../src/browser/copySentences.ts";

const document = new JSDOM(
  `<p class="sentence" id="sentence-x" data-source="SYNTHETIC publisher, SYNTHETIC title">Ashby, 2024-25: <strong>20.0%</strong>, 200 of
   1,000 (95% interval 17.6% to 22.6%).</p><footer class="page-foot"><code>2025-01-23-f3f75619</code></footer>`,
  {url: "https://example.org/council/E06000901?from=home"}
).window.document;

test("what is copied ends in the address of the sentence, after its source and the version of the data", () => {
  expect(citation(document.querySelector(".sentence")!, document)).toBe(
    "Ashby, 2024-25: 20.0%, 200 of 1,000 (95% interval 17.6% to 22.6%). Source: SYNTHETIC publisher, SYNTHETIC title; Contract Scale, version 2025-01-23-f3f75619. https://example.org/council/E06000901#sentence-x"
  );
});

test("every sentence gets one button, outside of the sentence itself", () => {
  offerCopies(document);
  expect(document.querySelectorAll("button.copy")).toHaveLength(1);
  expect(document.querySelector(".sentence")!.textContent).not.toContain("Copy");
});

test("a sentence with an address of its own number is cited by it, below whatever root the site stands", () => {
  const page = new JSDOM(
    `<a class="site-name" href="../">Contract Scale</a><p class="sentence" id="s" data-source="S" data-cite="/v/1/council/E1/#a/b">X.</p>`,
    {url: "https://example.org/scale/council/E06000901"}
  ).window.document;
  expect(citation(page.querySelector(".sentence")!, page)).toMatch(
    / https:\/\/example\.org\/scale\/v\/1\/council\/E1\/#a\/b$/
  );
});
