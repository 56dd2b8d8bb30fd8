/**
 * Lets a search box narrow the rows of the tables on its page: every word typed must stand in a row's `data-filter-text`.
 * Without JavaScript the whole list stays. The address keeps what was typed, as `?q=`.
 */
export function filterRows(document: Document): void {
  const form = document.querySelector<HTMLFormElement>("form[data-filter]");
  const input = form?.querySelector<HTMLInputElement>("input");
  const status = form?.querySelector("[data-filter-status]");
  if (!form || !input || !status) return;
  const rows = [...document.querySelectorAll<HTMLElement>("[data-filter-text]")].map((element) => ({
    row: element.closest("tr") ?? element,
    key: keyOf(element.dataset.filterText ?? "")
  }));
  const narrow = (): void => {
    const words = keyOf(input.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const {row, key} of rows) {
      row.hidden = !words.every((word) => key.includes(word));
      if (!row.hidden) shown += 1;
    }
    status.textContent = words.length === 0 ? "" : `${shown} of ${rows.length} shown`;
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

/** Letters and digits only, without accents or case: "Ynys Môn" and "ynys mon" are one. */
export const keyOf = (words: string): string =>
  words
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();
