import type {ClaimRow, EstimateRow, VerdictRow} from "../components/claimRows.ts";
import {count, dayMonthYear} from "../components/format.ts";
import {address, table, text} from "../components/html.ts";
import type {Page} from "./page.ts";
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
      table("Claims and verdicts", claims, [
        {
          heading: "Claim",
          cell: ({hypothesis_id, label, claim_title}) =>
            `<a href="/claims/${hypothesis_id}">${text(label)}: ${text(claim_title)}</a>`
        },
        {heading: "Who", cell: ({speaker}) => text(speaker)},
        {heading: "Verdict", cell: ({hypothesis_id}) => verdictChip(verdictOf(verdicts, hypothesis_id))}
      ]),
      `<p>All of it as tables: <a href="/data/claims.csv">claims</a>, <a href="/data/verdicts.csv">verdicts</a>, <a href="/data/estimates.csv">every estimate that was tried</a>.</p>`
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
      `<p>${text(claim.operational)}</p>`,
      `<p>${text(claim.data_used)}</p>`,
      `<h2>What would make it true, and what would make it false</h2>`,
      `<p><strong>Supported if</strong> ${text(claim.supported_if)}</p>`,
      `<p><strong>Contradicted if</strong> ${text(claim.contradicted_if)}</p>`,
      `<p><strong>What it cannot tell.</strong> ${text(claim.cannot_tell)}</p>`,
      `<h2>What would change our mind</h2>`,
      `<p>${text(verdict?.change_our_mind)}</p>`,
      `<h2>Every specification</h2>`,
      specifications(estimates, verdict),
      `<p class="quiet">Plan, as a hash of the claims’ files: <code>${text(verdict?.plan_sha256.slice(0, 16))}…</code>. Estimates: <a href="/data/estimates.csv">estimates.csv</a>, with the SQL of each sample.</p>`
    ].join("\n\n")
  };
}

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

function words({words: said, is_quotation, speaker, said_on, url, label}: ClaimRow): string {
  const quoted = is_quotation ? `“${text(said)}”` : text(said);
  return `<section><h2>${text(label)}</h2><p>${quoted}</p><p class="quiet"><a href="${address(url)}">${text(speaker)}</a>, ${dayMonthYear(said_on)}.</p></section>`;
}

function verdictBox(verdict: VerdictRow | undefined): string {
  const reason = (verdict?.because ?? "").replace(/^Too little data: /, "");
  const why = text(reason.charAt(0).toUpperCase() + reason.slice(1));
  const blinded = verdict?.is_blinded
    ? `<p class="quiet">Blinded: outcomes are permuted until the plan is fixed, so no estimate here is a result.</p>`
    : "";
  return `<section class="verdict" aria-labelledby="verdict"><h2 id="verdict">What the data at hand can say</h2><p>${verdictChip(verdict)}</p><p>${why}</p>${blinded}</section>`;
}

const SHOWN = 60;

function specifications(estimates: readonly EstimateRow[], verdict: VerdictRow | undefined): string {
  const run = estimates.filter(({estimate}) => estimate !== null);
  const curve = verdict === undefined ? "" : `<p>${text(verdict.curve)}</p>`;
  if (run.length === 0)
    return `${curve}\n\n<p>None of the ${count(estimates.length)} specifications could be estimated with the data at hand. Specifications are not votes: many that agree are one test seen many times.</p>`;
  return `${curve}\n\n${table(
    `${count(Math.min(run.length, SHOWN))} of ${count(run.length)} specifications that could be estimated`,
    run.slice(0, SHOWN),
    [
      {
        heading: "Specification",
        cell: ({spec_id, is_primary}) => `${text(spec_id)}${is_primary ? " <strong>(primary)</strong>" : ""}`
      },
      {heading: "Councils", cell: ({council_count}) => count(council_count), isNumber: true},
      {heading: "Estimate", cell: ({estimate}) => String(Number(estimate!.toPrecision(3))), isNumber: true},
      {
        heading: "95% interval",
        cell: ({low_95, high_95}) =>
          low_95 === null || high_95 === null
            ? "none"
            : `${Number(low_95.toPrecision(3))} to ${Number(high_95.toPrecision(3))}`,
        isNumber: true
      }
    ]
  )}`;
}
