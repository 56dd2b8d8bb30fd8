import {coverageGrid} from "../components/coverageGrid.ts";
import {count} from "../components/format.ts";
import {list, text} from "../components/html.ts";
import {outcomeDistribution} from "../components/outcomeDistribution.ts";
import {besideAddress, fullestClass} from "./beside.ts";
import {type Placed, placed} from "./chart.ts";
import {verdictChip} from "./claims.ts";
import type {Page} from "./page.ts";
import {sliceNote} from "./page.ts";
import {countedContracts, type Site} from "./site.ts";
import {downloadOf, latestPeriod, measuredCells, namesOf, registersOf, sourceOf} from "./views.ts";

const OUTCOME = "children-rereferrals";
const HOME = ""; // the front page's address without its slash

/** The front page: the question, both claims the same size, what can be said today, and where to look up a council. */
export function homePage(site: Site, document: Document): Page {
  const indicator = site.indicators.find(({indicator_id}) => indicator_id === OUTCOME);
  const councils = site.inForce.map((council) => ({...council, contract_count: countedContracts(site, council.gss)}));
  const coverage = placed(
    {site, document, home: HOME, id: "coverage", source: registersOf(site)},
    [councils],
    (options) => coverageGrid(councils, {...options, hrefFor: (gss) => `/council/${gss}`})
  );
  const outcome = indicator ? outcomeSide(indicator, site, document) : {html: [], files: []};
  return {
    path: "index.md",
    title: "Contract Scale",
    description:
      "How large the UK's public contracts are, council by council, and what services then cost and how often people have to come back.",
    body: [
      `<p class="kicker">Public contracts of the United Kingdom, council by council</p>`,
      `<h1>Does buying bigger cost less, and do people stop coming back?</h1>`,
      `<p class="lede">In March 2014 two opposite claims about the size of public contracts were published on one day. We know of no other open dataset that holds both. This site works out how large each council’s contracts really are, beside what its services cost and how often people have to return to them. <strong>We test; we do not assert.</strong></p>`,
      CLAIMS,
      verdict(site),
      COUNCIL_BOX,
      `<h2>Which councils’ contracts are at hand</h2>`,
      coverage.html,
      sliceNote(site),
      `<p>To fill the picture, import register files or fetch them: <a href="/data#fill">how</a>. <a href="/scale">How large the contracts at hand are</a>.</p>`,
      ...outcome.html
    ].join("\n\n"),
    files: new Map([...coverage.files, ...outcome.files])
  };
}

const CLAIMS = `<div class="claims"><section aria-labelledby="claim-smaller"><h2 id="claim-smaller">“Failure demand”: bigger costs more</h2><p>Contracts that bundle services at ever larger scale do not help people the first time, so they come back, and that costs more. “If the experience in the few areas we have studied is typical”, says the report, savings for local authorities “could run to as much as £16 billion annually across England”. We have not seen the calculation behind the figure.</p><p class="quiet">Locality and Vanguard, <cite>Saving money by doing the right thing</cite>, March 2014.</p></section><section aria-labelledby="claim-larger"><h2 id="claim-larger">Collaboration: bigger costs less</h2><p>Councils that buy together, in larger volumes, pay less. A committee of the House of Commons concluded that more collaboration in councils’ buying could save £1.8 billion a year, out of £45 billion that they then spent with suppliers.</p><p class="quiet"><a href="https://publications.parliament.uk/pa/cm201314/cmselect/cmcomloc/712/71205.htm">Communities and Local Government Committee, <cite>Local government procurement</cite></a>, 13 March 2014.</p></section></div>`;

function verdict(site: Site): string {
  const shown = site.claims.claims.filter(({claim_kind}) => claim_kind === "tested");
  const chips = shown.map(({hypothesis_id, claim_title}) => {
    const found = site.claims.verdicts.find((row) => row.hypothesis_id === hypothesis_id);
    return `${verdictChip(found)} <a href="/claims/${hypothesis_id}">${text(claim_title)}</a>`;
  });
  return `<section class="verdict" aria-labelledby="verdict"><h2 id="verdict">What the data at hand can say</h2>${list(chips)}<p>${count(measuredCells(site))} of ${count(site.council_scale.length)} combinations of council, service and year have the five contracts that a measure needs. Too little data is a finding about the data, not about the claims. <a href="/claims">What would support or contradict each claim</a>.</p></section>`;
}

const COUNCIL_BOX = `<form class="council-box" action="/councils" role="search" aria-label="Find a council"><label for="council">Look up a council</label><input id="council" name="q" type="search" autocomplete="off" placeholder="Leeds"><button type="submit">Find</button></form>`;

function outcomeSide(
  indicator: Site["indicators"][number],
  site: Site,
  document: Document
): {html: string[]; files: Placed["files"]} {
  const all = site.observationsOf.get(indicator.indicator_id) ?? [];
  const period = latestPeriod(all);
  const rows = all.filter((row) => row.period === period);
  const outcomes = placed(
    {site, document, home: HOME, id: "rereferrals-now", source: sourceOf(indicator)},
    [rows, indicator, rows.map(({gss}) => namesOf(site)(gss))],
    (options) =>
      outcomeDistribution(rows, {
        ...options,
        indicator,
        nameOf: namesOf(site),
        among: "councils that run children’s services",
        download: downloadOf("observations.csv")
      })
  );
  const address = besideAddress(site, indicator);
  const html = [
    `<h2>How often children come back</h2>`,
    `<p>${text(indicator.question)} <a href="/indicator/${indicator.indicator_id}">About this measure</a>. ${text(indicator.caveats[0])}</p>`,
    outcomes.html,
    `<h2>The two side by side</h2>`,
    fullestClass(site, document, indicator) ??
      `<p>Too little data for a picture: no class of councils has the few with both contracts of the service and a figure a year later.</p>`,
    `<p>${address === null ? `<a href="/repeat-demand">What is missing</a>, and <a href="/cost">beside cost</a>` : `<a href="${address}">The other classes of council</a>; <a href="/repeat-demand">every indicator of repeat demand</a>; <a href="/cost">beside cost</a>`}.</p>`
  ];
  return {html, files: [...outcomes.files]};
}
