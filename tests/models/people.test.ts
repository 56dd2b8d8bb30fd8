import {expect, test} from "vitest";
import {releaseOf, worldOf} from "../warehouse/world.ts";

test("the name of a person who is a supplier is withheld in the title too, and a firm's is not", async () => {
  const warehouse = await worldOf([
    releaseOf({
      ocid: "ocds-synth0-a",
      title: "SYNTHETIC foster care by MRS JANE TESTPERSON (and Mrs Jane Testperson)",
      suppliers: ["Mrs Jane Testperson", "SYNTHETIC Other Ltd"]
    }),
    releaseOf({ocid: "ocds-synth0-b", title: "SYNTHETIC roads by Acme+ Ltd", suppliers: ["Acme+ Ltd"]})
  ]);
  const rows = await warehouse.rows("select ocid, title from core.contracts order by ocid");
  const hashes = await warehouse.rows(
    "select title_sha256 = sha256(title_key(title)) as is_of_what_is_published from core.contracts"
  );
  const suppliers = JSON.stringify(await warehouse.rows("select * from core.contract_suppliers"));
  warehouse.close();
  expect(rows).toEqual([
    {ocid: "ocds-synth0-a", title: "SYNTHETIC foster care by [name withheld] (and [name withheld])"},
    {ocid: "ocds-synth0-b", title: "SYNTHETIC roads by Acme+ Ltd"}
  ]);
  expect(suppliers).not.toContain("Testperson");
  expect(hashes).toEqual([{is_of_what_is_published: true}, {is_of_what_is_published: true}]); // no hash lets a name be guessed
});

test("the name of a person who buys is in no table that is published, and a body of no known kind keeps its name", async () => {
  const warehouse = await worldOf([
    releaseOf({ocid: "ocds-synth0-a", buyer: "JANE TESTPERSON", title: "SYNTHETIC shed"}),
    releaseOf({ocid: "ocds-synth0-b", buyer: "SYNTHETIC Growing Thing", title: "SYNTHETIC fence"})
  ]);
  expect(await warehouse.brokenPromises()).toEqual([]);
  const tables = ["core.contracts", "core.buyers", "core.contract_buyers", "core.unmatched_buyers", "marts.duplicates"];
  const published = await Promise.all(tables.map((table) => warehouse.rows(`select * from ${table}`)));
  const [row] = await warehouse.rows(
    "select buyer_name, buyer_rule, buyers.buyer_kind from core.contracts join core.buyers as buyers using (buyer_id, buyer_name) where title = 'SYNTHETIC shed'"
  );
  warehouse.close();
  expect(row).toEqual({
    buyer_name: "Withheld: the buyer may be a natural person",
    buyer_rule: "natural-person",
    buyer_kind: "other"
  });
  expect(
    JSON.stringify(published, (_, value) => (typeof value === "bigint" ? String(value) : value)).toUpperCase()
  ).not.toContain("TESTPERSON");
  expect(JSON.stringify(published[0], (_, value) => (typeof value === "bigint" ? String(value) : value))).toContain(
    "SYNTHETIC Growing Thing"
  );
});
