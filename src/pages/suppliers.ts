import {count, financialYear, money, percent} from "../components/format.ts";
import {stackingTable, text} from "../components/html.ts";
import type {SupplierScaleRow, SupplierYearRow} from "../components/rows.ts";
import {type Page, sliceNote} from "./page.ts";
import {grouped, type Site} from "./site.ts";

const EARLIER_YEARS = 2;
const HOLDERS: Readonly<Record<SupplierYearRow["held_by"], string>> = {
  one: "One organisation",
  several: "Several suppliers together: how they share it is not published",
  person: "One supplier whose name may be a person’s: withheld",
  "nobody-named": "No supplier named"
};

/** Who holds the contracts in force, by money in a year, and how much of it cannot be given to anyone. */
export function suppliersPage(site: Site): Page {
  const years = wholeYears(site);
  const [latest, ...earlier] = years;
  return {
    path: "suppliers.md",
    title: "Suppliers",
    description:
      "Who holds the contracts in force that count in scale measures, by money in the year, for how many councils, and what cannot be attributed.",
    body: [
      `<h1>Suppliers</h1>`,
      `<p class="lede">Who holds the contracts that count in scale measures, by the money of one financial year. Ceilings of frameworks are in no figure here, and a contract’s published value, spread over its term, is not money spent.</p>`,
      latest === undefined
        ? `<p>No contract at hand is in force in a whole year before the data end.</p>`
        : yearSection(latest, site),
      `<h2>Before quoting</h2>`,
      `<ul><li>A supplier here is a company number, charity number or spelling of a name. A group’s companies are as many suppliers as they have numbers, and a firm that is written in two ways without its number may be two: concentration is understated.</li><li>A contract of several suppliers is given to none of them. What they hold together stands in the table of shares.</li><li>Names that may be a natural person’s are withheld, and never joined with each other.</li><li>What the registers at hand do not show is not here. A short list is a statement about the data before it is one about a market.</li></ul>`,
      sliceNote(site),
      ...earlier
        .slice(0, EARLIER_YEARS)
        .map(
          (year) =>
            `<details><summary>Year to 31 March ${year}</summary>${shares(year, site)}${largest(year, site)}</details>`
        ),
      `<p>From the <a href="/data">published tables</a> contracts, contract-years and contract-suppliers. How far away suppliers are: <code>local-share</code> and <code>supplier-reach</code>, and each council’s page.</p>`
    ]
      .filter((part) => part !== "")
      .join("\n\n")
  };
}

/** Financial years with any money that had ended when the data end, latest first. */
function wholeYears({supplier_years, data_cut_off_on}: Site): number[] {
  const [year = 0, month = 0] = data_cut_off_on.split("-").map(Number);
  const last = month >= 4 ? year : data_cut_off_on.slice(5) === "03-31" ? year : year - 1;
  return [...new Set(supplier_years.map(({financial_year}) => financial_year))]
    .filter((financial_year) => financial_year <= last)
    .sort((a, b) => b - a);
}

const yearSection = (year: number, site: Site): string =>
  [`<h2>Year to 31 March ${year}</h2>`, sentence(year, site), shares(year, site), largest(year, site)].join("\n\n");

const ofYear = <T extends {readonly financial_year: number}>(rows: readonly T[], year: number): T[] =>
  rows.filter(({financial_year}) => financial_year === year);

const sum = (rows: readonly {readonly in_year_gbp: number}[]): number =>
  rows.reduce((total, {in_year_gbp}) => total + in_year_gbp, 0);

function sentence(year: number, site: Site): string {
  const all = ofYear(site.supplier_years, year);
  const one = all.find(({held_by}) => held_by === "one");
  const suppliers = ofYear(site.largest_suppliers, year);
  const total = sum(all);
  if (one === undefined || total === 0) return "";
  const five = sum(suppliers.slice(0, 5));
  return `<p class="sentence" id="suppliers-${year}" data-source="${text(site.registers.map(({title}) => title).join(", "))}">In ${financialYear(year)}, ${count(one.supplier_count)} organisations held alone ${percent((100 * one.in_year_gbp) / total)} of the ${money(Math.round(total))} that counts at hand; ${suppliers.length >= 5 ? `the five with most money in the year held ${percent((100 * five) / total)}` : "they are too few for a share of the largest five"}. This is the money of published contracts in force, not money spent.</p>`;
}

function shares(year: number, {supplier_years}: Site): string {
  const rows = ofYear(supplier_years, year);
  const total = sum(rows);
  return stackingTable(`Who holds the money of ${financialYear(year)}, and what cannot be given to anyone`, rows, [
    {heading: "Held by", cell: ({held_by}) => HOLDERS[held_by]},
    {heading: "Contracts", cell: ({contract_count}) => count(contract_count), isNumber: true},
    {heading: "Money in the year", cell: ({in_year_gbp}) => money(Math.round(in_year_gbp)), isNumber: true},
    {
      heading: "Share",
      cell: ({in_year_gbp}) => (total === 0 ? "–" : percent((100 * in_year_gbp) / total)),
      isNumber: true
    }
  ]);
}

function largest(year: number, {largest_suppliers, supplier_years}: Site): string {
  const rows = ofYear(largest_suppliers, year);
  const all = grouped(ofYear(supplier_years, year), ({held_by}) => held_by).get("one")?.[0]?.supplier_count ?? 0;
  if (rows.length === 0) return "<p>No organisation holds a contract alone.</p>";
  return stackingTable(
    `${rows.length === all ? `All ${count(all)} organisations` : `The ${count(rows.length)} of ${count(all)} organisations with most money in the year`}, contracts held alone`,
    rows,
    [
      {heading: "Supplier", cell: supplierLink},
      {heading: "Contracts", cell: ({contract_count}) => count(contract_count), isNumber: true},
      {heading: "Councils", cell: ({council_count}) => count(council_count), isNumber: true},
      {heading: "Money in the year", cell: ({in_year_gbp}) => money(Math.round(in_year_gbp)), isNumber: true}
    ]
  );
}

const supplierLink = ({supplier_name, supplier_id}: SupplierScaleRow): string =>
  supplier_name === null
    ? text(supplier_id)
    : `<a href="/contracts?supplier=${encodeURIComponent(supplier_name).replaceAll("'", "%27")}">${text(supplier_name)}</a>`;
