import {count, dayMonthYear, money, percent, valueIn} from "../../components/format.ts";
import {positionInWords} from "../../components/funnelPlot.ts";
import {list, table, text, yearCell} from "../../components/html.ts";
import {missingInWords} from "../../components/missing.ts";
import type {ObservationRow} from "../../components/rows.ts";
import {classLabel, classLabelPlural, serviceLabel} from "../../components/services.ts";
import {missingCells, yearRuns} from "./letter.ts";
import {lowered} from "./sentence.ts";
import {isMeasured, latestFigure, type Measure, type Subject} from "./subject.ts";

const COSTS_SHOWN = 5;
const SUPPLIERS_SHOWN = 3;

/**
 * The council's figures for a meeting, as one or two printed pages: what the print view of the page consists of.
 *
 * Figures with their intervals, what to ask, what cannot be said, and the address that keeps showing the same numbers.
 */
export function brief(subject: Subject): string {
  const {council, site} = subject;
  const parts = [
    `<h2>${text(council.name)}: a brief on the size of contracts, cost and repeat demand</h2>`,
    `<p>A ${text(classLabel(council.class))}, code ${council.gss}. Data to ${dayMonthYear(site.data_cut_off_on)}. <strong>Data version ${text(site.version)}</strong>. Address: <span>Contract Scale, /v/${text(site.version)}/council/${council.gss}/</span></p>`,
    scaleTable(subject),
    outcomeTable(subject),
    costTable(subject),
    `<h3>Questions to ask</h3>${list(questions(subject))}`,
    `<h3>What cannot be said</h3>${list(CANNOT_BE_SAID)}`,
    `<h3>Where it comes from</h3><p>${sources(subject)} Contains public sector information licensed under the Open Government Licence v3.0.</p>`
  ].filter((part) => part !== "");
  return `<section class="brief" id="brief" aria-label="A brief to print">${parts.join("")}</section>`;
}

const CANNOT_BE_SAID = [
  "That larger or smaller contracts are the reason for any figure here. Councils differ in much else, and a council’s average says nothing about a person.",
  "What was spent. Values are as published, for the whole term; a framework’s ceiling is never counted.",
  "That a council buys nothing where no contract is at hand, or that it does better or worse than another: overlapping intervals cannot be told apart, and there is no ranking.",
  "That official indicators measure “failure demand”. They count returns, for whatever reason."
];

function scaleTable(subject: Subject): string {
  const measured = subject.services.filter((service) => service.isOwn && isMeasured(service));
  const {counted, contracts} = subject;
  const rows = `${count(counted.length)} of ${count(contracts.length)} published contracts at hand count in measures.`;
  if (measured.length === 0)
    return `<h3>How large its contracts are</h3><p>${rows} No service it runs has the five in force in one year that a measure needs, so no size can be given. That is a finding about what is published.</p>`;
  return `<h3>How large its contracts are</h3>${table(rows, measured, [
    {heading: "Service", cell: ({service_line}) => text(serviceLabel(service_line))},
    {heading: "Year", cell: ({latest}) => yearCell(latest!.financial_year)},
    {heading: "Contracts", cell: ({latest}) => count(latest!.contract_count), isNumber: true},
    {
      heading: "Half of the money is in contracts of at most",
      cell: ({latest}) => `${money(latest!.typical_pound_gbp!)} a year`,
      isNumber: true
    },
    {
      heading: "Share of running expenses",
      cell: ({latest}) =>
        latest!.coverage_pct === null ? text(latest!.coverage_basis) : percent(latest!.coverage_pct),
      isNumber: true
    }
  ])}`;
}

