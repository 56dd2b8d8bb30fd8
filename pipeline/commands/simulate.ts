import {simulate, testOf, writeWorld} from "../analysis/simulate.ts";
import {PLAIN, worldOf} from "../analysis/world.ts";
import {hypotheses} from "../discover.ts";
import {progress} from "../progress.ts";
import {count, print, say} from "../words.ts";

interface SimulateOption {
  readonly worlds: number;
  readonly effect: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly write?: string;
}

export async function simulateWorlds({worlds, effect, seed, json, write}: SimulateOption): Promise<number> {
  const claims = await hypotheses();
  const [repeatDemand, cost] = [testOf(claims, "share"), testOf(claims, "money")];
  if (write !== undefined) {
    writeWorld(worldOf(seed, {...PLAIN, confounding: 1, effect}), write, {repeatDemand, cost});
    say(`wrote a SYNTHETIC world to ${write}`);
    return 0;
  }
  const bar = progress("SYNTHETIC worlds", worlds);
  const result = simulate({worlds, effect, seed, test: repeatDemand, onWorld: () => bar.step()});
  bar.end();
  if (json) print(JSON.stringify(result, null, 2));
  else
    for (const [name, found] of [
      ["all", result] as const,
      ...Object.entries(result.by_scenario),
      ["30 % of contracts unpublished", result.with_unpublished_contracts] as const
    ])
      print(
        `SYNTHETIC ${name}: ${count(found.worlds)} worlds, coverage ${found.coverage_pct.toFixed(1)} %, bias ${found.bias.toFixed(3)}, false positives ` +
          `${found.false_positive_pct.toFixed(1)} %, power ${found.power_pct.toFixed(1)} %, naive per head ${found.naive_false_positive_pct.toFixed(1)} % false positives`
      );
  return 0;
}
