import {rmSync} from "node:fs";
import {expect, test} from "vitest";
import {checkSite} from "../../pipeline/site/check.ts";
import {folderOf} from "./folder.ts";

const page = (body: string, head = ""): string =>
  `<!DOCTYPE html><html lang="en-GB"><head><title>Page</title>${head}</head><body><h1>Page</h1>${body}</body></html>`;

/** A site in which everything is right: pages in two folders, a script, a style sheet, data. */
const GOOD = {
  "index.html": page('<a href="./councils#leeds">Leeds</a> <a href="./data/contracts.csv">Contracts</a>'),
  "councils.html": page('<p id="leeds"><a href="./council/E08000035">Leeds</a> <a href="./">Home</a></p>'),
  "council/E08000035.html": page(
    '<a href="../councils">All</a> <a href="https://www.leeds.gov.uk/">Its own site</a> <a href="mailto:a@example.org">Write</a>',
    '<link rel="stylesheet" href="../_import/style.css"><link rel="canonical" href="https://example.org/council/E08000035">'
  ),
  "404.html": page('<a href="./councils">Councils</a>', '<base href="/">'),
  "data/contracts.csv": "contract_id\n",
  "_import/style.css": 'a { background: url("data:image/svg+xml,%3Csvg%3E") } b { fill: url(#pattern) }',
  "_import/chart.js": 'import {draw} from "./draw.js"; const words = "import x from \'htl\'"; draw(words);',
  "_import/draw.js": "export const draw = () => {};",
  "_observablehq/client.js": 'export const load = () => import("../_npm/lodash@4.18.1/_esm.js");'
};

