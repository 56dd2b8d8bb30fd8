import {JSDOM} from "jsdom";
import {expect, test} from "vitest";
import type {SiteTables} from "../../src/components/rows.ts";
import {dataPage} from "../../src/pages/data.ts";
import {indexed} from "../../src/pages/site.ts";
import {tables} from "./tables.ts";

// Dealing with the page as a reader does: as HTML, entities resolved.

const HOSTILE = ["</script>", "$", "{1}`"].join("");
const file = {title: "SYNTHETIC contracts", table: "contracts", licence: "OGL-UK-3.0", rows: 2} as const;
const given: SiteTables = {
  ...tables(),
  files: [
    {...file, path: "contracts.parquet", format: "parquet", label: "typed", bytes: 1_234_567, sha256: "a".repeat(64)},
    {...file, path: "contracts.csv", format: "csv", label: "spreadsheet-safe", bytes: 987, sha256: "b".repeat(64)},
    {...file, path: "contracts.verbatim.csv", format: "csv", label: "verbatim", bytes: 987, sha256: "b".repeat(64)}
  ],
  dataset: {
    schema_version: "1.2.3",
    files: [],
    codes: [{table: "contracts", column: "value_kind", code: "call-off", meaning: "SYNTHETIC meaning", rows: 7}],
    sources: [
      {
        source_id: "one",
        source_kind: "register",
        title: "SYNTHETIC register",
        publisher: "nobody",
        licence: "OGL-UK-3.0",
        attribution: "SYNTHETIC sentence",
        page: "https://example.org/",
        caveats: null
      }
    ],
    releases: [
      {
        version: "2025-01-01-00000000",
        schema_version: "1.0.0",
        data_cut_off_on: "2025-01-01",
        note: ["First version."],
        notices: []
      },
      {
        version: tables().version,
        schema_version: "1.2.3",
        data_cut_off_on: "2025-03-31",
        note: ["contracts: 2 rows now, 1 new."],
        notices: [{decided_on: "2025-04-01", reason: "r", text: "SYNTHETIC words are withheld."}]
      }
    ],
    examples: [
      {path: "examples/a.py", language: "Python", needs: "nothing else", text: 'if True:\n    print("a < b")\n'}
    ]
  }
};
const page = (of: SiteTables = given): Document => new JSDOM(dataPage(indexed(of)).body).window.document;
const words = (element: Element | null | undefined): string =>
  (element?.textContent ?? "").replaceAll(/\s+/g, " ").trim();
const after = (document: Document, heading: string): string => {
  const found = [...document.querySelectorAll("h3")].find(({textContent}) => textContent === heading);
  return found?.nextElementSibling?.textContent ?? "";
};

test("a table stands once with its three forms, their sizes and its licence; every hash in full", () => {
  const document = page();
  const [row] = document.querySelectorAll("table tbody tr");
  expect([...row!.children].map(words)).toEqual([
    "contracts",
    "SYNTHETIC contracts",
    "2",
    "contracts.parquet 1.23 MB",
    "contracts.csv 987 B",
    "contracts.verbatim.csv 987 B",
    "OGL-UK-3.0"
  ]);
  expect([...document.querySelectorAll("td code")].map(words)).toContain("a".repeat(64));
});

test("the dataset is cited in words, Harvard, BibTeX and CSL-JSON, each with its version and whole lines", () => {
  const document = page();
  const {version} = given;
  for (const heading of ["Text", "Harvard", "BibTeX", "CSL-JSON"]) expect(after(document, heading)).toContain(version);
  expect(after(document, "BibTeX").split("\n")[0]).toMatch(/^@misc\{contract-scale-.*,$/);
  expect(JSON.parse(after(document, "CSL-JSON"))).toMatchObject({type: "dataset", version});
});

test("an example keeps its lines and indents, so that it can be copied and run", () => {
  const program = [...page().querySelectorAll("pre")].find(({textContent}) => textContent?.includes("print"));
  expect(program?.textContent).toBe('if True:\n    print("a < b")\n');
});

test("search engines are told the dataset in schema.org's words, and the words cannot end the element", () => {
  const hostile = {
    ...given,
    dataset: {...given.dataset, sources: given.dataset.sources.map((one) => ({...one, title: HOSTILE}))}
  };
  const scripts = [...page(hostile).querySelectorAll("script")];
  expect(scripts.map(({type}) => type)).toEqual(["application/ld+json"]);
  expect(scripts[0]!.textContent).not.toMatch(/[<$`]/);
  const described = JSON.parse(scripts[0]!.textContent ?? "");
  expect(described).toMatchObject({"@type": "Dataset", version: given.version, isAccessibleForFree: true});
  expect(described.distribution.map(({name}: {name: string}) => name)).toEqual([
    "contracts.parquet",
    "contracts.verbatim.csv"
  ]);
  expect(described.isBasedOn[0].name).toBe(HOSTILE);
});

test("codes, sources and releases say what they mean, what to repeat and what changed, newest first", () => {
  const document = page();
  const body = words(document.body);
  for (const said of [
    "call-off",
    "SYNTHETIC meaning",
    "SYNTHETIC sentence",
    "contracts: 2 rows now, 1 new.",
    "Correction. SYNTHETIC words are withheld."
  ])
    expect(body).toContain(said);
  const releases = [...document.querySelectorAll("h3")].map(words).filter((heading) => /^\d{4}-/.test(heading));
  expect(releases).toEqual([`${given.version}, this version`, "2025-01-01-00000000"]);
});
