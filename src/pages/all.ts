import type {CouncilRow, SiteTables} from "../components/rows.ts";
import {besidePages} from "./beside.ts";
import {claimPage, claimsPage} from "./claims.ts";
import {comparePage} from "./compare.ts";
import {contractPage} from "./contract.ts";
import {contractsPage} from "./contracts.ts";
import {correctionsPage} from "./corrections.ts";
import {councilPage} from "./council.ts";
import {councilsPage} from "./councils.ts";
import {dataPage} from "./data.ts";
import type {Charts} from "./drawn.ts";
import {homePage} from "./home.ts";
import {indicatorPage, indicatorsPage} from "./indicators.ts";
import {methodsPage} from "./methods.ts";
import {pageFile} from "./page.ts";
import {scalePages} from "./scale.ts";
import {indexed} from "./site.ts";
import {statusPage} from "./status.ts";
import {suppliersPage} from "./suppliers.ts";
import {funnelFiles} from "./views.ts";

/**
 * Every page whose words depend on the data, as the files that the site generator compiles, by path under `src/`.
 *
 * @param document draws the charts; a page is text when it leaves here
 * @param charts where those are found that were drawn before; none are, if not given
 */
export function generatedPages(tables: SiteTables, document: Document, charts?: Charts): Map<string, string> {
  const site = indexed(tables, charts);
  const pages = [
    homePage(site, document),
    councilsPage(site),
    claimsPage(site),
    ...scalePages(site, document),
    ...besidePages("cost", site, document),
    ...besidePages("repeat-demand", site, document),
    indicatorsPage(site),
    dataPage(site),
    methodsPage(site),
    correctionsPage(site),
    contractsPage(site),
    contractPage(site),
    comparePage(site),
    suppliersPage(site),
    statusPage(site),
    ...site.claims.claims.map((claim) => claimPage(claim, site)),
    ...site.indicators.map((indicator) => indicatorPage(indicator, site, document)),
    ...site.councils.filter(hasOwnPage).map((council) => councilPage(council, site, document))
  ];
  return new Map([
    ...funnelFiles(site),
    ...pages.flatMap((page): [string, string][] => [[page.path, pageFile(page, site)], ...(page.files ?? [])])
  ]);
}

/** A code that was merely replaced by another has no page of its own: its address leads to today's code. */
const hasOwnPage = ({recoded_to}: CouncilRow): boolean => recoded_to === null;

/** Addresses that lead elsewhere: a council by the name in its address, and codes that were replaced. */
export function redirects({councils}: SiteTables): {readonly from: string; readonly to: string}[] {
  return councils.flatMap(({slug, gss, recoded_to}) => [
    {from: `/council/${slug}`, to: `/council/${recoded_to ?? gss}`},
    ...(recoded_to === null ? [] : [{from: `/council/${gss}`, to: `/council/${recoded_to}`}])
  ]);
}
