import {dayMonthYear} from "../components/format.ts";
import {address, table, text} from "../components/html.ts";
import type {Page} from "./page.ts";
import type {Site} from "./site.ts";

/** What people have decided over the rules, each with its reason and where anyone can see it. */
export function correctionsPage(site: Site): Page {
  return {
    path: "corrections.md",
    title: "Corrections",
    description: "What people have corrected in the data, why, and where it can be seen.",
    body: [
      `<h1>Corrections</h1>`,
      `<p class="lede">A rule decides every row in the same way. Where a person knows better, the decision is a row of one table, with its reason and its evidence; it is applied last, and a correction that no longer fits what the rules say stops the build.</p>`,
      site.corrections.length === 0
        ? `<p>Nothing has been corrected by hand so far. Something is wrong? <a href="/contribute">How to tell us</a>.</p>`
        : correctionTable(site)
    ].join("\n\n")
  };
}

const correctionTable = (site: Site): string =>
  table("Corrections, oldest first", site.corrections, [
    {heading: "Contract", cell: ({contract_id}) => `<code>${text(contract_id)}</code>`},
    {heading: "What", cell: ({column_name}) => `<code>${text(column_name)}</code>`},
    {heading: "From", cell: ({from_value}) => text(from_value ?? "nothing")},
    {heading: "To", cell: ({to_value}) => text(to_value ?? "nothing")},
    {
      heading: "Why",
      cell: ({why, evidence_url}) =>
        evidence_url?.startsWith("https://")
          ? `${text(why)} <a href="${address(evidence_url)}">Evidence</a>`
          : text(why)
    },
    {heading: "Decided", cell: ({decided_on}) => dayMonthYear(decided_on)},
    {heading: "In this build", cell: ({is_applied}) => (is_applied ? "applied" : "not at hand")}
  ]);
