import type {Row} from "../ocds/stage.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import type {Analysis} from "./analyse.ts";
import {unitOf} from "./sentences.ts";

/** Writes an analysis into the marts that are published; what an earlier run left there is replaced as a whole. */
export async function store(warehouse: Warehouse, analysis: Analysis): Promise<void> {
  const tables: Record<string, readonly object[]> = {
    "marts.estimates": analysis.estimates,
    "marts.verdicts": analysis.verdicts,
    "marts.claims": claimRows(analysis),
    "marts.funnel_limits": analysis.funnel_limits
  };
  await warehouse.inTransaction(async () => {
    for (const [table, rows] of Object.entries(tables)) {
      await warehouse.run(`delete from ${table}`);
      await warehouse.insert(table, rows as Row[]);
    }
  });
}

function claimRows({claims}: Analysis): Row[] {
  return claims.map((hypothesis) => ({
    hypothesis_id: hypothesis.id,
    label: hypothesis.label,
    claim_title: hypothesis.title,
    claim_kind: hypothesis.kind,
    words: hypothesis.claim.words,
    is_quotation: hypothesis.claim.isQuotation,
    speaker: hypothesis.claim.speaker,
    said_on: hypothesis.claim.on,
    url: hypothesis.claim.url,
    found: hypothesis.claim.found,
    rivals: hypothesis.rivals.join(" "),
    operational: hypothesis.operational,
    data_used: hypothesis.data,
    supported_if: hypothesis.supportedIf,
    contradicted_if: hypothesis.contradictedIf,
    cannot_tell: hypothesis.cannotTell.join(" "),
    smallest_effect: hypothesis.test?.smallestEffect ?? null,
    effect_unit: hypothesis.test ? unitOf(hypothesis.test) : null,
    not_run_because: hypothesis.notRunBecause
  }));
}
