import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {parse} from "csv-parse/sync";
import {expect, test} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import {registers} from "../../pipeline/discover.ts";
import {publishedTables} from "../../pipeline/publish/publishedTables.ts";
import {ingest} from "../../pipeline/warehouse/ingest.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {ROOT} from "../house/imports.ts";
import {rebuild} from "../warehouse/world.ts";

// People who were found by hand among the suppliers of real files, looked for in everything that is published of those files.

const LABELS = join(ROOT, "..", "shared", "gold", "suppliers.csv");
const isHere = existsSync(LABELS);
const absent = isHere ? "" : " (not run: the corpus of whole register files is not on this machine)";

interface Label {
  readonly source_file: string;
  readonly supplier_name: string;
  readonly postcode: string;
  readonly is_natural_person: string;
}

const people = isHere
  ? (parse(readFileSync(LABELS), {columns: true}) as Label[]).filter((label) => label.is_natural_person === "1")
  : [];

/** A name as it is looked for; labels may number people otherwise than the files do. */
const nameOf = ({supplier_name}: Label): string => supplier_name.replace(/ \d+$/, "");

test.runIf(isHere)(
  `no table names or places a natural person of the hand labels${absent}`,
  async () => {
    const data = mkdtempSync(join(tmpdir(), "contract-scale-people-"));
    const warehouse = await Warehouse.open(null);
    try {
      await warehouse.prepareStaging();
      const archive = new Archive(data);
      for (const name of new Set(people.map(({source_file}) => source_file)))
        archive.store(
          "contracts-finder",
          readFileSync(join(LABELS, "..", "..", "data", "registers", name)),
          name,
          new Date()
        );
      await ingest(warehouse, archive, {register: (await registers()).find(({id}) => id === "contracts-finder")!});
      await rebuild(warehouse);
      const wordsOf = async (query: string): Promise<string> => {
        const [row] = await warehouse.rows<{words: string | null}>(
          `select string_agg(one::varchar, chr(10)) as words from (${query}) as one`
        );
        return row?.words ?? "";
      };
      const read = await wordsOf("select supplier_name from staging.suppliers");
      const published = new Map<string, string>();
      for (const {file, query} of publishedTables) published.set(file, await wordsOf(query));
      for (const label of people) {
        expect(read).toContain(nameOf(label)); // there is something to withhold
        for (const [file, words] of published) {
          expect(words.includes(nameOf(label)), `${file} names a person`).toBe(false);
          if (label.postcode !== "") expect(words.includes(label.postcode), `${file} places a person`).toBe(false);
        }
      }
      expect(people.length).toBeGreaterThan(0);
    } finally {
      warehouse.close();
      rmSync(data, {recursive: true});
    }
  },
  120_000
);
