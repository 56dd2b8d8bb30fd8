import {type CompareData, kindOf, MOST_COMPARED} from "../components/compareData.ts";
import {text} from "../components/html.ts";
import type {Page} from "./page.ts";
import {grouped, type Site} from "./site.ts";

const MOST_SIMILAR = MOST_COMPARED - 1;
const SET_TITLES: Readonly<Record<string, string>> = {
  "ons-global": "ONS, on all counts",
  "dfe-children": "DfE, for children’s services"
};

/** Up to six councils of one kind beside one another; the page is made in the browser from the API’s documents. */
export function comparePage(site: Site): Page {
  return {
    path: "compare.md",
    title: "Compare councils",
    description:
      "Set up to six councils of one tier beside one another: contract scale, cost and repeat demand with intervals, and which cannot be told apart.",
    body: [
      `<h1>Compare councils</h1>`,
      `<p class="lede no-print">Up to ${MOST_COMPARED} councils of one kind. There is no ranking and no score: where intervals overlap, two councils cannot be told apart, and the page says so.</p>`,
      `<p class="notice without-script">Choosing councils needs JavaScript. Without it, each <a href="/councils">council’s page</a> has its figures with intervals and where it lies among councils of its class, and the <a href="/data">published tables</a> have all of them.</p>`,
      form(site),
      `<div class="comparison"><div class="chosen no-print" data-chosen></div><div data-refused role="status"></div><div data-comparison></div></div>`
    ].join("\n\n"),
    files: new Map([["data/compare.json", `${JSON.stringify(compareData(site))}\n`]])
  };
}

function form(site: Site): string {
  const groups = [...grouped(site.inForce, kindOf)].sort(([a], [b]) => a.localeCompare(b, "en-GB"));
  const options = groups.map(
    ([kind, councils]) =>
      `<optgroup label="${text(kind)}">${councils.map(({gss, name}) => `<option value="${gss}">${text(name)}</option>`).join("")}</optgroup>`
  );
  return `<form class="explorer-form no-print" data-compare aria-label="Councils to compare"><p class="field"><label for="add">Add a council</label><select id="add" name="add"><option value="">Choose …</option>${options.join("")}</select></p><p class="field"><label for="indicator">Measure</label><select id="indicator" name="indicator" disabled><option value="">Choose a council first</option></select></p><p class="field"><label for="period">Period</label><select id="period" name="period" disabled><option value="">Latest</option></select></p></form>`;
}

/** Totals in pounds are left out: they follow a council’s size, and setting them side by side says nothing. */
export function compareData(site: Site): CompareData {
  return {
    version: site.version,
    councils: site.inForce.map(({gss, name, short_name, tier, nation, class: kind}) => ({
      gss,
      name,
      short_name,
      tier,
      nation,
      class: kind
    })),
    indicators: site.indicatorsShown
      .filter(({unit}) => unit !== "pounds-thousand")
      .map(({indicator_id, kind, title, unit, tier, service_line, publisher, publication, caveats}) => ({
        indicator_id,
        kind,
        title,
        unit,
        tier,
        service_line,
        publisher,
        publication,
        caveat: caveats[0] ?? ""
      })),
    sets: [...grouped(site.neighbours, ({set_id}) => set_id)].map(([set_id, rows]) => ({
      set_id,
      title: SET_TITLES[set_id] ?? set_id,
      version: rows[0]!.version,
      neighbours: Object.fromEntries(rows.map(({gss, neighbours}) => [gss, neighbours.slice(0, MOST_SIMILAR)]))
    }))
  };
}
