import {flagWords, kindLabel, reachWords, reasonWords} from "../../components/contractWords.ts";
import {contractFile, type ExplorerIndex} from "../../components/explorerIndex.ts";
import {count, money} from "../../components/format.ts";
import {address, list, table, text} from "../../components/html.ts";
import {serviceLabel} from "../../components/services.ts";
import {offerCopies} from "../copySentences.ts";
import {offerCitations} from "../offerCitations.ts";
import {siteRoot} from "../siteRoot.ts";
import {readWhole, rowsOf} from "./parquet.ts";

/** A row of the published contracts, with its suppliers and the rows that point at it. */
export type ContractRecord = Readonly<Record<string, unknown>>;

/** One supplier of a contract, as the published table has it. */
interface Supplier {
  readonly name: string | null; // withheld where it may be a person's
  readonly scheme: string | null;
  readonly identifier: string | null;
  readonly reach: string;
  readonly is_sme: boolean | null;
  readonly is_vcse: boolean | null;
  readonly is_natural_person: boolean;
}

/** Shows the contract that the address names, in place of the words that stand there. */
export async function showContract(holder: HTMLElement, document: Document): Promise<void> {
  const id = (new URLSearchParams(location.search).get("id") ?? "").trim().toLowerCase();
  if (id === "") return;
  const root = siteRoot(document);
  holder.setAttribute("aria-busy", "true");
  try {
    holder.innerHTML = await viewOf(id, root, document);
  } catch (error) {
    holder.innerHTML = `<h1>The contract could not be read</h1><p>${text((error as Error).message)}. Try again later, or look for <code>${text(id)}</code> in the <a href="${root}data">published tables</a>.</p>`;
  }
  holder.removeAttribute("aria-busy");
  offerCitations(document, holder);
  offerCopies(document, holder);
  document.title = `${holder.querySelector("h1")?.textContent ?? "One contract"} | Contract Scale`;
}

async function viewOf(id: string, root: string, document: Document): Promise<string> {
  if (!/^[0-9a-f]{16}$/.test(id))
    return `<h1>This is no contract’s id</h1><p>“${text(id)}” is not one: an id is sixteen digits from 0 to f. <a href="${root}contracts">Search the contracts</a>.</p>`;
  const folder = `${root}data/explorer/`;
  const answer = await fetch(`${folder}index.json`);
  if (!answer.ok) throw new Error(`${folder}index.json answered ${answer.status}`);
  const {version, contract_digits: digits} = (await answer.json()) as ExplorerIndex;
  const columns = await readWhole(`${folder}${contractFile(id.slice(0, digits))}?v=${version}`);
  const found = columns === null ? undefined : rowsOf<ContractRecord>(columns).find((row) => row.contract_id === id);
  return found === undefined
    ? `<h1>No contract has this id</h1><p>There is no <code>${text(id)}</code> in version <code>${text(version)}</code>. It may stand in an earlier version, whose files are kept, or have been taken down: see <a href="${root}data">the data page</a> and <a href="${root}corrections">corrections</a>. <a href="${root}contracts">Search the contracts</a>.</p>`
    : contractHtml(found, {root, version, meaningOf: meanings(document)});
}

/** The sentences of the page's own glossary. */
const meanings =
  (document: Document) =>
  (kind: string, code: string): string | null =>
    document.querySelector(`[data-${kind}="${CSS.escape(code)}"]`)?.textContent ?? null;

/** What the words around a contract need. */
export interface Around {
  readonly root: string;
  readonly version: string;
  readonly meaningOf: (kind: string, code: string) => string | null;
}

/** One contract as HTML: everything is somebody's words, so everything goes through `text`. */
export function contractHtml(row: ContractRecord, around: Around): string {
  const word = (name: string): string | null =>
    row[name] === null || row[name] === undefined ? null : String(row[name]);
  const name = word("title") ?? word("cpv_label") ?? `Contract ${word("contract_id")}`;
  const flags = (word("flags") ?? "").split(" ").filter(Boolean);
  return [
    `<h1>${text(name)}</h1>`,
    word("title") === null
      ? `<p class="quiet">The title is not embedded; this is what its CPV code ${text(word("cpv_code"))} stands for.</p>`
      : "",
    `<p class="lede">${countsOrNot(word("left_out_because"), word("duplicate_of"), around)}</p>`,
    facts(row, around),
    `<h2>Suppliers</h2>${suppliersHtml(JSON.parse(word("suppliers") ?? "[]") as Supplier[])}`,
    `<h2>What to know about this row</h2>${flags.length === 0 ? "<p>No flag is set.</p>" : list(flags.map((flag) => `<code>${text(flag)}</code>: ${text(flagWords(flag))}`))}`,
    `<h2>Where it comes from</h2>${provenance(row, around)}`,
    cite(row, name)
  ].join("");
}

/** The contract in words to quote, with its value and what kind of value that is. */
function cite(row: ContractRecord, name: string): string {
  const value = pounds(row.value_gbp);
  const words = `Contract ${row.contract_id}: ${name}, ${row.buyer_name}, ${value === null ? "no value that can be used" : `${value} as published (${kindLabel(String(row.value_kind))})`}, published ${dateOf(row.published_on)}`;
  const address = text(`/contract/?id=${row.contract_id}`);
  return `<h2 id="cite">Cite</h2><p class="sentence citation" id="cited" data-source="${text(String(row.register_id))}" data-cite="${address}" data-title="${text(words)}" data-path="${address}">${text(words)}.</p>`;
}

function countsOrNot(reason: string | null, duplicateOf: string | null, {root}: Around): string {
  if (reason === null) return "It counts in the scale measures of its council.";
  const kept =
    duplicateOf === null ? "" : ` <a href="${root}contract/?id=${text(duplicateOf)}">The row that is kept</a>.`;
  return `It is in no scale measure and no total, because ${text(reasonWords(reason))}.${kept}`;
}

