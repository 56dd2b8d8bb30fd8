import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, test} from "vitest";
import {Archive} from "../../pipeline/archive/archive.ts";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {readPostcodes} from "../../pipeline/references/postcodes.ts";
import {ingestPostcodes} from "../../pipeline/warehouse/postcodes.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";

const file = (text: string) => recognise(new TextEncoder().encode(text));

test.each(["oslaua", "laua", "lad25cd"])("reads the directory whose district column is called %s", (column) => {
  const text = `pcd,pcds,doterm,${column}\nAB971AA,AB97 1AA,,E07000001\nJE2 3AA,JE2 3AA,,L99999999\n`;
  expect(readPostcodes(file(text))).toEqual([{postcode: "AB97 1AA", gss: "E07000001"}]);
});

test("another file is refused in a sentence", () => {
  expect(() => readPostcodes(file("name,code\na,b\n"))).toThrow(/not a file of the postcode directory/);
});

test("the same file imported twice is staged once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-postcodes-"));
  const warehouse = await Warehouse.open(null);
  try {
    await warehouse.prepareStaging();
    const archive = new Archive(folder);
    const bytes = new TextEncoder().encode("pcds,laua\nAB97 1AA,E07000001\n");
    for (let i = 0; i < 2; i += 1) {
      archive.store("postcodes", bytes, "NSPL_UK_AB.csv", new Date("2026-01-01T00:00:00Z"));
      const [result] = await ingestPostcodes(warehouse, archive);
      expect(result).toMatchObject({staged: 1, problem: null, wasKnown: i === 1});
    }
    expect(await warehouse.rows("select postcode, gss from staging.postcodes")).toEqual([
      {postcode: "AB97 1AA", gss: "E07000001"}
    ]);
  } finally {
    warehouse.close();
    rmSync(folder, {recursive: true, force: true});
  }
});
