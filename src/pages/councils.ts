import {count} from "../components/format.ts";
import {table, text} from "../components/html.ts";
import type {CouncilRow} from "../components/rows.ts";
import {classLabel} from "../components/services.ts";
import type {Page} from "./page.ts";
import {countedContracts, grouped, type Site} from "./site.ts";

const NATIONS = ["England", "Scotland", "Wales", "Northern Ireland"] as const;

/** Every principal council, by nation, with what is at hand about it; a box above narrows the list by name, old names too. */
export function councilsPage(site: Site): Page {
  const abolished = site.councils.filter(({valid_to}) => valid_to !== null);
  return {
    path: "councils.md",
    title: "Councils",
    description: "Every principal council of the United Kingdom, in force and abolished since 2011, with its page.",
    body: [
      `<h1>Councils</h1>`,
      `<p class="lede">${count(site.inForce.length)} principal councils are in force; ${count(abolished.length)} codes have ended since 2011. Each has a page. Compare a council with its own kind only: a county, a district and a unitary do not run the same services.</p>`,
      `<form class="council-box" role="search" aria-label="Narrow the list" data-filter="council-row"><label for="filter">Name, old name or code</label><input id="filter" name="q" type="search" autocomplete="off"><p class="quiet" role="status" data-filter-status></p></form>`,
      ...NATIONS.map((nation) => section(nation, site)),
      `<h2>Abolished or recoded</h2>`,
      councilTable("Codes that have ended, and what followed", abolished, site)
    ].join("\n\n")
  };
}

function section(nation: (typeof NATIONS)[number], site: Site): string {
  const councils = site.inForce.filter((council) => council.nation === nation);
  return `<h2>${nation}</h2>\n\n${councilTable(`${count(councils.length)} councils in ${nation}`, councils, site)}`;
}

function councilTable(caption: string, councils: readonly CouncilRow[], site: Site): string {
  const oldNames = grouped(
    site.councils.filter(({successor_gss}) => successor_gss !== null),
    ({successor_gss}) => successor_gss!
  );
  const alsoKnown = (gss: string) => (oldNames.get(gss) ?? []).map(({name}) => name).join(", ");
  return table(caption, councils, [
    {
      heading: "Council",
      cell: ({gss, name, recoded_to}) =>
        `<a href="/council/${recoded_to ?? gss}" data-filter-text="${text(`${name} ${gss} ${alsoKnown(gss)}`)}">${text(name)}</a>`
    },
    {heading: "Kind", cell: (council) => text(classLabel(council.class))},
    {heading: "Region", cell: ({region}) => text(region)},
    {heading: "Contracts that count", cell: ({gss}) => count(countedContracts(site, gss)), isNumber: true}
  ]);
}
