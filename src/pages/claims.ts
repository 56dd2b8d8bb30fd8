import type {ClaimRow, EstimateRow, VerdictRow} from "../components/claimRows.ts";
import {dayMonthYear, unitLabel} from "../components/format.ts";
import {address, list, stackingTable, text} from "../components/html.ts";
import {besideAddress} from "./beside.ts";
import {definitions, planWords, specifications, sumsSideBySide} from "./claimEstimates.ts";
import {citeLine, type Page} from "./page.ts";
import type {Site} from "./site.ts";

/** Every claim with its verdict: the two of 2014 and their rivals, those that cannot be tested, and the controls. */
export function claimsPage(site: Site): Page {
  const {claims, verdicts} = site.claims;
  return {
    path: "claims.md",
    title: "Claims",
    description: "The claims under test, what would make each of them false, and what the data at hand can say.",
    body: [
      `<h1>The claims under test</h1>`,
      `<p class="lede">Each claim has one page: the words, who said them, what we test, and what would support or contradict it, written before any outcome was looked at. A verdict is one of six: supported, contradicted, no material effect, inconclusive, too little data, not testable.</p>`,
      stackingTable("Claims and verdicts", claims, [
        {
          heading: "Claim",
          cell: ({hypothesis_id, label, claim_title}) =>
            `<a href="/claims/${hypothesis_id}">${text(label)}: ${text(claim_title)}</a>`
        },
        {heading: "Who", cell: ({speaker}) => text(speaker)},
        {heading: "Verdict", cell: ({hypothesis_id}) => verdictChip(verdictOf(verdicts, hypothesis_id))}
      ]),
      `<h2>Changes to the plan</h2>`,
      deviations(site),
      `<p>All of it as tables: <a href="/data/claims.csv">claims</a>, <a href="/data/verdicts.csv">verdicts</a>, <a href="/data/estimates.csv">every estimate that was tried</a>, <a href="/data/deviations.csv">changes to the plan</a>.</p>`
    ].join("\n\n")
  };
}

/** One claim: its words beside its rivals', the test, the verdict with its reason, and what would change our mind. */
export function claimPage(claim: ClaimRow, site: Site): Page {
  const verdict = verdictOf(site.claims.verdicts, claim.hypothesis_id);
  const estimates = site.claims.estimates.filter(({hypothesis_id}) => hypothesis_id === claim.hypothesis_id);
  const rivals = claim.rivals
    .split(" ")
    .flatMap((id) => site.claims.claims.find((other) => other.hypothesis_id === id) ?? []);
  return {
    path: `claims/${claim.hypothesis_id}.md`,
    title: `${claim.label}: ${claim.claim_title}`,
    description: claim.operational,
    body: [
      `<p class="kicker"><a href="/claims">Claims</a> · ${text(claim.label)}</p>`,
      `<h1>${text(claim.claim_title)}</h1>`,
      `<div class="claims">${[claim, ...rivals].map(words).join("")}</div>`,
      verdictBox(verdict),
      `<h2>What is tested</h2>`,
      `<p>${planWords(claim.operational)}</p>`,
      `<p>${planWords(claim.data_used)}</p>`,
      ...outcomes(estimates, site),
      `<h2 id="false">What would make it false</h2>`,
      rules(claim),
      `<p><strong>What no result here can tell.</strong> ${planWords(claim.cannot_tell)}</p>`,
      `<h2>What would change our mind</h2>`,
      `<p>${planWords(verdict?.change_our_mind)}</p>`,
      ...(verdict?.beside ? [`<h2>What stands beside it</h2>`, `<p>${planWords(verdict.beside)}</p>`] : []),
      ...(isAboutCost(claim, estimates) ? [sumsSideBySide(estimates, verdict)] : []),
      definitions(estimates),
      `<h2>Every specification</h2>`,
      specifications(claim, estimates, verdict),
      `<h2>What was changed after the plan was fixed</h2>`,
      deviations(site),
      `<p class="quiet">Plan, as a hash of the claims’ files: <code>${text(verdict?.plan_sha256.slice(0, 16))}…</code>. Estimates: <a href="/data/estimates.csv">estimates.csv</a>; the SQL of each sample: <a href="/data/estimate-samples.csv">estimate-samples.csv</a>.</p>`,
      citeLine({title: cited(claim, verdict), path: `/claims/${claim.hypothesis_id}`}, site)
    ].join("\n\n")
  };
}

/** The outcome that is tested, and where it is drawn beside contract scale. */
function outcomes(estimates: readonly EstimateRow[], site: Site): string[] {
  const tested = estimates.find(({is_primary}) => is_primary)?.indicator_id;
  const indicator = site.indicators.find(({indicator_id}) => indicator_id === tested);
  if (indicator === undefined) return [];
  const address = besideAddress(site, indicator);
  const drawn =
    address === null ? "" : ` Council by council: <a href="${address}">contract scale beside it, class by class</a>.`;
  return [
    `<p>The outcome: <a href="/indicator/${indicator.indicator_id}">${text(indicator.title)}</a>, ${unitLabel(indicator.unit)}.${drawn}</p>`
  ];
}