async function findings(changed: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = folderOf({...GOOD, ...changed});
  try {
    return (await checkSite(folder)).map(({file, what}) => `${file}: ${what}`);
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test("a site in which everything is right has no findings", async () => {
  expect(await findings({})).toEqual([]);
});

const NO_LANGUAGE = "<!DOCTYPE html><html><head><title>P</title></head><body><h1>P</h1></body></html>";
const NO_TITLE =
  '<!DOCTYPE html><html lang="en"><head></head><body><h1>P</h1><svg><title>Chart</title></svg></body></html>';
const NO_HEADING = '<!DOCTYPE html><html lang="en"><head><title>P</title></head><body><h1> </h1></body></html>';

test.each([
  [
    "live code that failed to compile",
    {"a.html": page('<div class="observablehq--inspect observablehq--error">SyntaxError: x</div>')},
    "a.html: live code that failed to compile (observablehq--error): SyntaxError: x"
  ],
  ["no language", {"a.html": NO_LANGUAGE}, "a.html: the page does not say its language"],
  ["no title", {"a.html": NO_TITLE}, "a.html: the page has no title"],
  ["no heading", {"a.html": NO_HEADING}, "a.html: the page has no main heading (h1)"],
  [
    "an id given twice",
    {"a.html": page('<p id="x"></p><svg><g id="x"></g></svg>')},
    'a.html: the id "x" is given more than once'
  ],
  ["a link to nowhere", {"a.html": page('<a href="./gone">x</a>')}, "a.html: a leads to ./gone, which is not there"],
  [
    "a link in a drawing to nowhere",
    {"a.html": page('<svg><a href="./gone"></a></svg>')},
    "a.html: a leads to ./gone, which is not there"
  ],
  [
    "a link to a folder without a page",
    {"a.html": page('<a href="./council/">x</a>')},
    "a.html: a leads to ./council/, which is not there"
  ],
  [
    "a link to a part that is not there",
    {"a.html": page('<a href="./councils#bath">x</a>')},
    'a.html: a leads to ./councils#bath, but no element there has the id "bath"'
  ],
  [
    "a link to a part of its own page that is not there",
    {"a.html": page('<a href="#bath">x</a>')},
    'a.html: a leads to #bath, but no element there has the id "bath"'
  ],
  [
    "a form to nowhere",
    {"a.html": page('<form action="/find"></form>')},
    "a.html: form leads to /find, which is not there"
  ],
  [
    "a picture that is not there",
    {"a.html": page('<img src="./a.png" alt="">')},
    "a.html: img leads to ./a.png, which is not there"
  ],
  [
    "a redirect to nowhere",
    {"a.html": page("", '<meta http-equiv="refresh" content="0; url=./gone">')},
    "a.html: refresh leads to ./gone, which is not there"
  ],
  [
    "a link that runs code",
    {"a.html": page('<a href="javascript:alert(1)">x</a>')},
    "a.html: a runs javascript:alert(1)"
  ],
  [
    "a script from another host",
    {"a.html": page('<script src="https://cdn.example/x.js"></script>')},
    "a.html: script loads https://cdn.example/x.js from another host"
  ],
  [
    "a picture from another host, without a scheme",
    {"a.html": page('<img src="//cdn.example/x.png" alt="">')},
    "a.html: img loads //cdn.example/x.png from another host"
  ],
  [
    "one of several pictures from another host",
    {"a.html": page('<img srcset="./favicon.svg 1x, https://cdn.example/x.png 2x" alt="">'), "favicon.svg": "<svg/>"},
    "a.html: srcset loads https://cdn.example/x.png from another host"
  ],
  [
    "a style sheet from another host",
    {"a.html": page("", '<link rel="preload stylesheet" href="https://fonts.example/css">')},
    "a.html: link[rel=preload stylesheet] loads https://fonts.example/css from another host"
  ],
  [
    "a connection opened to another host",
    {"a.html": page("", '<link rel="preconnect" href="https://fonts.example">')},
    "a.html: link[rel=preconnect] loads https://fonts.example from another host"
  ],
  [
    "an inline style",
    {"a.html": page('<p style="color: red">x</p>')},
    'a.html: an attribute "style", which the site\'s policy refuses'
  ],
  [
    "an e-mail address in a table",
    {"data/contracts.csv": "title\nask synthetic.person@synthetic-council.gov.uk\n"},
    "data/contracts.csv: syn….uk is a way to reach a person"
  ],
  [
    "a telephone number on a page",
    {"a.html": page("<p>ring 0113 496 0000</p>")},
    "a.html: 011…000 is a way to reach a person"
  ],
  [
    "an event handler",
    {"a.html": page('<svg><g OnLoad="alert(1)"></g></svg>')},
    'a.html: an attribute "onload", which the site\'s policy refuses'
  ],
  [
    "a style sheet that imports from another host",
    {"a.css": '@import "https://fonts.example/css";'},
    "a.css: style sheet loads https://fonts.example/css from another host"
  ],
  [
    "a style sheet whose font is not there",
    {"a.css": "@font-face { src: url(./a.woff2) }"},
    "a.css: style sheet leads to ./a.woff2, which is not there"
  ],
  [
    "a module that was never resolved",
    {"a.js": 'import {html} from "htl"; html``;'},
    'a.js: the module "htl" was never resolved: no browser knows where it is'
  ],
  [
    "a module of a page that was never resolved",
    {"a.html": page('<script type="module">const {html} = await import("htl"); html``;</script>')},
    'a.html: the module "htl" was never resolved: no browser knows where it is'
  ],
  [
    "a module from another host",
    {"a.js": 'export * from "https://esm.example/d3";'},
    "a.js: import loads https://esm.example/d3 from another host"
  ],
  [
    "a module that is not there",
    {"a.js": 'import "./gone.js";'},
    "a.js: import leads to ./gone.js, which is not there"
  ],
  [
    "a module loaded lazily that is not there",
    {"a.js": 'import("./gone.js");'},
    "a.js: lazy import leads to ./gone.js, which is not there"
  ]
] as [string, Record<string, string>, string][])("%s is found", async (_name, changed, finding) => {
  expect(await findings(changed)).toEqual([finding]);
});
