import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {registers} from "../../pipeline/discover.ts";
import {parse} from "../../pipeline/warehouse/ingest.ts";
import {ROOT} from "../house/imports.ts";

// Whole real files of each bulk format against counts made by other readers (Python's csv and json modules).

const CORPUS = join(ROOT, "..", "shared", "data", "registers");
const isHere = existsSync(CORPUS);
const absent = isHere ? "" : " (not run: the corpus of whole register files is not on this machine)";
const all = await registers();

test.skipIf(!isHere).each([
  ["contracts-finder", "contracts-finder-csv-search-exports/yp-treatment-notices.csv", 561],
  ["contracts-finder", "contracts-finder-csv-search-exports/bidboost-notices-2025-11.csv", 852],
  ["contracts-finder", "contracts-finder-rest-v2/search_notices-response.json", 20],
  ["contracts-finder", "contracts-finder-v1-ocds-2025/cf-search-page-2025-01-23.json", 100],
  ["find-a-tender", "find-a-tender/fts-page-2026-09-03-excerpt.json", 5],
  ["find-a-tender", "find-a-tender/028961-2025.json", 1],
  ["find-a-tender", "find-a-tender/fts_release_award_sample_072960-2026.json", 1],
  ["find-a-tender", "find-a-tender/fts_record_ocds-h6vhtk-0525b3.json", 1],
  ["find-a-tender", "find-a-tender/002109-2021-legacy-excerpt.json", 1],
  ["public-contracts-scotland", "public-contracts-scotland-ocds-2019/pcs-releases-90.json", 90],
  ["sell2wales", "sell2wales-ocds-2025/s2w-releases-90.json", 90]
])(`%s: %s holds %i releases, all good${absent}`, async (id, path, count) => {
  const bytes = readFileSync(join(CORPUS, path));
  const file = {
    source: id,
    sha256: "0".repeat(64),
    bytes: bytes.length,
    origin: path,
    received_at: "2025-01-01T00:00:00Z"
  };
  const {staged, rejected, problem} = await parse({register: all.find((one) => one.id === id)!}, file, bytes);
  expect({staged, rejected, problem}).toEqual({staged: count, rejected: 0, problem: null});
});

test.skipIf(!isHere)(`a web page, a schema and a spending file are none of a register's files${absent}`, async () => {
  const strangers = ["contracts-finder-html/notice-page.html", "schema-ocds-uk-extension/release-schema.json"];
  const spending = readdirSync(join(CORPUS, "council-spend-samples")).map((name) => `council-spend-samples/${name}`);
  for (const path of [...strangers, ...spending]) {
    const bytes = readFileSync(join(CORPUS, path));
    const file = {
      source: "x",
      sha256: "0".repeat(64),
      bytes: bytes.length,
      origin: path,
      received_at: "2025-01-01T00:00:00Z"
    };
    for (const register of all) {
      const {staged, problem} = await parse({register}, file, bytes);
      expect({path, register: register.id, staged, refused: problem !== null}).toMatchObject({
        staged: 0,
        refused: true
      });
    }
  }
});
