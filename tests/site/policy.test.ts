import {createHash} from "node:crypto";
import {readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {load} from "cheerio";
import {afterAll, beforeAll, expect, test} from "vitest";
import {ownScripts} from "../../pipeline/site/finish.ts";
import {headersFor, readHeaderRules, scriptHashes, writePolicies} from "../../pipeline/site/policy.ts";
import {serveSite} from "../../pipeline/site/serve.ts";
import {folderOf} from "./folder.ts";

const OWN = ownScripts({searchScript: "_observablehq/search.1.js"});
const search = [...OWN].find((code) => code.includes('"./_observablehq'))!;
const page = (head: string, body: string): string =>
  `<!DOCTYPE html><html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
const hashOf = (code: string): string => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
const LIVE = '\nimport {define} from "./_observablehq/client.0a1b.js";\ndefine({});\n';

let site: string;
beforeAll(() => {
  site = folderOf({
    "index.html": page("", `<script type="module">${search}</script>`),
    "live.html": page(`<script type="module">${LIVE}</script>`, ""),
    "still.html": page("", "<h1>Still</h1>"),
    "404.html": page('<base href="/">', ""),
    "council/E08000035.html": page("", "<h1>Leeds</h1>"),
    "embed/E08000035.html": page("", "<h1>Leeds</h1>"),
    "data/contracts.csv": "contract_id\n",
    "data.html": page("", "<h1>Data</h1>"),
    "v/2025-01-01-0a1b2c3d/contracts.csv": "contract_id\n"
  });
  writePolicies(site, OWN);
});
afterAll(() => rmSync(site, {recursive: true}));

const policyOf = (name: string): string =>
  load(readFileSync(join(site, name), "utf8"))('meta[http-equiv="Content-Security-Policy"]').attr("content") ?? "";
const directive = (policy: string, name: string): string | undefined =>
  policy
    .split("; ")
    .find((one) => one.startsWith(`${name} `))
    ?.slice(name.length + 1);

test("every page allows its own inline scripts by hash and those of no other page", () => {
  expect(directive(policyOf("index.html"), "script-src")).toBe(`'self' ${hashOf(search)}`);
  expect(directive(policyOf("live.html"), "script-src")).toBe(`'self' ${hashOf(LIVE)}`);
  expect(directive(policyOf("still.html"), "script-src")).toBe("'self'");
  expect(directive(policyOf("embed/E08000035.html"), "script-src")).toBe("'none'");
});

test("a description for search engines is no script; code under another type is", () => {
  const page = (type: string): string => `<html><body><script type="${type}">{"a": 1}</script></body></html>`;
  expect(scriptHashes(page("application/ld+json"), "a.html", new Set())).toEqual([]);
  expect(() => scriptHashes(page("text/javascript"), "a.html", new Set())).toThrow("did not write");
});

test("nothing is allowed that is not named, and nothing from another host, inline style or base address", () => {
  for (const name of ["index.html", "council/E08000035.html"]) {
    const policy = policyOf(name);
    expect(directive(policy, "default-src")).toBe("'none'");
    expect(directive(policy, "style-src")).toBe("'self'");
    expect(directive(policy, "base-uri")).toBe("'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  }
  expect(directive(policyOf("404.html"), "base-uri")).toBe("'self'");
});

test.each([
  ["in the body", page("", "<script>alert(1)</script>")],
  ["in a drawing", page("", "<svg><script>alert(1)</script></svg>")],
  ["dressed as live code in the body", page("", `<script type="module">${LIVE}</script>`)],
  ["in the head without being live code", page("<script>alert(1)</script>", "")]
])("a script that the site did not write gets no hash but an error: %s", (_name, html) => {
  expect(() => scriptHashes(html, "council/x.html", OWN)).toThrow(
    "council/x.html holds a script that the site did not write"
  );
});

test("a block of data is no script: it gets no hash and is no stranger, unlike a map of imports", () => {
  const block = (type: string): string => page("", `<script type="${type}">{"a":1}</script>`);
  expect(scriptHashes(block("application/ld+json"), "data.html", OWN)).toEqual([]);
  expect(() => scriptHashes(block("importmap"), "data.html", OWN)).toThrow("did not write");
});

test("header files say who may frame a page: nobody, and anybody for what is made to be embedded", async () => {
  const rules = readHeaderRules(readFileSync(join(site, "_headers"), "utf8"));
  const of = (path: string): string => headersFor(path, rules)["Content-Security-Policy"] ?? "";
  for (const path of ["/", "/still", "/still.html", "/council/E08000035", "/data/contracts.csv"])
    expect(directive(of(path), "frame-ancestors"), path).toBe("'none'");
  expect(directive(of("/embed/E08000035"), "frame-ancestors")).toBe("*");
  expect(directive(of("/embed/E08000035"), "script-src")).toBe("'none'");
  expect(directive(of("/"), "script-src")).toContain(hashOf(search));
});

test("no two rules with a policy match one address: a host would send both, and both would hold", () => {
  const rules = readHeaderRules(readFileSync(join(site, "_headers"), "utf8"));
  const withPolicy = rules.filter(({headers}) => "Content-Security-Policy" in headers);
  for (const path of ["/", "/still", "/council/E08000035", "/embed/E08000035", "/data/contracts.csv"])
    expect(
      withPolicy.filter((rule) => headersFor(path, [rule])["Content-Security-Policy"]),
      path
    ).toHaveLength(1);
});

test("the snippets for nginx and Caddy hold the same two policies", () => {
  const rules = readHeaderRules(readFileSync(join(site, "_headers"), "utf8"));
  for (const file of ["server/nginx.conf", "server/Caddyfile"])
    for (const path of ["/", "/embed/E08000035"])
      expect(readFileSync(join(site, file), "utf8")).toContain(headersFor(path, rules)["Content-Security-Policy"]);
});

const READ_BY_OTHERS = [
  ["/data/contracts.csv", "*"],
  ["/v/2025-01-01-0a1b2c3d/contracts.csv", "*"],
  ["/feed.xml", "*"],
  ["/status.json", "*"],
  ["/", undefined],
  ["/data", undefined],
  ["/council/E08000035", undefined],
  ["/embed/E08000035", undefined]
] as const;

test("header files let pages of other sites read the data, the versions, the feed and the status, and nothing else", () => {
  const rules = readHeaderRules(readFileSync(join(site, "_headers"), "utf8"));
  for (const [path, origin] of READ_BY_OTHERS)
    expect(headersFor(path, rules)["Access-Control-Allow-Origin"], path).toBe(origin);
  const nginx = readFileSync(join(site, "server/nginx.conf"), "utf8");
  expect(nginx).toContain('add_header Access-Control-Allow-Origin "$contract_scale_open" always;');
  const [, map] = /map \$uri \$contract_scale_open \{([^}]*)\}/.exec(nginx)!;
  const lines = map!
    .trim()
    .split("\n")
    .map((line) => /^(\S+) "(.*)";$/.exec(line.trim())!.slice(1) as [string, string]);
  const byNginx = (path: string) =>
    lines.find(([key]) => (key.startsWith("~") ? new RegExp(key.slice(1)).test(path) : key === path))?.[1] || undefined; // nginx sends no empty header
  for (const [path, origin] of READ_BY_OTHERS) expect(byNginx(path), path).toBe(origin);
  expect(readFileSync(join(site, "server/Caddyfile"), "utf8")).toMatch(
    /@open path \/data\/\* \/v\/\* \/feed\.xml \/status\.json\n[\s\S]*header @open Access-Control-Allow-Origin "\*"\n/
  );
});

test("the local server sends what a host would, and not the file that says so", async () => {
  const server = await serveSite({root: site, port: 0, host: "127.0.0.1"});
  try {
    const headersOf = async (path: string) => (await fetch(server.url + path)).headers;
    expect((await headersOf("/council/E08000035")).get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect((await headersOf("/embed/E08000035")).get("content-security-policy")).toContain("frame-ancestors *");
    expect((await headersOf("/still")).get("x-content-type-options")).toBe("nosniff");
    expect((await fetch(`${server.url}/_headers`)).status).toBe(404);
  } finally {
    await server.close();
  }
});
