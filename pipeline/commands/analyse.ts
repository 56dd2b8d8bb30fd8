import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {type Analysis, analyse} from "../analysis/analyse.ts";
import {planOf, Unblinding} from "../analysis/blinding.ts";
import {openFolder} from "../analysis/folder.ts";
import {store} from "../analysis/store.ts";
import {hypotheses, planFiles} from "../discover.ts";
import {Warehouse} from "../warehouse/warehouse.ts";
import {count, print, say} from "../words.ts";
import type {DataOption, Surroundings} from "./command.ts";

interface AnalyseOption extends DataOption {
  readonly from?: string;
  readonly json?: boolean;
  readonly plan?: boolean;
  readonly isQuiet?: boolean; // as one step of many, which say more themselves
}

export async function analyseData(
  {now, places}: Surroundings,
  {data, from, json, plan: planOnly, isQuiet = false}: AnalyseOption
): Promise<number> {
  const plan = planOf(planFiles());
  if (planOnly) {
    const unblinding: Unblinding = {
      plan_sha256: plan.sha256,
      unblinded_on: now().toISOString().slice(0, 10),
      files: plan.files
    };
    print(JSON.stringify(unblinding, null, 2));
    return 0;
  }
  const warehouse = from === undefined ? await Warehouse.open(data) : await openFolder(from);
  try {
    if (from === undefined) await warehouse.assertBuilt();
    const analysis = await analyse(warehouse, {
      hypotheses: await hypotheses(),
      plan,
      unblinding: readUnblinding(join(places.reference, "unblind.json")),
      isBrought: from !== undefined,
      onProgress: json || isQuiet ? () => {} : say
    });
    if (from === undefined) await store(warehouse, analysis);
    if (json) print(JSON.stringify(analysis, null, 2));
    else if (!isQuiet) sayAnalysis(analysis);
    return 0;
  } finally {
    warehouse.close();
  }
}

/** What was committed to look at real outcomes; nothing yet means that they stay blinded. */
function readUnblinding(path: string): Unblinding | null {
  if (!existsSync(path)) return null;
  const read = Unblinding.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!read.success)
    throw new Error(
      `${path} does not unblind anything: ${read.error.issues[0]?.path.join(".")}: ${read.error.issues[0]?.message}`
    );
  return read.data;
}

function sayAnalysis({
  verdicts,
  claims,
  tried_count,
  negative_control,
  blinding,
  deviations,
  plan_sha256
}: Analysis): void {
  say(`plan ${plan_sha256.slice(0, 12)}: ${blinding}`);
  for (const deviation of deviations) say(`deviation: ${deviation}`);
  for (const {hypothesis_id, verdict, because} of verdicts)
    print(`${claims.find(({id}) => id === hypothesis_id)?.label}: ${verdict.toUpperCase()}: ${because}`);
  say(`${negative_control.sentence} ${count(tried_count)} tests were run over all claims.`);
}