const cited = ({label, claim_title}: ClaimRow, verdict: VerdictRow | undefined): string =>
  `${label}, ${claim_title}: ${verdict?.verdict ?? "not analysed"}${verdict?.is_blinded ? ", blinded" : ""}`;

const verdictOf = (verdicts: readonly VerdictRow[], id: string): VerdictRow | undefined =>
  verdicts.find(({hypothesis_id}) => hypothesis_id === id);

/** The verdict as a chip, with whatever must never be seen without it. */
export function verdictChip(verdict: VerdictRow | undefined): string {
  if (verdict === undefined) return `<span class="chip">not analysed</span>`;
  const marks = [verdict.is_suspended ? "suspended" : "", verdict.is_blinded ? "blinded" : ""].filter(
    (mark) => mark !== ""
  );
  const initial = verdict.verdict.charAt(0).toUpperCase() + verdict.verdict.slice(1);
  return `<span class="chip" data-testid="verdict">${initial}</span>${marks.length === 0 ? "" : ` <span class="quiet">${marks.join(", ")}</span>`}`;
}

/** The two rules as a table that can be read without the rest; a claim that is not tested says what it would take. */
function rules({
  claim_kind,
  supported_if,
  contradicted_if,
  not_run_because,
  smallest_effect,
  effect_unit
}: ClaimRow): string {
  const least =
    smallest_effect === null
      ? ""
      : ` The smallest effect that would matter: ${smallest_effect} ${text(effect_unit)}. An interval wholly inside it either way is “no material effect”.`;
  const notRun = not_run_because === null ? "" : `<p><strong>Not run:</strong> ${text(not_run_because)}.</p>`;
  const isControl = claim_kind === "negative-control" || claim_kind === "back-calculation";
  return `${notRun}<dl class="rules"><dt>${isControl ? "How it is read" : "Contradicted if"}</dt> <dd>${planWords(contradicted_if)}</dd><dt>${isControl ? "And" : "Supported if"}</dt> <dd>${planWords(supported_if)}</dd></dl><p class="quiet">Written before any outcome was joined to any contract.${least}</p>`;
}

/** What differs from the plan; said also when nothing does, and when nothing can yet. */
export function deviations({claims: {deviations: rows, verdicts}}: Pick<Site, "claims">): string {
  if (rows.length > 0) return list(rows.map(({deviation}) => text(deviation)));
  return verdicts.some(({is_blinded}) => is_blinded)
    ? `<p>Nothing. Outcomes are still blinded: the plan’s hash has not been committed, so the plan can still be improved without anyone having seen a result.</p>`
    : `<p>Nothing: the plan is the one whose hash was committed before outcomes were looked at.</p>`;
}

/** Whether the elasticity of unit cost answers it, and so the two sums that were named. */
const isAboutCost = ({claim_kind}: ClaimRow, estimates: readonly EstimateRow[]): boolean =>
  claim_kind === "back-calculation" ||
  estimates.some(({is_primary, unit}) => is_primary && unit.startsWith("elasticity"));

const LEADS_TO: Readonly<Record<ClaimRow["leads_to"], string>> = {
  source: "The link goes to the source itself.",
  quotation: "The link goes to a site that quotes the report, not to the report.",
  data: "The link goes to the data that it is read from."
};

function words(claim: ClaimRow, place: number): string {
  const {words: said, is_quotation, speaker, said_on, url, leads_to, found, label} = claim;
  const quoted = is_quotation ? `“${text(said)}”` : text(said);
  const whose = is_quotation ? "Their words." : "Our paraphrase.";
  return `<section><h2>${place === 0 ? `${text(label)}, the claim` : `${text(label)}, set beside it: <a href="/claims/${claim.hypothesis_id}">${text(claim.claim_title)}</a>`}</h2><p>${quoted}</p><p class="quiet"><a href="${address(url)}">${text(speaker)}</a>, ${dayMonthYear(said_on)}. ${whose} ${LEADS_TO[leads_to]} ${text(found)}</p></section>`;
}

function verdictBox(verdict: VerdictRow | undefined): string {
  const reason = (verdict?.because ?? "").replace(/^Too little data: /, "");
  const why = planWords(reason.charAt(0).toUpperCase() + reason.slice(1));
  const blinded = verdict?.is_blinded
    ? `<p class="quiet">Blinded: outcomes are permuted until the plan is fixed, so no estimate here is a result.</p>`
    : "";
  return `<section class="verdict" aria-labelledby="verdict"><h2 id="verdict">What the data at hand can say</h2><p>${verdictChip(verdict)}</p><p>${why}</p>${blinded}</section>`;
}
