// Works the published figures out again from the released files: node reproduce.mjs [folder of a release]
import {fileURLToPath} from "node:url";
import {reproduce, reproductionLines} from "../reproduce.ts";

try {
  const found = await reproduce(process.argv[2] ?? fileURLToPath(new URL(".", import.meta.url)), {isWhole: false});
  for (const line of reproductionLines(found)) console.log(line);
  process.exitCode = found.faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
