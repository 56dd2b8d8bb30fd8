import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import type {SiteTables} from "../../src/components/rows.ts";
import {generatedPages, redirects} from "../../src/pages/all.ts";
import {cell, contract, council, indicator, observation, tables, verdict} from "./tables.ts";

const {document} = new JSDOM().window;

/** A page as a reader gets it, without its charts' drawings; Markdown's own marks stay, which is enough to read words by. */
function page(path: string, given: SiteTables = tables()): Document {
  const file = generatedPages(given, document).get(path);
  if (file === undefined) throw new Error(`there is no page ${path}`);
  return new JSDOM(file.replace(/^---[\s\S]*?---\n/, "")).window.document;
}

const words = (at: Document | Element | null): string =>
  ((at && "body" in at ? at.body : at)?.textContent ?? "").replaceAll(/\s+/g, " ");

test("every council has a page, in force or not, and every indicator one", () => {
  const paths = [...generatedPages(tables(), document).keys()];
  expect(paths.filter((path) => path.startsWith("council/"))).toEqual([
    "council/E06000901.md",
    "council/E10000901.md",
    "council/E07000901.md",
    "council/E07000902.md"
  ]);
  expect(paths).toContain("indicator/children-rereferrals.md");
  expect(paths).toContain("index.md");
});

test("a council's name in an address leads to its code", () => {
  expect(redirects(tables())).toContainEqual({from: "/council/ashby", to: "/council/E06000901"});
});

test("the sentence gives the figure, its year, its counts and its interval", () => {
  expect(words(page("council/E06000901.md").querySelector(".sentence"))).toBe(
    "SYNTHETIC Ashby Council, 2024-25: 20.0%, 200 of 1,000 (95% interval 17.6% to 22.6%)."
  );
});

test("a withheld figure is said to be withheld, with the publisher's symbol, and is no zero", () => {
  const missing = observation({
    value: null,
    numerator: null,
    denominator: null,
    low_95: null,
    high_95: null,
    missing_reason: "c"
  });
  const sentence = words(
    page("council/E06000901.md", tables({observations: [...tables().observations.slice(0, 2), missing]})).querySelector(
      ".sentence"
    )
  );
  expect(sentence).toContain("no figure, withheld by the publisher to protect confidentiality (“c”)");
  expect(sentence).not.toMatch(/\b0\b/);
});

test("a service that a district does not run is named with the council that runs it, by a link", () => {
  const district = page("council/E07000901.md");
  const item = [...district.querySelectorAll("li")].find((li) => words(li).includes("not run here"));
  expect(words(item!)).toBe("Children’s social care: not run here, run by SYNTHETIC Elm County Council");
  expect(item!.querySelector("a")!.getAttribute("href")).toBe("/council/E10000901");
});

test("a zero that a council reports for a service it does not run is not shown as its figure", () => {
  const zero = observation({gss: "E07000901", value: 0, numerator: 0, denominator: 10, low_95: 0, high_95: 27.8});
  const district = words(page("council/E07000901.md", tables({observations: [zero]})));
  expect(district).toContain("not run here, run by SYNTHETIC Elm County Council");
  expect(district).not.toContain("0.0%");
});

test("an abolished council names the day it ended and links to what followed", () => {
  const old = page("council/E07000902.md");
  expect(words(old)).toContain("This code ended on 31 March 2023. After it: SYNTHETIC Ashby Council.");
});

test("what counts and what is left out add up, by reason", () => {
  const contracts = [
    contract({}),
    contract({
      contract_id: "2",
      left_out_because: "framework-ceiling",
      value_kind: "framework-ceiling",
      value_gbp: 9e9
    }),
    contract({contract_id: "3", left_out_because: "framework-ceiling", value_kind: "framework-ceiling"}),
    contract({contract_id: "4", left_out_because: "kind unsure"})
  ];
  const line = words(page("council/E06000901.md", tables({contracts})).querySelector(".figure-line"));
  expect(line).toBe(
    "1 contract counts in the measures below; 3 rows are left out: 2 framework ceiling, 1 kind unsure."
  );
});

test("a framework's ceiling is not among the largest contracts", () => {
  const contracts = [
    contract({}),
    contract({contract_id: "2", title: "SYNTHETIC ceiling", left_out_because: "framework-ceiling", value_gbp: 9e9})
  ];
  expect(words(page("council/E06000901.md", tables({contracts})))).not.toContain("SYNTHETIC ceiling");
});

