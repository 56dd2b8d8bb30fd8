import type {EstimateRow} from "../../src/components/claimRows.ts";
import {estimated, reversed, type Tested} from "../analysis/estimateRows.ts";
import {type Context, rowsOf} from "../analysis/families.ts";
import {rankCorrelations} from "../analysis/rankCorrelations.ts";
import {readDeflator} from "../analysis/sources.ts";
import {primaryOf, reverseOf, type Specification, specificationsOf} from "../analysis/specifications.ts";
import type {Hypothesis} from "../hypotheses/hypothesis.ts";
import {Warehouse} from "../warehouse/warehouse.ts";
import {significant} from "./recompute.ts";
import {readManifest} from "./release.ts";
import type {Reproduced} from "./reproduce.ts";
import {readParquet} from "./tableFiles.ts";

/** What an estimate is called in the published table. */
export interface Named {
  readonly hypothesis_id: string;
  readonly spec_id: string;
}

type Published = Named &
  Pick<EstimateRow, "estimate" | "low_95" | "high_95" | "is_blinded"> & {readonly plan_sha256: string};

/**
 * Estimates of a release run again on the release's own tables, offline: the primary of each claim, or the one that is named.
 *
 * @param folder a release
 * @returns each figure of each estimate beside what it is now; outcomes are dealt out as they were where the release was blinded
 * @throws {Error} when a published specification is not among those of its claim's file: then the claim has changed since
 */
export async function reestimate(
  folder: string,
  hypotheses: readonly Hypothesis[],
  named: Named | null = null
): Promise<Reproduced[]> {
  const warehouse = await openRelease(folder);
  try {
    const published = await warehouse.rows<Published>(
      `select hypothesis_id, spec_id, estimate, low_95, high_95, estimates.is_blinded, verdicts.plan_sha256
       from marts.estimates as estimates join marts.verdicts as verdicts using (hypothesis_id)
       where ${named === null ? "is_primary" : "hypothesis_id = $hypothesis_id and spec_id = $spec_id"} order by all`,
      named === null ? undefined : {...named}
    );
    const found: Reproduced[] = [];
    for (const row of published) found.push(...compared(row, await again(warehouse, row, hypotheses)));
    return found;
  } finally {
    warehouse.close();
  }
}

/** The released tables under the names that every sample's SQL reads. */
async function openRelease(folder: string): Promise<Warehouse> {
  const warehouse = await Warehouse.openFile(":memory:");
  for (const schema of ["marts", "core", "reference"]) await warehouse.run(`create schema ${schema}`);
  const tables = readManifest(folder).tables.map(({file}) => file);
  for (const [file, name] of Object.entries(READ))
    if (tables.includes(file)) await warehouse.run(`create view ${name} as ${readParquet(folder, file)}`);
  return warehouse;
}

const READ: Readonly<Record<string, string>> = {
  "scale-and-outcome": "marts.scale_and_outcome",
  "council-scale": "marts.council_scale",
  "local-share": "marts.local_share",
  estimates: "marts.estimates",
  verdicts: "marts.verdicts",
  deflator: "reference.deflator",
  councils: "core.councils",
  observations: "core.observations",
  contracts: "core.contracts",
  "contract-years": "core.contract_years"
};

async function again(
  warehouse: Warehouse,
  {hypothesis_id, spec_id, is_blinded, plan_sha256}: Published,
  hypotheses: readonly Hypothesis[]
): Promise<EstimateRow> {
  const claim = hypotheses.find(({id}) => id === hypothesis_id);
  const own = hypotheses.find(({id}) => id === (claim?.sameEstimateAs ?? hypothesis_id));
  if (!own?.test) throw new Error(`there is no claim ${hypothesis_id} with a test any more`);
  const hypothesis: Tested = {...own, test: own.test};
  const context: Context = {
    warehouse,
    planSha256: plan_sha256,
    onProgress: () => {},
    isBlinded: is_blinded,
    hasContracts: true,
    deflator: await readDeflator(warehouse), // a release without the table was made without a deflator
    samples: new Map()
  };
  const specification = specificationNamed(hypothesis, spec_id);
  const rows = await rowsOf(context, specification.sample, hypothesis.test);
  if (hypothesis.kind === "reverse") return reversed(hypothesis, specification, rows, is_blinded).row;
  const {row, usable} = estimated(hypothesis, specification, rows, is_blinded, 0);
  if (!spec_id.startsWith("spearman-")) return row;
  return rankCorrelations(hypothesis, specification, usable, is_blinded).find((one) => one.spec_id === spec_id) ?? row;
}

function specificationNamed(hypothesis: Tested, specId: string): Specification {
  if (hypothesis.kind === "reverse") return {...reverseOf(hypothesis.test), id: "primary", isPrimary: true};
  if (specId === "primary" || specId.startsWith("spearman-")) return primaryOf(hypothesis.test);
  const found = specificationsOf(hypothesis, true).find(({id}) => id === specId);
  if (!found) throw new Error(`${hypothesis.label} has no specification "${specId}" any more`);
  return found;
}

const FIGURES = ["estimate", "low_95", "high_95"] as const;

const compared = (published: Published, now: EstimateRow): Reproduced[] =>
  FIGURES.map((figure) => {
    const [said, found] = [published[figure], now[figure]].map((value) =>
      value === null ? "nothing" : significant(value)
    );
    const blinded = published.is_blinded ? ", blinded" : "";
    return {
      name: `${published.hypothesis_id}, ${published.spec_id}: ${figure}${blinded}`,
      published: said!,
      recomputed: found!,
      isMatch: said === found
    };
  });
