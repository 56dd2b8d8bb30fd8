import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import type {SiteTables} from "../../src/components/rows.ts";
import {generatedPages, redirects} from "../../src/pages/all.ts";
import {brokenRules} from "../house/words.ts";
import {cell, contract, council, estimate, indicator, observation, tables, verdict} from "./tables.ts";

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
  expect(words(page("council/E06000901.md").querySelector("#sentence-children-rereferrals"))).toBe(
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
      "#sentence-children-rereferrals"
    )
  );
  expect(sentence).toContain("2023-24: 20.0%");
  expect(sentence).toContain("No figure for 2024-25: withheld by the publisher to protect confidentiality (“c”)");
  expect(sentence).not.toMatch(/(?<![\d.])0(\.0)?%|\b0 of/);
});

test("a service that a district does not run is named with the council that runs it, by a link", () => {
  const district = page("council/E07000901.md");
  const item = [...district.querySelectorAll("li")].find((li) => words(li).includes("not run here"));
  expect(words(item!)).toBe("Children’s social care: not run here, run by SYNTHETIC Elm County Council");
  expect(words(district)).toContain("Not run here: run by SYNTHETIC Elm County Council. Children’s social care.");
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
    "1 contract counts in the measures below; 3 rows are left out: framework ceiling (2), kind unsure (1)."
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
  const shown = page("council/E06000901.md", tables({council_scale: [below]}));
  const row = shown.querySelector("tbody tr")!;
  expect([...row.children].map(words)).toEqual([
    "Children’s social care",
    "Year: 2024-25",
    "In force: 4",
    "Left out: 1",
    "Share of running expenses: 2.5%",
    "So: fewer than 5 contracts: not measured"
  ]);
  expect(words(shown)).toContain(
    "The one service it runs does not have them at hand, so no size is shown and no chart drawn."
  );
  expect(shown.querySelector("#scale-beside-others, #sentence-childrens-social-care")).toBeNull();
});

