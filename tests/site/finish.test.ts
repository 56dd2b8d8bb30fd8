import {load} from "cheerio";
import {expect, test} from "vitest";
import {finishPage, pathToRoot, redirectPage, type Site} from "../../pipeline/site/finish.ts";

const SITE: Site = {
  title: "Contract Scale",
  url: "https://example.org/scale/",
  navigation: [
    {name: "Councils", path: "/councils"},
    {name: "Data & code", path: "/data"}
  ],
  searchScript: "_observablehq/search.0a1b2c3d.js",
  script: null,
  icon: "favicon.svg",
  reservations: []
};

/** A page as Framework 1.13.4 leaves it. */
const built = ({script = "", body = "<h1>Leeds</h1>"} = {}): string => `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">
<title>Leeds | Contract Scale</title>
<link rel="modulepreload" href="../_observablehq/client.d10d8454.js">
<script type="module">

import ${script === "" ? "" : "{define} from "}"../_observablehq/client.d10d8454.js";
${script}
</script>
</head>
<body>
<div id="observablehq-center">
<main id="observablehq-main" class="observablehq">
${body}</main>
</div>
</body>
</html>`;

const PAGE = {path: "/council/E08000035", description: 'How large the "typical pound" of Leeds & others is.'};
const finished = (html = built(), page: {path: string; description: string | null} = PAGE, site = SITE) =>
  load(finishPage(html, page, site));

test("a page says its language and can be zoomed", () => {
  const $ = finished();
  expect($("html").attr("lang")).toBe("en-GB");
  expect($("meta[name=viewport]").attr("content")).toBe("width=device-width, initial-scale=1");
});

test("search engines and links get the page's title, description and address", () => {
  const $ = finished();
  expect($("meta[name=description]").attr("content")).toBe(PAGE.description);
  expect($("meta[property='og:description']").attr("content")).toBe(PAGE.description);
  expect($("meta[property='og:title']").attr("content")).toBe("Leeds");
  expect($("link[rel=canonical]").attr("href")).toBe("https://example.org/scale/council/E08000035");
});

test("without an address or a description nothing is made up", () => {
  const $ = finished(built(), {path: "/council/E08000035", description: null}, {...SITE, url: null});
  expect($("link[rel=canonical], meta[property='og:url'], meta[name=description]")).toHaveLength(0);
});

test("the page for addresses that are not there has no address of its own and is not indexed", () => {
  const $ = finished(built(), {path: "/404", description: null});
  expect($("link[rel=canonical]")).toHaveLength(0);
  expect($("meta[name=robots]").attr("content")).toBe("noindex");
});

test("a page without live code sheds the scripts that would do nothing; one with live code keeps them", () => {
  const scripts = 'head script[type=module], link[rel="modulepreload"]';
  expect(finished()(scripts)).toHaveLength(0);
  expect(finished(built({script: 'define({id: "0", outputs: [], body: () => 1});'}))(scripts)).toHaveLength(2);
});

test("the site's own script is asked for from every page, live or not, by a relative path", () => {
  const $ = finished(built(), PAGE, {...SITE, script: "site.0a1b2c3d.js"});
  expect($("head script[src]").attr("src")).toBe("../site.0a1b2c3d.js");
});

test("the navigation marks the page it is on, links by relative paths, and is reached and skipped by keyboard", () => {
  const $ = finished(built(), {path: "/councils", description: null});
  const links = $("nav a").toArray();
  expect(links.map((link) => [$(link).text(), $(link).attr("href"), $(link).attr("aria-current")])).toEqual([
    ["Contract Scale", "./", undefined],
    ["Councils", "./councils", "page"],
    ["Data & code", "./data", undefined]
  ]);
  expect($("body a").first().attr("href")).toBe("#observablehq-main");
  expect($("#observablehq-main").attr("tabindex")).toBe("-1");
});

