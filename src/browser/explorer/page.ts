import {contractName, kindLabel, listingColumns, supplierWords} from "../../components/contractWords.ts";
import type {ListingRow} from "../../components/explorerIndex.ts";
import {count, money} from "../../components/format.ts";
import {table} from "../../components/html.ts";
import {csvCell, saveAs} from "../chartFiles.ts";
import {siteRoot} from "../siteRoot.ts";
import type {Contracts} from "./contracts.ts";
import {NOTHING_ASKED, parametersOf, type Query, queryOf} from "./query.ts";

const PAGE_ROWS = 25;
const MOST_ROWS_OF_A_CSV = 10_000;
const BYTES_OF_A_FILE = 25_000; // of a listing file, about
const GROUPS_ADDED_UP_UNASKED = 4; // beyond, the values are megabytes: the reader decides

/** Makes the page of contracts searchable: what is asked stands in its address, and an address asks. */
export function searchContracts(form: HTMLFormElement, document: Document): void {
  const page = new ContractsPage(form, document);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    page.ask(page.asked());
  });
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement || (event.target as HTMLInputElement).type === "checkbox")
      page.ask(page.asked());
  });
  form.addEventListener("reset", () => setTimeout(() => page.ask(NOTHING_ASKED)));
  addEventListener("popstate", () => page.fromAddress());
  if (location.search !== "") page.fromAddress();
}

/** The reader of Parquet comes with the first question, not with the page. */
const open = (folder: string): Promise<Contracts> =>
  import("./contracts.ts").then(({Contracts}) => Contracts.open(folder));

class ContractsPage {
  private readonly root: string;
  private readonly status: HTMLElement;
  private readonly total: HTMLElement;
  private readonly results: HTMLElement;
  private contracts: Promise<Contracts> | undefined;
  private turn = 0; // the latest question wins, whichever answer comes first

  constructor(
    private readonly form: HTMLFormElement,
    private readonly document: Document
  ) {
    const part = (name: string): HTMLElement => document.querySelector<HTMLElement>(`[data-${name}]`)!;
    this.root = siteRoot(document);
    this.status = part("status");
    this.total = part("total");
    this.results = part("results");
  }

