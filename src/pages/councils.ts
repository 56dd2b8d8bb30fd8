import type {DistrictCouncils} from "../components/districts.ts";
import {count} from "../components/format.ts";
import {table, text} from "../components/html.ts";
import type {CouncilRow} from "../components/rows.ts";
import {classLabel} from "../components/services.ts";
import {tileMap} from "../components/tileMap.ts";
import {otherNames} from "./otherWords.ts";
import type {Page} from "./page.ts";
import {countedContracts, grouped, type Site} from "./site.ts";

const NATIONS = ["England", "Scotland", "Wales", "Northern Ireland"] as const;

const LAYOUTS = [
  {
    layout: "single-and-upper",
    leftOut: "lower",
    title: "Councils that run social care, highways and schools: counties and single tiers"
  },
  {
    layout: "single-and-lower",
    leftOut: "upper",
    title: "Councils that house people and collect waste: districts and single tiers"
  }
] as const;

const tileOf = ({gss, name}: CouncilRow, site: Site) => ({
  gss,
  name,
  contractCount: countedContracts(site, gss),
  isMeasured: (site.scaleOf.get(gss) ?? []).some(({not_measured_reason}) => not_measured_reason === null)
});

/** Every principal council, by nation, with what is at hand about it; a box above narrows the list by name, old names too. */
export function councilsPage(site: Site): Page {
  const abolished = site.councils.filter(({valid_to}) => valid_to !== null);
  return {
    path: "councils.md",
    title: "Councils",
    description: "Every principal council of the United Kingdom, in force and abolished since 2009, with its page.",
    body: [
      `<h1>Councils</h1>`,
      `<p class="lede">${count(site.inForce.length)} principal councils are in force; ${count(abolished.length)} codes have ended since 2009. Each has a page. Compare a council with its own kind only: a county, a district and a unitary do not run the same services.</p>`,
      `<form class="council-box" role="search" aria-label="Narrow the list" data-filter="council-row"><label for="filter">Name, old name, code or postcode</label><input id="filter" name="q" type="search" autocomplete="off"><p class="quiet" role="status" data-filter-status></p></form>`,
      tileMaps(site),
      ...NATIONS.map((nation) => section(nation, site)),
      `<h2>Abolished or recoded</h2>`,
      councilTable("Codes that have ended, and what followed", abolished, site)
    ].join("\n\n"),
    files: new Map([["data/postcode-districts.json", `${JSON.stringify(districtFile(site))}\n`]])
  };
}

function tileMaps(site: Site): string {
  const maps = LAYOUTS.map(({layout, leftOut, title}) =>
    tileMap(
      title,
      site.tiles.filter((tile) => tile.layout === layout),
      site.inForce.filter(({tier}) => tier !== leftOut).map((council) => tileOf(council, site))
    )
  );
  return `<div class="tile-maps">${maps.join("")}</div>`;
}

function section(nation: (typeof NATIONS)[number], site: Site): string {
  const councils = site.inForce.filter((council) => council.nation === nation);
  return `<h2>${nation}</h2>\n\n${councilTable(`${count(councils.length)} councils in ${nation}`, councils, site)}`;
}

function councilTable(caption: string, councils: readonly CouncilRow[], site: Site): string {
  return table(caption, councils, [
    {
      heading: "Council",
      cell: (council) => councilCell(council, site)
    },
    {heading: "Kind", cell: (council) => text(classLabel(council.class))},
    {heading: "Region", cell: ({region}) => text(region)},
    {heading: "Contracts that count", cell: ({gss}) => contractsAtHand(countedContracts(site, gss)), isNumber: true}
  ]);
}

/** No contract at hand is nothing known, and not a council that buys nothing: no nought. */
const contractsAtHand = (contracts: number): string =>
  contracts === 0 ? `<span class="quiet">none here</span>` : count(contracts);

function councilCell(council: CouncilRow, site: Site): string {
  const {gss, name, recoded_to, welsh_name} = council;
  const found = [name, gss, ...otherNames(council, site)].join(" ");
  const welsh = welsh_name === null ? "" : ` <span class="quiet" lang="cy">${text(welsh_name)}</span>`;
  return `<a href="/council/${recoded_to ?? gss}" data-filter-text="${text(found)}" data-gss="${gss}">${text(name)}</a>${welsh}`;
}

/** Postcode districts and the councils that they lie in, for the box above the list: by district, the councils with most of it first. */
export const districtFile = (site: Site): DistrictCouncils =>
  Object.fromEntries(
    [...grouped(site.districts, ({district}) => district)].map(([district, rows]) => [
      district,
      [rows[0]!.sector_count, ...rows.map(({gss, most_count}): [string, number] => [gss, most_count])]
    ])
  );
