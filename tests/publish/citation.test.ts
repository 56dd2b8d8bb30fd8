import {createRequire} from "node:module";
import {expect, test} from "vitest";
import {citeDataset, citeNumber, datasetJsonLd, permalink} from "../../src/components/citation.ts";

// Both as CommonJS: the reader of BibTeX registers itself with the core that it loads.
const require = createRequire(import.meta.url);
const {Cite} = require("@citation-js/core") as {
  Cite: new (text: string, options: {forceType: string}) => {readonly data: unknown};
};
require("@citation-js/plugin-bibtex");

const number = citeNumber(
  {
    version: "2025-01-23-0a1b2c3d",
    table: "council-scale",
    key: ["E08000012", "childrens-social-care", "2025"],
    column: "typical_pound_gbp",
    gss: "E08000012",
    what: "Liverpool, children's social care & more, year to 31 March 2025: typical pound",
    value: "375200.00",
    unit: "pounds"
  },
  "https://example.org"
);
const url =
  "https://example.org/v/2025-01-23-0a1b2c3d/council/E08000012/#council-scale/E08000012/childrens-social-care/2025/typical_pound_gbp";

test("a citation in words has the figure, its version and the address that keeps showing it", () => {
  expect(number.text).toBe(
    `Contract Scale contributors, Contract Scale, "Liverpool, children's social care & more, year to 31 March 2025: typical pound", value 375200.00 pounds, data version 2025-01-23-0a1b2c3d, ${url}`
  );
  expect(number.harvard).toBe(
    `Contract Scale contributors (2025) ‘Liverpool, children's social care & more, year to 31 March 2025: typical pound, value 375200.00 pounds’, Contract Scale [data set], version 2025-01-23-0a1b2c3d. Available at: ${url}`
  );
});

test("another program reads the BibTeX and finds what the CSL-JSON says", () => {
  const [read] = new Cite(number.bibtex, {forceType: "@bibtex/text"}).data as {
    title: string;
    URL: string;
    author: unknown;
    issued: unknown;
    version?: string;
  }[];
  expect(read!.title).toBe(number.csl.title);
  expect(read!.URL).toBe(url);
  expect(read!.author).toEqual([{family: "Contract Scale contributors"}]);
  expect(read!.issued).toEqual({"date-parts": [[2025, 1]]});
});

test("CSL-JSON holds what the standard asks of a data set", () => {
  expect(number.csl).toEqual({
    id: "contract-scale-2025-01-23-0a1b2c3d-council-scale-E08000012-childrens-social-care-2025-typical-pound-gbp",
    type: "dataset",
    title: "Liverpool, children's social care & more, year to 31 March 2025: typical pound, value 375200.00 pounds",
    author: [{literal: "Contract Scale contributors"}],
    issued: {"date-parts": [[2025, 1, 23]]},
    version: "2025-01-23-0a1b2c3d",
    URL: url,
    publisher: "Contract Scale",
    note: "value 375200.00"
  });
});

test("the dataset as a whole is cited with its version; an address inside the site needs no host", () => {
  expect(citeDataset("2025-01-23-0a1b2c3d").text).toContain(
    "data version 2025-01-23-0a1b2c3d, /v/2025-01-23-0a1b2c3d/"
  );
  expect(permalink({version: "2025-01-23-0a1b2c3d", table: "contracts", key: ["00ff"], column: "value_gbp"})).toBe(
    "/v/2025-01-23-0a1b2c3d/#contracts/00ff/value_gbp"
  );
});

test("schema.org is told every file with its address, size and hash", () => {
  const file = {path: "contracts.parquet", format: "parquet", bytes: 12, sha256: "f".repeat(64)};
  const described = datasetJsonLd(
    {version: "v", data_cut_off_on: "2025-01-23", files: [file], sources: [], columns: ["value_gbp"]},
    "https://example.org"
  );
  expect(described).toMatchObject({"@context": "https://schema.org/", "@type": "Dataset", version: "v"});
  expect(described.distribution).toEqual([
    {
      "@type": "DataDownload",
      name: "contracts.parquet",
      encodingFormat: "application/vnd.apache.parquet",
      contentUrl: "https://example.org/data/contracts.parquet",
      contentSize: "12 B",
      sha256: "f".repeat(64)
    }
  ]);
});
