import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import {embedCode, offerEmbedCode} from "../../src/browser/embedCode.ts";

const page = () =>
  new JSDOM(
    `<figure><p class="chart-title">SYNTHETIC "Ashby" &amp; others</p><figcaption><p class="chart-alone"><a href="/embed/v1/council/E1/x">Alone</a></p></figcaption></figure>`,
    {url: "https://example.org/council/E1"}
  ).window.document;

test("the code is an iframe with the chart's title, frozen at the version in its address, and no script", () => {
  const link = page().querySelector("a")!;
  expect(embedCode(link)).toBe(
    '<iframe src="https://example.org/embed/v1/council/E1/x" title="SYNTHETIC &quot;Ashby&quot; &amp; others" width="100%" height="640" loading="lazy" style="border:0"></iframe>'
  );
});

test("the code shows when it is asked for, and goes again", () => {
  const document = page();
  offerEmbedCode(document);
  const [button, box] = [document.querySelector("button")!, document.querySelector("textarea")!];
  expect(box.hidden).toBe(true);
  button.click();
  expect([box.hidden, button.getAttribute("aria-expanded")]).toEqual([false, "true"]);
  button.click();
  expect([box.hidden, button.getAttribute("aria-expanded")]).toEqual([true, "false"]);
});
