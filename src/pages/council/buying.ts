import {reachWords} from "../../components/contractWords.ts";
import {count, financialYear, money} from "../../components/format.ts";
import {address, stackingTable, table, text} from "../../components/html.ts";
import {type LocalTotal, localBars} from "../../components/localBars.ts";
import type {ContractRow, LocalShareRow} from "../../components/rows.ts";
import {serviceLabel} from "../../components/services.ts";
import {type Placed, placed} from "../chart.ts";
import {grouped} from "../site.ts";
import {registersOf} from "../views.ts";
import type {Subject} from "./subject.ts";

const GATE = 5;

/** Who the council buys from and how local they are, under every definition at once, with what is not known. */
export function buying(subject: Subject): Placed {
  const {council, site, document, counted, years} = subject;
  if (counted.length === 0) return {html: "", files: []};
  const year = latestYear(site.localOf.get(council.gss) ?? [], years.at(-1)!);
  const totals =
    year === null ? [] : totalsOf((site.localOf.get(council.gss) ?? []).filter((row) => row.financial_year === year));
  const chart =
    year === null
      ? null
      : placed(
          {site, document, home: `/council/${council.gss}`, id: "local", source: registersOf(site)},
          [totals, council.short_name, year],
          (options) => localBars(totals, {...options, name: council.short_name, period: financialYear(year)})
        );
  return {
    html: [
      `<h2 id="suppliers">Who it buys from, and how local they are</h2>`,
      chart === null
        ? `<p>No year has the ${GATE} contracts in force that a share needs. The registers at hand place suppliers by their address, which is mostly a head office.</p>`
        : chart.html,
      suppliers(subject)
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    files: chart?.files ?? []
  };
}

/** The latest ended year with enough contracts in force, over all services. */
function latestYear(rows: readonly LocalShareRow[], last: number): number | null {
  const counts = new Map<number, number>();
  for (const {definition, financial_year, contract_count} of rows)
    if (definition === "same-council" && financial_year <= last)
      counts.set(financial_year, (counts.get(financial_year) ?? 0) + contract_count);
  const enough = [...counts].filter(([, n]) => n >= GATE).map(([year]) => year);
  return enough.length === 0 ? null : Math.max(...enough);
}

function totalsOf(rows: readonly LocalShareRow[]): LocalTotal[] {
  return [...grouped(rows, ({definition}) => definition)].map(([, own]) => {
    const sum = (pick: (row: LocalShareRow) => number): number => own.reduce((total, row) => total + pick(row), 0);
    return {
      definition: own[0]!.definition,
      contract_count: sum(({contract_count}) => contract_count),
      total_in_year_gbp: sum(({total_in_year_gbp}) => total_in_year_gbp),
      local_gbp: sum(({local_gbp}) => local_gbp),
      partly_gbp: sum(({partly_gbp}) => partly_gbp),
      elsewhere_gbp: sum(({elsewhere_gbp}) => elsewhere_gbp),
      unknown_gbp: sum(({unknown_gbp}) => unknown_gbp)
    };
  });
}

function suppliers({council, site}: Subject): string {
  const rows = site.suppliersOf.get(council.gss) ?? [];
  if (rows.length === 0) return "";
  return table("Suppliers with the most contracts that count, over all years at hand; people are not named", rows, [
    {heading: "Supplier", cell: ({supplier_name}) => text(supplier_name)},
    {heading: "Address in", cell: ({reach}) => text(reachWords(reach))},
    {heading: "Contracts", cell: ({contract_count}) => count(contract_count), isNumber: true},
    {
      heading: "Value held alone",
      cell: ({alone_gbp}) => (alone_gbp === null ? "none alone" : money(alone_gbp)),
      isNumber: true
    }
  ]);
}

/** Its largest contracts, each with a link to the notice that the register holds. */
export function largestContracts({counted, council, site}: Subject): string {
  const shown = site.largestOf.get(council.gss) ?? [];
  if (shown.length === 0) return "";
  const heading =
    counted.length > shown.length ? `Its ${shown.length} largest contracts` : "Its contracts, largest first";
  return `<h2 id="largest">${heading}</h2>\n\n${stackingTable(
    "Value of the whole term as published, not money spent. A value is shown once, whatever its number of suppliers.",
    shown,
    [
      {heading: "Contract", cell: contractName},
      {heading: "Service", cell: ({service_line}) => text(serviceLabel(service_line))},
      {heading: "Term", cell: ({starts_on, ends_on}) => termCell(starts_on, ends_on)},
      {heading: "Value", cell: ({value_gbp}) => (value_gbp === null ? "–" : money(value_gbp)), isNumber: true},
      {
        heading: "A year",
        cell: ({annual_value_gbp}) => (annual_value_gbp === null ? "–" : money(annual_value_gbp)),
        isNumber: true
      },
      {heading: "Suppliers", cell: ({supplier_count}) => count(supplier_count), isNumber: true},
      {heading: "Notice", cell: noticeLink}
    ]
  )}\n\n<p><a href="/contracts?council=${council.gss}">All its contracts</a>, with what is left out and why.</p>`;
}

/** A contract by its title, or where titles are not embedded by what its code stands for; leads to every judgement about it. */
const contractName = ({title, cpv_label, contract_id}: ContractRow): string =>
  `<a href="/contract/?id=${text(contract_id)}">${text(title ?? cpv_label ?? `Contract ${contract_id}`)}</a>`;

const termCell = (from: string | null, to: string | null): string =>
  `<span class="nowrap">${from ?? "?"}</span> to <span class="nowrap">${to ?? "?"}</span>`;

const noticeLink = ({notice_url}: ContractRow): string =>
  notice_url?.startsWith("https://") ? `<a href="${address(notice_url)}">notice</a>` : "no address";
