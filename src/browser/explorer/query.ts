import {keyOf} from "../filterRows.ts";

/** What a reader asks of the contracts; the address of the page says the same. */
export interface Query {
  readonly council: string; // GSS code; "none" for buyers that are not one council; "" for all
  readonly service: string;
  readonly year: string; // of publication
  readonly kind: string;
  readonly register: string;
  readonly counted: boolean; // only rows that count in scale measures
  readonly least: number | null; // pounds a year
  readonly most: number | null;
  readonly title: string;
  readonly supplier: string;
  readonly order: "council" | "latest" | "largest";
  readonly page: number; // from 1
}

export const NOTHING_ASKED: Query = {
  council: "",
  service: "",
  year: "",
  kind: "",
  register: "",
  counted: false,
  least: null,
  most: null,
  title: "",
  supplier: "",
  order: "council",
  page: 1
};

const WORDS = ["council", "service", "year", "kind", "register", "title", "supplier"] as const;

/** Reads a query from an address; what is not understood is as if it were not there. */
export function queryOf(parameters: URLSearchParams): Query {
  const word = (name: string): string => (parameters.get(name) ?? "").trim();
  const pounds = (name: string): number | null => {
    const n = Number(word(name).replaceAll(/[£,\s]/g, ""));
    return word(name) === "" || !Number.isFinite(n) || n < 0 ? null : n;
  };
  const order = word("order");
  const page = Number(word("page"));
  return {
    ...(Object.fromEntries(WORDS.map((name) => [name, word(name)])) as Pick<Query, (typeof WORDS)[number]>),
    counted: word("counted") === "1",
    least: pounds("least"),
    most: pounds("most"),
    order: order === "latest" || order === "largest" ? order : "council",
    page: Number.isInteger(page) && page > 1 ? page : 1
  };
}

/** The same as part of an address, without what is as it is anyway. */
export function parametersOf(query: Query): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of WORDS) if (query[name] !== "") parameters.set(name, query[name]);
  if (query.counted) parameters.set("counted", "1");
  if (query.least !== null) parameters.set("least", String(query.least));
  if (query.most !== null) parameters.set("most", String(query.most));
  if (query.order !== "council") parameters.set("order", query.order);
  if (query.page > 1) parameters.set("page", String(query.page));
  return parameters;
}

/** The words to look up: two letters or more, as the index has them. */
export const searchWords = (typed: string): string[] => [
  ...new Set(
    keyOf(typed)
      .split(" ")
      .filter((word) => word.length > 1)
  )
];
