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
  const suppliers = JSON.stringify(await warehouse.rows("select * from core.contract_suppliers"));
  warehouse.close();
  expect(rows).toEqual([
    {ocid: "ocds-synth0-a", title: "SYNTHETIC foster care by [name withheld] (and [name withheld])"},
    {ocid: "ocds-synth0-b", title: "SYNTHETIC roads by Acme+ Ltd"}
  ]);
  expect(suppliers).not.toContain("Testperson");
});