function outcomeTable({measures, council, site}: Subject): string {
  const repeat = measures.filter(({indicator}) => indicator.kind === "repeat-demand");
  if (repeat.length === 0) return "";
  const funnelOf = ({indicator}: Measure) =>
    site.funnelsOf.get(indicator.indicator_id)?.find(({gss}) => gss === council.gss);
  return `<h3>How often people come back</h3>${table(
    `Repeat-demand indicators, beside ${classLabelPlural(council.class)} together`,
    repeat,
    [
      {heading: "Indicator", cell: ({indicator}) => text(indicator.title)},
      {heading: "Year", cell: ({mine}) => `<span class="nowrap">${text(latestFigure(mine).period)}</span>`},
      {heading: "Figure", cell: ({indicator, mine}) => figureOf(indicator.unit, latestFigure(mine)), isNumber: true},
      {heading: "95% interval", cell: ({mine}) => intervalOf(latestFigure(mine)), isNumber: true},
      {
        heading: "All together",
        cell: (measure) => {
          const target = funnelOf(measure)?.target_pct ?? null;
          return target === null ? "–" : percent(target);
        },
        isNumber: true
      },
      {
        heading: "Among councils like it",
        cell: (measure) => {
          const funnel = funnelOf(measure);
          return funnel ? positionInWords(funnel.limit_position) : "not compared";
        }
      }
    ]
  )}`;
}

const figureOf = (unit: string, {value, missing_reason}: ObservationRow): string =>
  value === null ? text(missingInWords(missing_reason)) : valueIn(unit, value);

const intervalOf = ({low_95, high_95}: ObservationRow): string =>
  low_95 === null || high_95 === null ? "none" : `${percent(low_95)} to ${percent(high_95)}`;

/** Unit costs first: a total says nothing of dear or cheap. */
function costTable({measures}: Subject): string {
  const cost = measures.filter(({indicator}) => indicator.kind === "cost");
  const rows = [
    ...cost.filter(({indicator}) => indicator.unit !== "pounds-thousand"),
    ...cost.filter(({indicator}) => indicator.indicator_id.startsWith("net-spend"))
  ].slice(0, COSTS_SHOWN);
  if (rows.length === 0) return "";
  return `<h3>What services cost</h3>${table("Administrative totals without intervals, in cash terms", rows, [
    {heading: "Measure", cell: ({indicator}) => text(indicator.title)},
    {heading: "Year", cell: ({mine}) => `<span class="nowrap">${text(latestFigure(mine).period)}</span>`},
    {heading: "Figure", cell: ({indicator, mine}) => figureOf(indicator.unit, latestFigure(mine)), isNumber: true}
  ])}`;
}

function questions(subject: Subject): string[] {
  const {council, site, counted} = subject;
  const missing = missingCells(subject, site.scaleOf.get(council.gss) ?? []);
  const outside = (site.claims.funnel_limits ?? []).filter(
    ({gss, limit_position}) => gss === council.gss && !["inside", "too few"].includes(limit_position)
  );
  const unknown = counted.filter(({supplier_count}) => supplier_count > 0).length;
  const first = missing.slice(0, SUPPLIERS_SHOWN);
  return [
    ...(missing.length === 0
      ? []
      : [
          `Where are the contracts of ${first.map(({service_line, years}) => `${text(lowered(serviceLabel(service_line)))} (${yearRuns(years)})`).join(", ")}${missing.length > first.length ? ` and ${count(missing.length - first.length)} ${missing.length - first.length === 1 ? "other service" : "other services"}` : ""} published? Fewer than five are at hand.`
        ]),
    "Which contracts were called off from frameworks, and for how much? Ceilings are published, call-offs often not.",
    ...(unknown === 0
      ? []
      : ["How much goes to suppliers that work in the area, counting branches rather than head offices?"]),
    ...(outside.length === 0
      ? []
      : [
          `What lies behind the figures outside the limits (${outside.map(({indicator_id}) => text(site.indicators.find((indicator) => indicator.indicator_id === indicator_id)?.title ?? indicator_id)).join("; ")}): recording, thresholds, or the services themselves?`
        ]),
    "When a contract ends, is its size a choice that is written down, and what was weighed?"
  ];
}

function sources({measures, site}: Subject): string {
  const publications = new Set(
    measures
      .filter(({indicator}) => indicator.kind === "repeat-demand" || indicator.unit !== "pounds-thousand")
      .map(({indicator}) => `${indicator.publisher}, ${indicator.publication}`)
  );
  const registers = site.registers.map(({title}) => title);
  return text([...registers, ...publications].join("; ")).concat(".");
}