const dateOf = (value: unknown): string =>
  value instanceof Date ? value.toISOString().slice(0, 10) : typeof value === "string" ? value : "not stated";

const pounds = (value: unknown): string | null =>
  typeof value === "number" ? money(Math.round(value * 100) / 100) : null;

function facts(row: ContractRecord, {root, meaningOf}: Around): string {
  const word = (name: string): string | null =>
    row[name] === null || row[name] === undefined ? null : String(row[name]);
  const gss = word("council_gss");
  const kind = word("value_kind") ?? "";
  const rule = word("value_kind_rule") ?? "";
  const published =
    row.value_published === null || row.value_published === undefined
      ? "no amount"
      : `${Number(row.value_published).toLocaleString("en-GB", {minimumFractionDigits: 2, maximumFractionDigits: 2})} ${word("currency") ?? ""}`;
  const entries: [string, string][] = [
    ["Buyer", text(word("buyer_name"))],
    [
      "Council that answers for it today",
      gss === null ? "not one council’s" : `<a href="${root}council/${text(gss)}">its page</a>, code ${text(gss)}`
    ],
    [
      "What the value is",
      `${text(kindLabel(kind))}: ${text(meaningOf("kind", kind) ?? "")}. Rule <code>${text(rule)}</code>${meaningOf("rule", rule) === null ? "" : `: ${text(meaningOf("rule", rule))}`}`
    ],
    ["Amount as published", text(published)],
    [
      "Value, whole term, excluding VAT where the register says so",
      `${text(pounds(row.value_gbp) ?? "none that can be used")} (VAT ${text(word("vat_basis"))}${word("vat_rule") === null ? "" : `, rule ${text(word("vat_rule"))}`})`
    ],
    [
      "Term",
      `${text(dateOf(row.starts_on))} to ${text(dateOf(row.ends_on))}${row.term_days === null || row.term_days === undefined ? "" : `, ${count(Number(row.term_days))} days`}${row.max_ends_on ? `; with every extension to ${text(dateOf(row.max_ends_on))}` : ""}${row.terminated_on ? `; ended early on ${text(dateOf(row.terminated_on))}` : ""}`
    ],
    [
      "Size, £ a year",
      word("left_out_because") === null
        ? text(pounds(row.annual_value_gbp) ?? "none")
        : "none: the row is in no measure"
    ],
    [
      "Service",
      `${text(serviceLabel(word("service_line") ?? "other"))}, rule <code>${text(word("service_rule"))}</code>`
    ],
    ["CPV code", `${text(word("cpv_code") ?? "none")} ${text(word("cpv_label"))}`],
    ["Published", text(dateOf(row.published_on))],
    ["Law", text((word("regime") ?? "unknown").replaceAll("-", " "))],
    ["Procedure", text(word("procedure") ?? "not stated")]
  ];
  return `<dl class="facts">${entries.map(([term, html]) => `<dt>${text(term)}</dt><dd>${html}</dd>`).join("")}</dl>${again(row, root)}`;
}

function again(row: ContractRecord, root: string): string {
  const ids = String(row.duplicates ?? "")
    .split(" ")
    .filter(Boolean);
  return ids.length === 0
    ? ""
    : `<p>The same award was published ${ids.length === 1 ? "once more" : `${count(ids.length)} times more`}, and is counted once: ${ids.map((id) => `<a href="${root}contract/?id=${text(id)}">${text(id)}</a>`).join(", ")}.</p>`;
}

function suppliersHtml(suppliers: readonly Supplier[]): string {
  if (suppliers.length === 0) return "<p>No supplier is named.</p>";
  const yes = (is: boolean | null): string => (is === null ? "not stated" : is ? "yes" : "no");
  return table(
    `${count(suppliers.length)} ${suppliers.length === 1 ? "supplier" : "suppliers"}; the value is for all of them together`,
    suppliers,
    [
      {
        heading: "Supplier",
        cell: ({name, is_natural_person}) =>
          name === null || is_natural_person ? "name withheld: it may be a person’s" : text(name)
      },
      {
        heading: "Number",
        cell: ({scheme, identifier}) => text(identifier === null ? "none" : `${scheme} ${identifier}`)
      },
      {heading: "Address in", cell: ({reach}) => text(reachWords(reach))},
      {heading: "Small or medium", cell: ({is_sme}) => yes(is_sme)},
      {heading: "Voluntary", cell: ({is_vcse}) => yes(is_vcse)}
    ]
  );
}

function provenance(row: ContractRecord, {root, version}: Around): string {
  const url = typeof row.notice_url === "string" && row.notice_url.startsWith("https://") ? row.notice_url : null;
  const word = (name: string): string =>
    text(row[name] === null || row[name] === undefined ? "none" : String(row[name]));
  return list([
    `Notice: ${url === null ? "its address is not at hand; the register can be searched for the process below" : `<a href="${address(url)}">${text(url)}</a>`}`,
    `Register: <a href="${root}data#registers">${word("register_id")}</a>, process <code class="hash">${word("ocid")}</code>, award <code class="hash">${word("award_id")}</code>`,
    `SHA-256 of the bytes it was read from: <code class="hash">${word("raw_sha256")}</code>${row.is_embedded === true ? " (embedded: the bytes themselves are not included)" : ""}`,
    `Every rule on the way: <code>npm run pipeline -- trace ${word("contract_id")}</code>`,
    `Contract id <code class="hash">${word("contract_id")}</code>, data version <code>${text(version)}</code>, <a href="${root}data">tables and dictionary</a>`
  ]);
}