test("a phone's menu opens the list of links without a script", () => {
  const $ = finished();
  expect($(`#${$("nav button").attr("popovertarget")}[popover] a`).length).toBe($("nav a").length - 1); // the site's name is always there
});

test("a written table scrolls inside a frame that a keyboard reaches, each with a name of its own; a generated one has its own", () => {
  const table = "<table><tr><td>1</td></tr></table>";
  const $ = finished(
    built({body: `<h2>Time & memory</h2>${table}<p>Text</p>${table}<div class="table-scroll">${table}</div>`})
  );
  const frames = $(".written").toArray();
  expect(frames.map((frame) => [$(frame).attr("tabindex"), $(frame).attr("aria-label")])).toEqual([
    ["0", "Table 1: Time & memory"],
    ["0", "Table 2: Time & memory"]
  ]);
  expect($("table")).toHaveLength(3);
});

test("from a page in a folder everything is a folder higher", () => {
  const $ = finished(built({body: '<h1>Leeds</h1><form action="/councils"></form>'}));
  expect($("nav a").first().attr("href")).toBe("../");
  expect($("form").attr("action")).toBe("../councils");
  expect($("link[rel=icon]").attr("href")).toBe("../favicon.svg");
  expect($("script").text()).toContain('import("../_observablehq/search.0a1b2c3d.js")');
});

test.each([
  ["/", "./"],
  ["/councils", "./"],
  ["/council/E08000035", "../"],
  ["/v/2025-01-23-1a2b3c4d/council/E08000035", "../../../"]
])("the root is reached from %s by %s", (path, root) => {
  expect(pathToRoot(path)).toBe(root);
});

test("the search box has a name and stays hidden until a script shows it", () => {
  const $ = finished();
  expect($("input[type=search]").attr("aria-label")).toBe("Search councils and pages");
  expect($(".site-search").attr("hidden")).toBeDefined();
  expect(finished(built(), PAGE, {...SITE, searchScript: null})(".site-search, script")).toHaveLength(0);
});

test("code that scrolls sideways can be scrolled by keyboard", () => {
  expect(finished(built({body: "<h1>Data</h1><pre>npm ci</pre>"}))("pre").attr("tabindex")).toBe("0");
});

test("what the page holds is left as it was, drawings included", () => {
  const drawing = '<svg viewBox="0 0 10 10"><linearGradient id="g"></linearGradient><circle r="1"></circle></svg>';
  expect(finishPage(built({body: `<h1>Leeds</h1>${drawing}`}), PAGE, SITE)).toContain(drawing);
});

test("an address that moved sends its reader on, with a link for whom it does not", () => {
  const $ = load(redirectPage({from: "/council/leeds", to: "/council/E08000035"}, SITE));
  expect($("meta[http-equiv=refresh]").attr("content")).toBe("0; url=../council/E08000035");
  expect($("a").attr("href")).toBe("../council/E08000035");
  expect($("link[rel=canonical]").attr("href")).toBe("https://example.org/scale/council/E08000035");
});

test("a link to a page shows a picture elsewhere, by its whole address or not at all", () => {
  const $ = finished(built(), PAGE, {...SITE, card: "card.png"});
  expect($("meta[property='og:image']").attr("content")).toBe("https://example.org/scale/card.png");
  const nowhere = finished(built(), PAGE, {...SITE, card: "card.png", url: null});
  expect(nowhere("meta[property='og:image']")).toHaveLength(0);
});

test("a reservation of the checks stands on the page, as text, with a link to all of them", () => {
  const $ = finished(built(), PAGE, {...SITE, reservations: ['volume of "<b>r</b>": 3 releases', "rejects"]});
  expect($("aside.reservations").text()).toContain('Volume of "<b>r</b>": 3 releases. And 1 more.');
  expect($("aside.reservations b")).toHaveLength(0);
  expect($("aside.reservations a").attr("href")).toBe("../status");
  expect(finished()("aside.reservations")).toHaveLength(0);
});
