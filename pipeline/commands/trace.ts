import {trace} from "../trace.ts";
import {print, terminalSafe} from "../words.ts";
import {type DataOption, withWarehouse} from "./command.ts";

export async function printTrace(
  contractId: string,
  {data, json}: DataOption & {readonly json?: boolean}
): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    const steps = await trace(warehouse, contractId);
    if (json) print(JSON.stringify(steps, null, 2));
    else for (const {step, rule, facts} of steps) print(`${step}${rule ? `  [${rule}]` : ""}\n${factLines(facts)}`);
    return 0;
  });
}

const factLines = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .map(
      ([name, value]) =>
        `    ${name.padEnd(18)} ${terminalSafe(Array.isArray(value) ? value.join(", ") || "none" : String(value ?? "-"))}`
    )
    .join("\n");
