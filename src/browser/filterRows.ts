import {type DistrictCouncils, districtSentence, districtTyped} from "../components/districts.ts";
import {siteRoot} from "./siteRoot.ts";

/**
 * Lets a search box narrow the rows of the tables on its page: every word typed must stand in a row's `data-filter-text`; of a
 * postcode, the councils that its district lies in. Without JavaScript the whole list stays. The address keeps what was typed, as `?q=`.
 */
export function filterRows(document: Document): void {
  const form = document.querySelector<HTMLFormElement>("form[data-filter]");
  const input = form?.querySelector<HTMLInputElement>("input");
  const status = form?.querySelector("[data-filter-status]");
  if (!form || !input || !status) return;
  const rows = [...document.querySelectorAll<HTMLElement>("[data-filter-text]")].map((element) => ({
    row: element.closest("tr") ?? element,
    key: keyOf(element.dataset.filterText ?? ""),
    gss: element.dataset.gss ?? "",
    name: element.textContent ?? ""
  }));
  const show = (isShown: (row: (typeof rows)[number]) => boolean): number => {
    for (const one of rows) one.row.hidden = !isShown(one);
    return rows.filter(({row}) => !row.hidden).length;
  };
  const narrow = (): void => {
    const words = keyOf(input.value).split(" ").filter(Boolean);
    const shown = show(({key}) => words.every((word) => key.includes(word)));
    status.textContent = words.length === 0 ? "" : `${shown} of ${rows.length} shown`;
    const district = districtTyped(input.value);
    if (district !== null) void narrowTo(district, input.value);
  };
  const narrowTo = async (district: string, typed: string): Promise<void> => {
    const councils = (await districts(document).catch(() => null))?.[district];
    if (input.value !== typed || (councils === undefined && show(({row}) => !row.hidden) > 0)) return;
    const [, ...held] = councils ?? [0];
    show(({gss}) => held.some(([code]) => code === gss));
    status.textContent = districtSentence(
      district,
      councils,
      (gss) => rows.find((row) => row.gss === gss)?.name ?? gss
    );
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    narrow();
    const address = new URL(location.href);
    if (input.value === "") address.searchParams.delete("q");
    else address.searchParams.set("q", input.value);
    history.replaceState(null, "", address);
  });
  input.value = new URL(location.href).searchParams.get("q") ?? "";
  narrow();
}

let loaded: Promise<DistrictCouncils> | undefined;

/** The table of districts, asked for once and only when something like a postcode was typed. */
function districts(document: Document): Promise<DistrictCouncils> {
  loaded ??= fetch(`${siteRoot(document)}data/postcode-districts.json`).then((answer) => answer.json());
  return loaded;
}

/** Letters and digits only, without accents or case: "Ynys Môn" and "ynys mon" are one. */
export const keyOf = (words: string): string =>
  words
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();
