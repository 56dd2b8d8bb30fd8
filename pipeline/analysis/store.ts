import {createHash} from "node:crypto";
import type {Row} from "../ocds/stage.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import type {Analysis} from "./analyse.ts";
import {unitOf} from "./sentences.ts";

/** Writes an analysis into the marts that are published; what an earlier run left there is replaced as a whole. */
export async function store(warehouse: Warehouse, analysis: Analysis): Promise<void> {
  const tables: Record<string, readonly object[]> = {
    "marts.estimates": analysis.estimates.map((row) => ({...row, sql_sha256: sha256(row.sql)})),
    "marts.estimate_samples": sampleRows(analysis),
    "marts.verdicts": analysis.verdicts,
    "marts.deviations": analysis.deviations.map((deviation, i) => ({deviation_number: i + 1, deviation})),
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

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Each sample's SQL once: hundreds of specifications share one, and its text is most of their bytes. */
function sampleRows({estimates}: Analysis): Row[] {
  const counts = new Map<string, number>();
  for (const {sql} of estimates) counts.set(sql, (counts.get(sql) ?? 0) + 1);
  return [...counts].map(([sql, estimate_count]) => ({sql_sha256: sha256(sql), estimate_count, sql}));
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
    leads_to: hypothesis.claim.leadsTo,
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