test("a cell below five contracts says so instead of showing a size", () => {
  const below = cell({
    contract_count: 4,
    median_annual_gbp: null,
    typical_pound_gbp: null,
    not_measured_reason: "fewer than 5 contracts in force: 4"
  });
  const row = page("council/E06000901.md", tables({council_scale: [below]})).querySelector("tbody tr")!;
  expect([...row.children].map(words)).toEqual([
    "Children’s social care",
    "2024-25",
    "4",
    "fewer than 5",
    "fewer than 5",
    "1",
    "2.5%"
  ]);
});

test("a council without contracts is unknown, not a council that buys nothing", () => {
  expect(words(page("council/E06000901.md", tables({contracts: [], council_scale: []})))).toContain(
    "No contract of this council is at hand. That says nothing about how much it buys"
  );
});

test("the note about the slice stands only where embedded rows were used", () => {
  expect(words(page("index.md"))).toContain("SYNTHETIC slice.");
  expect(words(page("index.md", tables({snapshot_note: null})))).not.toContain("A small slice");
});

test("the front page puts both claims side by side and the condition beside the £16 billion", () => {
  const claims = page("index.md").querySelectorAll(".claims section");
  expect(claims).toHaveLength(2);
  const smaller = words(claims[0]!);
  expect(smaller.indexOf("£16 billion") - smaller.indexOf("is typical”")).toBeLessThan(200);
  expect(words(claims[1]!)).toContain("£1.8 billion");
});

test("a claim's page says what would make it false, and a verdict is never seen without its marks", () => {
  const claim = page("claims/h1-synthetic.md");
  const rules = [...claim.querySelectorAll("dl.rules dt")].map((term) => [
    term.textContent,
    term.nextElementSibling?.textContent
  ]);
  expect(rules).toEqual([
    ["Contradicted if", "the interval lies below zero"],
    ["Supported if", "the interval lies above zero"]
  ]);
  expect(words(claim)).toContain("The link goes to a site that quotes the report, not to the report.");
  expect(words(claim)).toContain("Outcomes are still blinded");
  expect(words(claim.querySelector(".verdict"))).toContain("Too little data blindedNo council where 30 are the least.");
  const suspended = {...tables().claims, verdicts: [{...verdict, is_suspended: true}]};
  for (const path of ["index.md", "claims.md", "claims/h1-synthetic.md"])
    expect(words(page(path, tables({claims: suspended}))), path).toContain("suspended, blinded");
});

test("the methods page says of every rule how many rows it decided, and how often as labelled", () => {
  const row = [...page("methods.md").querySelectorAll("#value-kinds ~ div tbody tr")][0]!;
  expect([...row.children].map(words)).toEqual([
    "nothing-else-holds",
    "SYNTHETIC sentence.",
    "contract",
    "1",
    "3 of 4"
  ]);
});

test("a correction stands with its reason, its evidence only where that is a safe link", () => {
  const correction = {
    contract_id: "0000000000000001",
    column_name: "value_gbp",
    from_value: "833246352.00",
    to_value: null,
    why: "SYNTHETIC mistyped",
    evidence_url: "javascript:alert(1)",
    decided_on: "2026-11-24",
    is_applied: true
  };
  const corrections = page("corrections.md", tables({corrections: [correction]}));
  expect(words(corrections)).toContain("SYNTHETIC mistyped");
  expect(corrections.querySelector("td a")).toBeNull();
  expect(words(page("corrections.md"))).toContain("Nothing has been corrected by hand so far.");
});

const HOSTILE = `</table><script>alert("x")</script> \${process.exit(1)} [x](javascript:alert(1)) \n\n# heading`;

test("words of a register cannot become markup, code or a heading, in any page", () => {
  const hostile = tables({
    councils: tables().councils.map((row) => council({...row, name: `${row.name} ${HOSTILE}`, short_name: HOSTILE})),
    contracts: [contract({title: HOSTILE, cpv_label: HOSTILE, buyer_name: HOSTILE, notice_url: "javascript:alert(1)"})],
    indicators: [{...indicator, title: HOSTILE, caveats: [HOSTILE]}],
    rules: [{kind: "service_line", rule: HOSTILE, decides: HOSTILE, count: 1}],
    snapshot_note: HOSTILE
  });
  for (const [path, file] of generatedPages(hostile, document)) {
    const body = file.replace(/^---[\s\S]*?---\n/, "");
    const scripts = [...body.matchAll(/<script|\$\{|^# heading|href="javascript/gim)].map(([found]) => found);
    expect(scripts, path).toEqual([]);
  }
});

test("no word of cause, rank or proof stands on a page", () => {
  for (const [path, file] of generatedPages(tables(), document))
    expect(file, path).not.toMatch(
      /\bproves?\b|shows that scale causes|\bbest\b|\bworst\b|\branked?\b|failure demand rate/i
    );
});