test("where every service is measured none is said to be left", () => {
  expect(words(page("council/E06000901.md"))).toContain(
    "The one service it runs has the 5 contracts in force in one year that a measure of size needs. "
  );
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

test("the methods page reports how many rows are the same award again: 1 of 4 is 25.0%", () => {
  const rows = [...page("methods.md").querySelectorAll("#duplicates ~ div")][0]!.querySelectorAll("tbody tr");
  expect([...rows].map(({textContent}) => textContent)).toEqual([
    "synthetic-registerkept375.0%",
    "synthetic-registersame-content125.0%"
  ]);
});

test("the methods page says how a mistyped amount is caught", () => {
  expect(page("methods.md").querySelector("#mistyped + p")!.textContent).toContain("£833,246,352");
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

test("what the contracts cover stands before the first chart", () => {
  const shown = page("council/E06000901.md");
  const order = [...shown.querySelectorAll("[data-testid=coverage], figure.chart-figure")];
  expect(order[0]!.getAttribute("data-testid")).toBe("coverage");
  expect(order.length).toBeGreaterThan(1);
});

test("the letter asks for exactly the services and years without a measure, and its link holds the same letter", () => {
  const measured = [2021, 2023, 2024, 2025].map((financial_year) => cell({financial_year}));
  const letter = page("council/E06000901.md", tables({council_scale: measured})).querySelector("details.letter")!;
  expect(words(letter)).toContain("- Children’s social care: 2021-22For each contract"); // the fifth year, 2021-22, has no cell
  expect(words(letter)).not.toContain("Police"); // run by somebody else
  const link = new URL(letter.querySelector("a")!.getAttribute("href")!);
  expect(link.host).toBe("www.whatdotheyknow.com");
  expect(link.pathname).toBe("/new/synthetic_ashby_council");
  expect(link.searchParams.get("default_letter")).toContain("SYNTHETIC Ashby Council");
  expect(link.searchParams.get("default_letter")).toContain("- Children’s social care: 2021-22");
});

test("with a measure for every service and year there is nothing to ask for", () => {
  const measured = [2021, 2022, 2023, 2024, 2025].map((financial_year) => cell({financial_year}));
  expect(page("council/E06000901.md", tables({council_scale: measured})).querySelector("details.letter")).toBeNull();
});

test("every sentence cites the address that keeps showing its number", () => {
  const cites = [...page("council/E06000901.md").querySelectorAll(".sentence")].map((p) => p.getAttribute("data-cite"));
  expect(cites).toEqual([
    "/v/2025-03-31-0a1b2c3d/council/E06000901/#council-scale/E06000901/childrens-social-care/2025/typical_pound_gbp",
    "/v/2025-03-31-0a1b2c3d/council/E06000901/#observations/children-rereferrals/E06000901/2024-25/value"
  ]);
});

test("a chart by itself holds the same picture, its version and no script, and its page links to it", () => {
  const files = generatedPages(tables(), document);
  const path = "embed/2025-03-31-0a1b2c3d/council/E06000901/children-rereferrals.html";
  const alone = new JSDOM(files.get(path)!).window.document;
  const shown = page("council/E06000901.md");
  const figure = (at: Document) => at.querySelector("#children-rereferrals svg.chart-wide")!;
  expect(figure(alone).innerHTML).toBe(figure(shown).innerHTML);
  expect(alone.querySelector("script")).toBeNull();
  expect(words(alone.querySelector("footer"))).toContain("version 2025-03-31-0a1b2c3d");
  expect(alone.querySelector("footer a")!.getAttribute("href")).toBe("../../../../council/E06000901");
  expect(shown.querySelector("#children-rereferrals .chart-alone a")!.getAttribute("href")).toBe(`/${path}`);
});

test("a reply stands on its council's page, dated and as words", () => {
  const reply = {
    gss: "E06000901",
    replied_on: "2025-05-02",
    about: "SYNTHETIC figure",
    reply: "<b>SYNTHETIC</b>",
    source_url: null
  };
  const shown = page("council/E06000901.md", tables({replies: [reply]}));
  expect(words(shown.querySelector("blockquote"))).toBe("<b>SYNTHETIC</b>");
  expect(words(shown.querySelector(".reply figcaption"))).toBe("SYNTHETIC figure, 2 May 2025");
  expect(words(page("council/E10000901.md"))).toContain("None has been sent.");
});

test("a Welsh name says that it is Welsh, and a new council says what was before it", () => {
  const councils = tables().councils.map((row) => ({
    ...row,
    welsh_name: row.gss === "E06000901" ? "SYNTHETIC Cyngor" : null
  }));
  const shown = page("council/E06000901.md", tables({councils}));
  expect(words(shown.querySelector("[lang=cy]"))).toBe("SYNTHETIC Cyngor");
  expect(words(shown)).toContain("Before it: SYNTHETIC Old Ash Borough Council.");
});

test("local money is shown under every definition, with what is not known", () => {
  const row = (definition: "same-council" | "same-area" | "same-region", local_gbp: number) => ({
    gss: "E06000901",
    service_line: "childrens-social-care",
    financial_year: 2025,
    definition,
    contract_count: 5,
    unknown_count: 1,
    total_in_year_gbp: 200_000,
    local_gbp,
    partly_gbp: 0,
    elsewhere_gbp: 150_000 - local_gbp,
    unknown_gbp: 50_000
  });
  const local_share = [row("same-council", 20_000), row("same-area", 50_000), row("same-region", 150_000)];
  const shown = page("council/E06000901.md", tables({local_share}));
  expect([...shown.querySelectorAll("#local tbody tr")].map((tr) => [...tr.children].map(words))).toEqual([
    ["In the council’s own area", "5", "£20,000 (10.0%)", "£0 (0.0%)", "£130,000 (65.0%)", "£50,000 (25.0%)"],
    ["In its county or combined authority", "5", "£50,000 (25.0%)", "£0 (0.0%)", "£100,000 (50.0%)", "£50,000 (25.0%)"],
    ["In its region or nation", "5", "£150,000 (75.0%)", "£0 (0.0%)", "£0 (0.0%)", "£50,000 (25.0%)"]
  ]);
  expect(words(shown.querySelector("#local"))).toContain("An address is mostly a head office");
});

test("scale beside an indicator with too few councils is said to be too little data, and is not drawn", () => {
  const shown = page("repeat-demand.md");
  expect(words(shown)).toContain("Too little data. Of 1 indicators none has a class with 5 councils");
  expect(words(shown)).toContain("Blinded.");
  expect(shown.querySelector("svg")).toBeNull();
});

test("what can be drawn comes first, an indicator that a claim is tested on before all others; pages lead to it", () => {
  const five = ["1", "2", "3", "4", "5"].map((n) => `E0600095${n}`);
  const [other, thin] = ["children-second-plans", "children-three-placements"].map((indicator_id) => ({
    ...indicator,
    indicator_id,
    title: `SYNTHETIC ${indicator_id}`
  })) as [typeof indicator, typeof indicator];
  const drawn = [other.indicator_id, indicator.indicator_id];
  const base = tables();
  const given = tables({
    councils: [...base.councils, ...five.map((gss) => council({gss, slug: gss, short_name: gss}))],
    indicators: [other, indicator, thin],
    observations: drawn.flatMap((indicator_id) =>
      five.map((gss, i) => observation({gss, published_gss: gss, indicator_id, value: 20 + i}))
    ),
    scale_and_outcome: drawn.flatMap((indicator_id) =>
      five.map((gss, i) => ({
        gss,
        service_line: "childrens-social-care",
        financial_year: 2024,
        scale_measure: "typical_pound_gbp",
        scale_value: 100_000 * (i + 1),
        scale_value_below_gate: null,
        indicator_id,
        outcome_period: "2024-25",
        outcome_value: 20 + i,
        low_95: null,
        high_95: null,
        contract_count: 5
      }))
    ),
    claims: {
      ...base.claims,
      claims: [
        {...base.claims.claims[0]!, hypothesis_id: "a2-reverse", label: "A2", claim_kind: "reverse"},
        ...base.claims.claims
      ],
      estimates: [
        estimate({hypothesis_id: "a2-reverse", is_primary: true, indicator_id: other.indicator_id}),
        estimate({is_primary: true, indicator_id: indicator.indicator_id})
      ]
    }
  });
  const overview = page("repeat-demand.md", given);
  expect(words(overview)).toContain("2 of 3 indicators have a class with 5 councils or more");
  expect(words(overview.querySelector("figure .chart-title"))).toBe(
    "Unitary councils: contract scale and SYNTHETIC re-referrals, 5 councils with both"
  );
  expect(words(overview)).toContain("What claim H1 is tested on, in the class with most councils.");
  expect(words(overview)).not.toContain("A total grows with the council");
  const untested = (...units: [string, string]) =>
    page("repeat-demand.md", {
      ...given,
      indicators: [other, indicator].map((one, i) => ({...one, unit: units[i]!})),
      claims: base.claims
    });
  expect(words(untested("pounds-thousand", "percent").querySelector("figure .chart-title"))).toContain("re-referrals");
  expect(words(untested("pounds-thousand", "pounds-thousand"))).toContain("A total grows with the council");
  expect([...overview.querySelectorAll("main > details summary, body > details summary")].map(words)).toEqual([
    "1 indicator without a chart"
  ]);
  const leads = (path: string) =>
    words(page(path, given).querySelector('a[href="/repeat-demand/children-rereferrals"]'));
  expect(leads("indicator/children-rereferrals.md")).toBe("Contract scale beside this indicator a year later");
  expect(leads("claims/h1-synthetic.md")).toBe("contract scale beside it, class by class");
  expect(words(page("indicator/children-rereferrals.md"))).toContain("no class has enough councils with both");
  expect(page("claims/h1-synthetic.md").querySelector('a[href^="/repeat-demand/"]')).toBeNull();
});

const HOSTILE = `</table><script>alert("x")</script> \${process.exit(1)} [x](javascript:alert(1)) \n\n# heading`;

test("words of a register cannot become markup, code or a heading, in any page", () => {
  const hostile = tables({
    councils: tables().councils.map((row) => council({...row, name: `${row.name} ${HOSTILE}`, short_name: HOSTILE})),
    largest_of_councils: [
      contract({title: HOSTILE, cpv_label: HOSTILE, buyer_name: HOSTILE, notice_url: "javascript:alert(1)"})
    ],
    indicators: [{...indicator, title: HOSTILE, caveats: [HOSTILE]}],
    rules: [{kind: "service_line", rule: HOSTILE, decides: HOSTILE, count: 1}],
    snapshot_note: HOSTILE
  });
  for (const [path, file] of generatedPages(hostile, document)) {
    if (path.endsWith(".html")) expect(file, path).not.toMatch(/<script|href="javascript/i);
    if (!path.endsWith(".md")) continue; // what is not compiled may hold `${`
    const body = file
      .replace(/^---[\s\S]*?---\n/, "")
      .replace(/<script type="application\/ld\+json">[^<$`]*<\/script>/, ""); // data, not run
    const scripts = [...body.matchAll(/<script|\$\{|^# heading|href="javascript/gim)].map(([found]) => found);
    expect(scripts, path).toEqual([]);
  }
});

test("no page says what the rules of wording forbid", () => {
  for (const [path, file] of generatedPages(tables(), document))
    expect(brokenRules(file.replace(/^---[\s\S]*?---/, "")), path).toEqual([]);
});

test("no word of cause, rank or proof stands on a page", () => {
  for (const [path, file] of generatedPages(tables(), document))
    expect(file, path).not.toMatch(
      /\bproves?\b|shows that scale causes|\bbest\b|\bworst\b|\branked?\b|failure demand rate/i
    );
});

test("every drawn chart of a page names its source below the picture, which its files carry along", () => {
  for (const path of ["index.md", "scale.md", "indicator/children-rereferrals.md"]) {
    const charts = [...page(path).querySelectorAll("figure.chart-figure:not(.chart-empty)")];
    for (const chart of charts)
      expect(chart.querySelector(".chart-source")?.textContent, `${path} ${chart.id}`).toMatch(/^Source: \S/);
  }
});
