import {KIND_LABELS, kindLabel, listingColumns} from "../components/contractWords.ts";
import {count} from "../components/format.ts";
import {table, text} from "../components/html.ts";
import {serviceLabel, serviceLines} from "../components/services.ts";
import {type Page, sliceNote} from "./page.ts";
import type {Site} from "./site.ts";

/** Every contract at hand, to be searched; without JavaScript the largest of them and the whole tables. */
export function contractsPage(site: Site): Page {
  return {
    path: "contracts.md",
    title: "Contracts",
    description:
      "Search every contract at hand by council, service, year, kind, size, supplier and words, each with its notice; save what is found as CSV.",
    body: [
      `<h1>Contracts</h1>`,
      `<p class="lede">${count(site.contracts.length)} rows of public registers: every award once, with the duplicates, ceilings and placeholders that no measure counts still there to be seen. A published value is not money spent.</p>`,
      form(site),
      `<p class="notice without-script">Searching needs JavaScript. Below are the largest contracts; all of them are in the <a href="/data">published tables</a>.</p>`,
      `<div class="search-words"><p role="status" data-status></p><p data-total></p></div>`,
      `<div data-results><h2>The largest contracts that count</h2>${largest(site)}</div>`,
      `<p class="quiet">${untitledNote(site.untitled_count, site.contracts.length)} Words are looked for at the beginnings of words, in any order, without accents or capitals. Size is a year’s worth: value divided by the years of the term; a ceiling has none. All rows: <a href="/data">contracts as CSV, Parquet and DuckDB</a>. <a href="/methods#value-kinds">How it is decided what a value stands for</a>.</p>`,
      sliceNote(site)
    ]
      .filter((part) => part !== "")
      .join("\n\n")
  };
}

const untitledNote = (untitled: number, all: number): string =>
  untitled === 0
    ? ""
    : `${untitled === all ? "No row has its title embedded" : `${count(untitled)} of ${count(all)} rows have no title embedded`}: there, the description of its CPV code is shown and searched instead.`;

const largest = (site: Site): string =>
  `<div class="stacks">${table(
    "By size, pounds a year. Value of the whole term as published, not money spent.",
    site.largest_contracts,
    listingColumns()
  )}</div>`;

function form(site: Site): string {
  const here = new Set(site.contracts.map(({council_gss}) => council_gss));
  const councils = [...site.councilOf.values()]
    .filter(({gss}) => here.has(gss))
    .sort((a, b) => a.name.localeCompare(b.name, "en-GB"));
  const kinds = new Set(site.contracts.map(({value_kind}) => value_kind));
  const years = [...new Set(site.contracts.map(({published_on}) => published_on.slice(0, 4)))].sort().reverse();
  const services = new Set(site.contracts.map(({service_line}) => service_line));
  const fields = [
    field("title", "Words in the title", `<input id="title" name="title" type="search" autocomplete="off">`),
    field("supplier", "Supplier", `<input id="supplier" name="supplier" type="search" autocomplete="off">`),
    select("council", "Council", [
      ["", "All buyers"],
      ...councils.map(({gss, name}): Option => [gss, name]),
      ...(here.has(null) ? [["none", "Buyers that are not one council"] as Option] : [])
    ]),
    select("service", "Service", [
      ["", "All services"],
      ...serviceLines.filter((line) => services.has(line)).map((line): Option => [line, serviceLabel(line)])
    ]),
    select("year", "Year published", [["", "All years"], ...years.map((year): Option => [year, year])]),
    select("kind", "What the value is", [
      ["", "All kinds"],
      ...Object.keys(KIND_LABELS)
        .filter((kind) => kinds.has(kind))
        .map((kind): Option => [kind, kindLabel(kind)])
    ]),
    select("register", "Register", [
      ["", "All registers"],
      ...site.registers.map(({register_id, title}): Option => [register_id, title])
    ]),
    field("least", "Size from, £ a year", `<input id="least" name="least" inputmode="numeric" autocomplete="off">`),
    field("most", "Size to, £ a year", `<input id="most" name="most" inputmode="numeric" autocomplete="off">`),
    select("order", "In the order", [
      ["council", "Council, then latest first"],
      ["latest", "Latest first"],
      ["largest", "Largest size first"]
    ]),
    `<p class="field"><label><input type="checkbox" name="counted" value="1"> Only contracts that count in scale measures</label></p>`
  ];
  return `<form class="explorer-form" action="/contracts" role="search" aria-label="Contracts" data-explorer>${fields.join("")}<p class="field"><button type="submit">Search</button> <button type="reset">Clear</button></p></form>`;
}

type Option = readonly [value: string, label: string];

const field = (id: string, label: string, control: string): string =>
  `<p class="field"><label for="${id}">${text(label)}</label>${control}</p>`;

const select = (id: string, label: string, options: readonly Option[]): string =>
  field(
    id,
    label,
    `<select id="${id}" name="${id}">${options.map(([value, words]) => `<option value="${text(value)}">${text(words)}</option>`).join("")}</select>`
  );
