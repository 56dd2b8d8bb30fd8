import {JSDOM} from "jsdom";
import {expect, test, vi} from "vitest";
import {openTarget} from "../../src/browser/openTarget.ts";

const HTML = `<a href="#row-2">dot</a><details id="rows"><summary>rows</summary><p id="row-1"></p><p id="row-2"></p></details><details id="other"><p></p></details>`;

const pageAt = (hash: string) => {
  const {window} = new JSDOM(HTML, {url: `https://example.org/claims/x${hash}`});
  const scrolled = vi.fn();
  window.Element.prototype.scrollIntoView = scrolled;
  openTarget(window.document);
  const isOpen = (id: string): boolean => window.document.getElementById(id)!.hasAttribute("open");
  return {window, scrolled, isOpen};
};

test("what the address names inside a folded part is opened and shown; other parts stay folded", () => {
  const {scrolled, isOpen} = pageAt("#row-1");
  expect([isOpen("rows"), isOpen("other")]).toEqual([true, false]);
  expect(scrolled).toHaveBeenCalledTimes(1);
});

test("a link followed on the page opens it as well", () => {
  const {window, isOpen} = pageAt("");
  expect(isOpen("rows")).toBe(false);
  window.location.hash = "#row-2";
  window.dispatchEvent(new window.HashChangeEvent("hashchange"));
  expect(isOpen("rows")).toBe(true);
});

test("the folded part itself can be named", () => {
  expect(pageAt("#rows").isOpen("rows")).toBe(true);
});

test.each(["", "#", "#nothing-here", "#%zz"])("an address that ends in '%s' opens nothing", (hash) => {
  const {scrolled, isOpen} = pageAt(hash);
  expect([isOpen("rows"), isOpen("other")]).toEqual([false, false]);
  expect(scrolled).not.toHaveBeenCalled();
});
