import {permalink} from "../../components/citation.ts";
import type {FunnelLimitRow} from "../../components/claimRows.ts";
import {count, financialYear, money, percent, valueIn} from "../../components/format.ts";
import {text} from "../../components/html.ts";
import {missingInWords} from "../../components/missing.ts";
import type {CouncilRow, CouncilScaleRow, IndicatorRow, ObservationRow} from "../../components/rows.ts";
import {serviceLabel} from "../../components/services.ts";
import type {Site} from "../site.ts";

// The sentences that a reader may quote: a figure with its year, its counts and its interval; no cause, no order of councils.

/** The latest figure of one indicator, and where it lies among councils like it. */
export function outcomeSentence(
  council: CouncilRow,
  indicator: Pick<IndicatorRow, "unit">,
  latest: ObservationRow,
  funnel: FunnelLimitRow | undefined
): string {
  const start = `${text(council.name)}, ${text(latest.period)}: `;
  if (latest.value === null) return `${start}no figure, ${text(missingInWords(latest.missing_reason))}.`;
  const figure = `${start}<strong>${valueIn(indicator.unit, latest.value)}</strong>`;
  const counts =
    latest.numerator === null || latest.denominator === null
      ? ""
      : `, ${count(latest.numerator)} of ${count(latest.denominator)}`;
  if (latest.low_95 === null || latest.high_95 === null) return `${figure}${counts}. ${noInterval(indicator.unit)}`;
  const among = funnel?.period === latest.period ? `, ${amongInWords(funnel)}` : "";
  return `${figure}${counts} (95% interval ${percent(latest.low_95)} to ${percent(latest.high_95)})${among}.`;
}

const noInterval = (unit: string): string =>
  unit === "percent"
    ? "No interval: the publisher gives no counts behind it."
    : "No interval: this is an administrative total, not a sample of chances.";

/** Where a council lies, as a clause: inside the limits it cannot be told apart from councils like it. */
function amongInWords({limit_position, target_pct}: FunnelLimitRow): string {
  if (limit_position === "too few") return "too few cases to compare with councils like it";
  const all = `the ${percent(target_pct!)} of councils of its kind together`;
  if (limit_position === "inside")
    return `inside the range expected by chance and ordinary spread for councils like it, around ${all}`;
  const [side, level] = limit_position.split(" ");
  return `${side} the ${level === "998" ? "99.8%" : "95%"} limit around ${all}`;
}

/** How large the contracts of one service are in one measured year. */
export const scaleSentence = (council: CouncilRow, cell: CouncilScaleRow): string =>
  `${text(council.name)}, ${lowered(text(serviceLabel(cell.service_line)))}, ${financialYear(cell.financial_year)}: half of the money of ${count(cell.contract_count)} published contracts in force is in contracts of at most <strong>${money(cell.typical_pound_gbp!)}</strong> a year. Published values, not money spent; no interval, for it counts what is at hand.`;

export const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

interface Quoted {
  readonly id: string;
  readonly words: string; // HTML
  readonly source: string;
  readonly cite: string; // the address that keeps showing the number
  readonly what: string; // which number that is, for a citation: "Leeds City Council, children re-referred, 2024-25"
  readonly unit: string; // "pounds a year"
}

/** A sentence that can be copied, with what it cites. */
export const quotable = ({id, words, source, cite, what, unit}: Quoted): string =>
  `<p class="sentence" id="${id}" data-source="${text(source)}" data-cite="${text(cite)}" data-what="${text(what)}" data-unit="${text(unit)}">${words}</p>`;

/** Where an observation stands for good; one without a figure has no number to point at, only the council's page of that version. */
export const observationAddress = ({version}: Site, {gss}: CouncilRow, row: ObservationRow): string =>
  row.value === null
    ? `/v/${version}/council/${gss}/`
    : permalink({
        table: "observations",
        key: [row.indicator_id, row.published_gss, row.period],
        column: "value",
        version,
        gss
      });

export const scaleAddress = ({version}: Site, {gss, service_line, financial_year}: CouncilScaleRow): string =>
  permalink({
    table: "council-scale",
    key: [gss, service_line, String(financial_year)],
    column: "typical_pound_gbp",
    version,
    gss
  });
