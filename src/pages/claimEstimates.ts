import type {ClaimRow, EstimateRow, VerdictRow} from "../components/claimRows.ts";
import {count} from "../components/format.ts";
import {preformatted, table, text} from "../components/html.ts";
import {elasticityNeeded, NAMED_SUMS, type NamedSum, sumAt} from "../components/namedSums.ts";
import {figures, isRun, isSlope, type Run, specificationCurve} from "../components/specificationCurve.ts";
import {grouped} from "./site.ts";

/** Words of the plan, whose bytes are hashed, set as the rest of the site is: "95%" and a true minus sign. */
export const planWords = (words: string | undefined): string =>
  text((words ?? "").replaceAll(/(\d) %/g, "$1%").replaceAll(/(^|[\s(])-(?=\d)/g, "$1−"));

const interval = ({low_95, high_95}: Run): string => `${figures(low_95)} to ${figures(high_95)}`;

/** Every specification of a claim: the curve, then a row for each with its formula and the SQL of its sample. */
export function specifications(
  claim: ClaimRow,
  estimates: readonly EstimateRow[],
  verdict: VerdictRow | undefined
): string {
  const run = estimates.filter(isRun);
  const tried = verdict === undefined ? "" : ` Over all claims ${count(verdict.tried_count)} tests were run.`;
  const words = `<p>${planWords(verdict?.curve)}${tried}</p>`;
  if (estimates.length === 0) return `<p>Nothing is estimated for this claim.</p>`;
  if (run.length === 0)
    return `<p>None of the ${count(estimates.length)} specifications could be estimated with the data at hand.${tried} Specifications are not votes: many that agree are one test seen many times.</p>\n\n${whyNot(estimates)}`;
  const id = (row: EstimateRow): string => `specification-${estimates.indexOf(row) + 1}`;
  const drawn = run.filter((row) => isSlope(row) && row.unit === (primary(run) ?? run[0]!).unit);
  return [
    words,
    specificationCurve(drawn, claim.smallest_effect, id),
    `<p class="quiet">Each dot is one specification with its 95% interval, the primary drawn large; it is a link to its row. The band is what would not matter: ${figures(claim.smallest_effect ?? 0)} either way. Slopes in another unit, and rank correlations, are in the table only.</p>`,
    specificationTable(run, id),
    samples(run),
    whyNot(estimates)
  ].join("\n\n");
}

const primary = (rows: readonly Run[]): Run | undefined => rows.find(({is_primary}) => is_primary);

function specificationTable(run: readonly Run[], id: (row: EstimateRow) => string): string {
  const places = samplePlaces(run);
  const body = table(`${count(run.length)} specifications that could be estimated`, run, [
    {
      heading: "Specification",
      cell: (row) =>
        `<span id="${id(row)}">${text(row.spec_id)}</span>${row.is_primary ? " <strong>(primary)</strong>" : ""}`
    },
    {heading: "Councils", cell: ({council_count}) => count(council_count), isNumber: true},
    {heading: "Rows", cell: ({n}) => count(n), isNumber: true},
    {heading: "Estimate", cell: ({estimate}) => figures(estimate), isNumber: true},
    {heading: "95% interval", cell: interval, isNumber: true},
    {heading: "q", cell: ({q_fdr}) => (q_fdr === null ? "none" : figures(q_fdr)), isNumber: true},
    {heading: "Formula", cell: ({formula}) => text(formula)},
    {heading: "Sample", cell: ({sql}) => `<a href="#sample-${places.get(sql)}">SQL ${places.get(sql)}</a>`}
  ]);
  return `<details><summary>Every specification in figures</summary>${body}</details>`;
}

const samplePlaces = (run: readonly Run[]): Map<string, number> =>
  new Map([...new Set(run.map(({sql}) => sql))].map((sql, i) => [sql, i + 1]));

/** The SQL that makes each sample, in the order in which the rows name them. */
function samples(run: readonly Run[]): string {
  const blocks = [...samplePlaces(run)].map(
    ([sql, place]) => `<p id="sample-${place}">SQL ${place}</p>${preformatted(sql)}`
  );
  return `<details><summary>The SQL of each sample, to run on the published tables</summary>${blocks.join("")}</details>`;
}

function whyNot(estimates: readonly EstimateRow[]): string {
  const reasons = [
    ...grouped(
      estimates.filter((row) => !isRun(row)),
      ({not_run_because}) => not_run_because ?? "not said"
    )
  ];
  if (reasons.length === 0) return "";
  return table("Specifications that could not be estimated", reasons, [
    {heading: "Why", cell: ([reason]) => text(reason)},
    {heading: "Specifications", cell: ([, rows]) => count(rows.length), isNumber: true}
  ]);
}

const DEFINITIONS: Readonly<Record<string, string>> = {
  local_pct: "Of money: every supplier of the contract is in the council’s own area",
  local_count_pct: "Of contracts: every supplier is in the council’s own area",
  local_area_pct: "Of money: every supplier is in the same county or combined authority",
  local_region_pct: "Of money: every supplier is in the same region",
  local_or_unknown_pct: "Of money: own area, and every supplier that could not be placed taken for a local one"
};

/** A claim about "local" under every meaning of the word, side by side; nothing for other claims. */
export function definitions(estimates: readonly EstimateRow[]): string {
  const rows = estimates.filter(
    ({scale_measure, spec_id, is_primary}) =>
      scale_measure in DEFINITIONS && (is_primary || spec_id.includes("effects as the panel allows | controls all"))
  );
  const perMeasure = Object.keys(DEFINITIONS).flatMap((measure) => {
    const row = rows.find(({scale_measure}) => scale_measure === measure);
    return row ? [row] : [];
  });
  if (perMeasure.length < 2) return "";
  return `<h2>By every definition of local</h2>\n\n<p>An address is often a head office, so the true share lies between the first row and the last. The claim is supported or contradicted only if every definition says the same.</p>\n\n${table(
    "The primary analysis under each definition",
    perMeasure,
    [
      {heading: "Local means", cell: ({scale_measure}) => text(DEFINITIONS[scale_measure])},
      {heading: "Councils", cell: ({council_count}) => count(council_count), isNumber: true},
      {
        heading: "Points per ten points",
        cell: (row) => (isRun(row) ? figures(row.estimate) : "not estimated"),
        isNumber: true
      },
      {heading: "95% interval", cell: (row) => (isRun(row) ? interval(row) : text(row.not_run_because)), isNumber: true}
    ]
  )}`;
}

/** What £16bn and £1.8bn would each take, beside what the data allow: for the claims that named them and their rivals. */
export function sumsSideBySide(estimates: readonly EstimateRow[], verdict: VerdictRow | undefined): string {
  const found = estimates.find((row) => row.is_primary);
  const range = found && isRun(found) && !found.is_blinded && verdict?.verdict !== "too little data" ? found : null;
  const billions = (value: number): string => `£${figures(value)}bn`;
  const allowed = (sum: NamedSum): string =>
    range === null
      ? "no range yet"
      : [range.low_95, range.high_95]
          .map((elasticity) => sumAt(elasticity, sum))
          .sort((a, b) => a - b)
          .map(billions)
          .join(" to ");
  const rows = table("The elasticity of unit cost to contract size that each sum needs", NAMED_SUMS, [
    {heading: "Who", cell: ({who}) => text(who)},
    {heading: "Sum a year", cell: ({billions: sum}) => billions(sum), isNumber: true},
    {heading: "Of", cell: ({of, ofWhat}) => `${billions(of)}, ${text(ofWhat)}`},
    {heading: "If contracts were", cell: ({scale}) => scale},
    {
      heading: "Needs an elasticity of",
      cell: (sum) => elasticityNeeded(sum).toFixed(3).replace("-", "−"),
      isNumber: true
    },
    {heading: "The data allow", cell: allowed, isNumber: true}
  ]);
  const data =
    range === null
      ? "The data at hand allow no range for the elasticity yet."
      : `The data allow an elasticity of ${interval(range)}.`;
  return `<h2>Both sums side by side</h2>\n\n<p>The same estimate answers both. Above 0, larger contracts go with higher cost; below 0, with lower. ${data} Prices are those of 2014, and a range for the whole country holds only if the councils and services measured here are typical.</p>\n\n${rows}`;
}
