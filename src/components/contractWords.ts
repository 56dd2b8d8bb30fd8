// What the codes of a contract mean to a reader, and how a line of contracts reads; for pages and for the browser.
import type {ListingRow} from "./explorerIndex.ts";
import {count, money} from "./format.ts";
import {address, type Column, text} from "./html.ts";
import {serviceLabel} from "./services.ts";

/** What a published number is a number for, in the order in which a filter offers them. */
export const KIND_LABELS: Readonly<Record<string, string>> = {
  contract: "Contract",
  "call-off": "Call-off",
  "framework-ceiling": "Framework ceiling, not spend",
  "dynamic-market-ceiling": "Dynamic market ceiling, not spend",
  concession: "Concession",
  grant: "Grant",
  placeholder: "Placeholder, not a value",
  "not-awarded": "Not awarded",
  missing: "No amount published"
};

export const kindLabel = (kind: string): string => KIND_LABELS[kind] ?? kind.replaceAll("-", " ");

/** Why rows are left out, the commonest first: "framework ceiling (3), no usable term (1)". */
export function reasonsCounted(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([reason, n]) => `${reason.replaceAll("-", " ")} (${count(n)})`)
    .join(", ");
}

const FLAG_WORDS: Readonly<Record<string, string>> = {
  "kind-unsure": "What the amount stands for is a guess, so the row is held out of scale measures.",
  "amount-implausible":
    "The amount is far from its own estimate or beyond what its council spends, so it is not believed.",
  "term-missing": "A first or last day is missing, so there is no size a year and no money in any year.",
  "ends-before-start": "The published end lies before the start.",
  "term-over-60-years": "The published term is longer than sixty years, so it is not used.",
  "one-day-term": "The term is one day for a large amount: the dates are probably not the term.",
  "extension-without-length": "It can be extended, but the notice does not say for how long.",
  "extension-ends-before-term": "The published end with extensions lies before the end without.",
  "vat-included": "The amount includes VAT and nothing was taken off, because the rate is not published.",
  "value-per-year": "The amount was published for one year; the value is that times the years of the term.",
  "value-per-year-without-term": "The amount was published for one year and the term is not known.",
  "foreign-currency": "The amount was published in another currency.",
  converted: "The amount was converted at the rate of the day of publication.",
  corrected: "A person corrected a field of this row; see the corrections.",
  "council-split": "The council was abolished and split, so no single council answers for it today.",
  "delivery-body": "Bought by a company or trust that the council or councils own, and counted as theirs."
};

/** A flag in a sentence; one that has none yet, in its own words. */
export const flagWords = (flag: string): string => FLAG_WORDS[flag] ?? `${flag.replaceAll("-", " ")}.`;

const REASON_WORDS: Readonly<Record<string, string>> = {
  duplicate: "the same award published again: the other row counts",
  "not one council's": "its buyer is not one council",
  "bought by several councils together": "it was bought for several councils together",
  "framework-ceiling": "it is the ceiling of a framework, which is not spend",
  "dynamic-market-ceiling": "it is the ceiling of a dynamic market, which is not spend",
  concession: "it is a concession: users pay, not the council",
  grant: "it is a grant, not a purchase",
  placeholder: "its amount is a placeholder",
  "not-awarded": "nobody was chosen",
  missing: "no amount was published",
  "kind unsure": "what its amount stands for is not certain",
  "no value in pounds": "it has no value in pounds",
  "no usable term": "it has no usable term"
};

/** Why a row is outside every scale measure, as the end of a sentence. */
export const reasonWords = (reason: string): string => REASON_WORDS[reason] ?? reason.replaceAll("-", " ");

const REACH_WORDS: Readonly<Record<string, string>> = {
  "same-council": "the council’s own area",
  "same-area": "its county or combined authority",
  "same-region": "its region or nation",
  "elsewhere-uk": "elsewhere in the UK",
  "outside-uk": "outside the UK",
  unknown: "not known"
};

/** Where a supplier's address is, as seen from the council that buys. */
export const reachWords = (reach: string): string => REACH_WORDS[reach] ?? reach.replaceAll("-", " ");

/** The page of one contract, from the site's root. */
export const contractAddress = (contractId: string, root = "/"): string => `${root}contract/?id=${contractId}`;

/** A contract by its title; where none is embedded, by what its code stands for. */
export const contractName = ({title, cpv_label, contract_id}: ListingRow): string =>
  title ?? cpv_label ?? `Contract ${contract_id}`;

export const supplierWords = ({supplier_names}: ListingRow): string => supplier_names ?? "none named";

const amount = (pounds: number | null): string => (pounds === null ? "–" : money(pounds));
const labelled = (label: string, html: string): string => `<span class="cell-label">${label}: </span>${html}`;

/** A line of contracts as a table shows it, every one with its own page and, where it is known, its notice. */
export function listingColumns(root = "/"): Column<ListingRow>[] {
  return [
    {
      heading: "Contract",
      cell: (row) =>
        `<a href="${contractAddress(text(row.contract_id), root)}">${text(contractName(row))}</a>${row.title === null ? ` <span class="quiet">title not embedded</span>` : ""}`
    },
    {heading: "Buyer", cell: ({buyer_name}) => labelled("Buyer", text(buyer_name))},
    {heading: "Suppliers", cell: (row) => labelled("Suppliers", text(supplierWords(row)))},
    {heading: "Service", cell: ({service_line}) => labelled("Service", text(serviceLabel(service_line)))},
    {
      heading: "Term",
      cell: ({starts_on, ends_on}) =>
        labelled(
          "Term",
          `<span class="date">${text(starts_on ?? "?")}</span> to <span class="date">${text(ends_on ?? "?")}</span>`
        )
    },
    {
      heading: "What the value is",
      cell: ({value_kind, left_out_because}) =>
        labelled(
          "What the value is",
          `${text(kindLabel(value_kind))}${left_out_because === null ? "" : ` <span class="quiet">in no measure: ${text(reasonWords(left_out_because))}</span>`}`
        )
    },
    {heading: "Value", cell: ({value_gbp}) => labelled("Value", amount(value_gbp)), isNumber: true},
    {
      heading: "Size, £ a year",
      cell: ({annual_value_gbp, left_out_because}) =>
        labelled("Size, £ a year", left_out_because === null ? amount(annual_value_gbp) : "–"),
      isNumber: true
    },
    {heading: "Notice", cell: ({notice_url, published_on}) => labelled("Notice", noticeLink(notice_url, published_on))}
  ];
}

function noticeLink(url: string | null, publishedOn: string): string {
  const day = `<span class="date">${text(publishedOn)}</span>`;
  return url?.startsWith("https://")
    ? `<a href="${address(url)}">${day}</a>`
    : `${day} <span class="quiet">no address at hand</span>`;
}