  /** What the form says, from the first page on. */
  asked(): Query {
    const parameters = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) parameters.set(name, String(value));
    return queryOf(parameters);
  }

  ask(query: Query): void {
    const parameters = parametersOf(query).toString();
    history.pushState(null, "", parameters === "" ? location.pathname : `?${parameters}`);
    void this.show(query);
  }

  fromAddress(): void {
    const query = queryOf(new URLSearchParams(location.search));
    const parameters = new URLSearchParams(parametersOf(query));
    for (const control of this.form.elements) {
      if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = query.counted;
      else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement)
        control.value = parameters.get(control.name) ?? (control.name === "order" ? "council" : "");
    }
    void this.show(query);
  }

  private async show(query: Query): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    this.status.textContent = "Searching …";
    this.total.replaceChildren();
    try {
      this.contracts ??= open(`${this.root}data/explorer/`);
      const contracts = await this.contracts;
      const rows = await contracts.find(query);
      const from = (query.page - 1) * PAGE_ROWS;
      const shown = await contracts.read(rows.slice(from, from + PAGE_ROWS));
      if (turn !== this.turn) return;
      this.status.textContent = statusOf(rows.length, from, shown.length);
      this.results.replaceChildren(...this.listed(shown, rows, query, contracts));
      await this.addUp(contracts, rows, turn);
    } catch (error) {
      if (turn !== this.turn) return;
      this.contracts = undefined;
      this.status.textContent = `The contracts could not be read: ${(error as Error).message}. Try again, or take the whole tables from the data page.`;
    }
  }

  private listed(shown: readonly ListingRow[], rows: Int32Array, query: Query, contracts: Contracts): Node[] {
    if (shown.length === 0) {
      const words = this.document.createElement("p");
      words.textContent =
        "Nothing at hand fits. That says nothing about what a council buys: only about what its registers show here.";
      return [words];
    }
    const holder = this.document.createElement("div");
    holder.className = "stacks";
    holder.innerHTML = table(
      "Value of the whole term as published, not money spent. Size: pounds a year, of rows that count.",
      shown,
      listingColumns(this.root)
    );
    return [holder, this.pager(rows.length, query), this.download(contracts, rows)];
  }

  private pager(found: number, query: Query): HTMLElement {
    const nav = this.document.createElement("nav");
    nav.setAttribute("aria-label", "Pages of results");
    nav.className = "pager";
    const last = Math.ceil(found / PAGE_ROWS);
    const step = (label: string, page: number): HTMLElement => {
      const link = this.document.createElement("a");
      link.textContent = label;
      link.href = `?${parametersOf({...query, page})}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.ask({...query, page});
        this.status.scrollIntoView({block: "center"});
      });
      return link;
    };
    if (query.page > 1) nav.append(step("Previous", query.page - 1), " ");
    nav.append(`Page ${count(query.page)} of ${count(last)} `);
    if (query.page < last) nav.append(step("Next", query.page + 1));
    return nav;
  }

  private download(contracts: Contracts, rows: Int32Array): HTMLElement {
    const bar = this.document.createElement("p");
    const taken = rows.slice(0, MOST_ROWS_OF_A_CSV);
    const size = Math.max(1, Math.round((contracts.filesOf(taken) * BYTES_OF_A_FILE) / 1e6));
    const button = this.button(
      taken.length === rows.length
        ? `Save ${rows.length === 1 ? "this row" : `all ${count(rows.length)} rows`} as CSV`
        : `Save the first ${count(taken.length)} of ${count(rows.length)} rows as CSV`
    );
    button.addEventListener("click", async () => {
      button.disabled = true;
      const lines = await contracts.read(taken);
      saveAs(new Blob([`\ufeff${csvOf(lines)}`], {type: "text/csv"}), `contracts_${contracts.index.version}.csv`);
      button.disabled = false;
    });
    const note = this.document.createElement("span");
    note.className = "quiet";
    note.textContent = ` reads about ${size} MB; data version ${contracts.index.version}`;
    bar.append(button, note);
    return bar;
  }

  /** Ceilings, duplicates and placeholders are never in a total; who reads one is told how many rows are not. */
  private async addUp(contracts: Contracts, rows: Int32Array, turn: number): Promise<void> {
    if (rows.length === 0) return;
    const tell = async (): Promise<void> => {
      const {counted, left_out, value_gbp} = await contracts.total(rows);
      if (turn !== this.turn) return;
      this.total.textContent = `${count(counted)} of them count in scale measures, with a published value over their whole terms of ${money(value_gbp)}, which is not money spent.${
        left_out === 0
          ? ""
          : ` ${count(left_out)} ${left_out === 1 ? "is" : "are"} in no total: framework ceilings, duplicates, placeholders and the like.`
      }`;
    };
    if (contracts.groupsOf(rows) <= GROUPS_ADDED_UP_UNASKED) return tell();
    const button = this.button("Add up those that count");
    button.addEventListener("click", () => {
      button.disabled = true;
      void tell();
    });
    this.total.replaceChildren(button);
  }

  private button(label: string): HTMLButtonElement {
    const button = this.document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = label;
    return button;
  }
}

const statusOf = (found: number, from: number, shown: number): string =>
  found === 0
    ? "No contract found."
    : `${count(found)} ${found === 1 ? "row" : "rows"} found; ${count(from + 1)} to ${count(from + shown)} shown.`;

const CSV: readonly (readonly [heading: string, cell: (row: ListingRow) => string | number | null])[] = [
  ["contract", contractName],
  ["buyer_name", ({buyer_name}) => buyer_name],
  ["council_gss", ({council_gss}) => council_gss],
  ["suppliers", supplierWords],
  ["service_line", ({service_line}) => service_line],
  ["starts_on", ({starts_on}) => starts_on],
  ["ends_on", ({ends_on}) => ends_on],
  ["value_is", ({value_kind}) => kindLabel(value_kind)],
  ["left_out_because", ({left_out_because}) => left_out_because],
  ["value_gbp", ({value_gbp}) => value_gbp],
  ["size_gbp_a_year", ({annual_value_gbp, left_out_because}) => (left_out_because === null ? annual_value_gbp : null)],
  ["published_on", ({published_on}) => published_on],
  ["register_id", ({register_id}) => register_id],
  ["notice_url", ({notice_url}) => notice_url],
  ["contract_id", ({contract_id}) => contract_id]
];

/** The rows as the table shows them, with their ids and addresses (RFC 4180); no cell that a spreadsheet would run. */
export const csvOf = (rows: readonly ListingRow[]): string =>
  [
    CSV.map(([heading]) => heading).join(","),
    ...rows.map((row) => CSV.map(([, cell]) => csvCell(String(cell(row) ?? ""))).join(","))
  ]
    .map((line) => `${line}\r\n`)
    .join("");
