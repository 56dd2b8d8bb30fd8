import {count, say} from "../words.ts";
import {type DataOption, withWarehouse} from "./command.ts";

export async function check({data}: DataOption): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    await warehouse.assertBuilt();
    const broken = await warehouse.brokenPromises();
    for (const {table, promise, count: rows, examples} of broken)
      say(`broken promise: ${table}: "${promise}": ${count(rows)} rows, such as ${JSON.stringify(examples[0])}`);
    say(
      broken.length === 0
        ? "every promise of the data holds"
        : `${broken.length} promises of the data are broken; nothing was published`
    );
    return broken.length === 0 ? 0 : 1;
  });
}
