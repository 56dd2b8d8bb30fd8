import {reasonsCounted} from "../../components/contractWords.ts";
import {count, percent} from "../../components/format.ts";
import {stackingTable, text, yearCell} from "../../components/html.ts";
import {serviceLabel} from "../../components/services.ts";
import {sliceNote} from "../page.ts";
import {foiLetter} from "./letter.ts";
import {isMeasured, type ServiceHere, type Subject} from "./subject.ts";

const GATE = 5;

/** What the council's published contracts cover, service by service, with what that means; before any chart. */
export function coverage(subject: Subject): string {
  const {site, council} = subject;
  const own = subject.services.filter(({isOwn}) => isOwn);
  const measured = own.filter(isMeasured);
  return [
    `<h2 id="contracts">What its published contracts cover</h2>`,
    `<div data-testid="coverage">`,
    summary(subject),
    own.length === 0 ? "" : gateSentence(measured.length, own.length),
    `</div>`,
    own.some(({latest}) => latest !== null) ? coverageTable(own) : "",
    sliceNote(site),
    council.valid_to === null ? foiLetter(subject) : ""
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function summary({contracts, counted}: Subject): string {
  const leftOut = contracts.length - counted.length;
  return contracts.length === 0
    ? `<p class="figure-line"><strong>No contract of this council is at hand.</strong> That says nothing about how much it buys: fetch or import more of the registers to fill this.</p>`
    : `<p class="figure-line"><strong>${count(counted.length)}</strong> ${counted.length === 1 ? "contract counts" : "contracts count"} in the measures below; <strong>${count(leftOut)}</strong> ${leftOut === 1 ? "row is" : "rows are"} left out${leftOut === 0 ? "" : `: ${text(reasonsCounted(contracts.flatMap(({left_out_because}) => left_out_because ?? [])))}`}.</p>`;
}

function gateSentence(measured: number, own: number): string {
  const needs = `the ${GATE} contracts in force in one year that a measure of size needs`;
  const services = `${count(own)} services it runs`;
  if (measured === 0) {
    const none = own === 1 ? "The one service it runs does not have" : `None of the ${services} has`;
    return `<p>A measure of size needs ${GATE} contracts of one service in force in one year. ${none} them at hand, so no size is shown and no chart drawn. That is a finding about what is published or fetched, not about the council.</p>`;
  }
  if (measured === own)
    return `<p>${own === 1 ? "The one service it runs" : `Each of the ${services}`} has ${needs}.</p>`;
  return `<p>${count(measured)} of the ${services} ${measured === 1 ? "has" : "have"} ${needs}; the others are not measured.</p>`;
}

function coverageTable(own: readonly ServiceHere[]): string {
  const known = own.filter(({latest}) => latest !== null);
  const none = own.filter(({latest}) => latest === null);
  const silent =
    none.length === 0
      ? ""
      : `<p class="quiet">No contract at hand: ${none.map(({service_line}) => text(serviceLabel(service_line))).join(", ")}.</p>`;
  return `${stackingTable(
    "Services with contracts at hand, the latest year that can be measured, else the latest with any",
    known,
    [
      {heading: "Service", cell: ({service_line}) => text(serviceLabel(service_line))},
      {heading: "Year", cell: ({latest}) => yearCell(latest!.financial_year)},
      {heading: "In force", cell: ({latest}) => count(latest!.contract_count), isNumber: true},
      {heading: "Left out", cell: ({latest}) => count(latest!.left_out_count), isNumber: true},
      {heading: "Share of running expenses", cell: ({latest}) => shareOf(latest!.coverage_pct, latest!.coverage_basis)},
      {
        heading: "So",
        cell: (service) => (isMeasured(service) ? "measured" : `fewer than ${GATE} contracts: not measured`)
      }
    ]
  )}\n\n${silent}\n\n<p class="quiet">“Share of running expenses” sets the money of published contracts in the year beside what the council reported as running expenses of the same service: 5% means that published contracts at hand come to £5 of every £100. It is never a share of spending, it can pass 100%, and the rest may be staff, its own work, or contracts that no register at hand shows.</p>`;
}

const shareOf = (pct: number | null, basis: string): string =>
  pct === null ? `<span class="quiet">${text(basis)}</span>` : percent(pct);
