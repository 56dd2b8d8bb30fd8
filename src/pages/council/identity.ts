import {count, dayMonthYear, decimal, percent} from "../../components/format.ts";
import {list, text} from "../../components/html.ts";
import type {CouncilRow} from "../../components/rows.ts";
import {classLabel, serviceLabel} from "../../components/services.ts";
import {grouped, type Site} from "../site.ts";
import type {ServiceHere, Subject} from "./subject.ts";

export const councilLink = ({gss, name}: CouncilRow): string => `<a href="/council/${gss}">${text(name)}</a>`;

/** Who the council is: its kind, place and size, its Welsh name, and what came before or comes after it. */
export function whoItIs(subject: Subject): string {
  const {council, site} = subject;
  return [
    council.welsh_name === null ? "" : `<p class="kicker" lang="cy">${text(council.welsh_name)}</p>`,
    `<p class="lede">${whereItIs(council, site)}. ${facts(council)} <span class="quiet">Code ${council.gss}.</span></p>`,
    abolished(council, site),
    announced(council),
    predecessors(council, site)
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function whereItIs(council: CouncilRow, {councilOf}: Site): string {
  const county = council.county_gss === null ? undefined : councilOf.get(council.county_gss);
  return county
    ? `A ${classLabel(council.class)} in the area of ${councilLink(county)}, which runs the services of the upper tier`
    : `A ${classLabel(council.class)}${council.nation === "England" ? ` in ${text(regionInSentence(council.region))}` : ""}`;
}

/** "the South West", as people say it; London and Yorkshire go without. */
const regionInSentence = (region: string): string => (/^(London|Yorkshire)/.test(region) ? region : `the ${region}`);

function facts({population, imd_score, rural_pct}: CouncilRow): string {
  const known = [
    population === null ? "" : `${count(population)} residents in mid-2020`,
    imd_score === null
      ? ""
      : `average deprivation score ${decimal(imd_score)} (English indices of deprivation 2025; higher is more deprived)`,
    rural_pct === null ? "" : `${percent(rural_pct, 0)} of residents in rural areas (census 2011)`
  ].filter((fact) => fact !== "");
  return known.length === 0 ? "" : `${known.join("; ")}.`;
}

function abolished({valid_to, successor_gss}: CouncilRow, {councilOf}: Site): string {
  if (valid_to === null) return "";
  const successors = (successor_gss ?? "").split(" ").flatMap((gss) => councilOf.get(gss) ?? []);
  const next =
    successors.length === 0 ? "No successor is recorded." : `After it: ${successors.map(councilLink).join(", ")}.`;
  return `<aside class="notice" aria-label="Abolished"><p><strong>This code ended on ${dayMonthYear(valid_to)}.</strong> ${next} Contracts are shown with the council that answers for them today.</p></aside>`;
}

function announced({changes_on, announced_successor, valid_to}: CouncilRow): string {
  if (changes_on === null || valid_to !== null) return "";
  const next = announced_successor
    ? `Announced in its place: ${text(announced_successor)}.`
    : "What takes its place is not announced in the source at hand.";
  return `<aside class="notice" aria-label="Announced reorganisation"><p><strong>Its area is to be reorganised on ${dayMonthYear(changes_on)}.</strong> ${next} Nothing here is changed before that day.</p></aside>`;
}

function predecessors({gss, valid_from, class: ofClass}: CouncilRow, {predecessorsOf}: Site): string {
  const before = (predecessorsOf.get(gss) ?? []).filter(({recoded_to}) => recoded_to === null);
  if (before.length === 0) return "";
  return `<aside class="notice" aria-label="Predecessors"><p><strong>This ${text(classLabel(ofClass))} began on ${dayMonthYear(valid_from)}.</strong> Before it: ${before.map(councilLink).join(", ")}. Only sums of counts cross that day, and only where the old areas lie wholly inside the new one; other series break there.</p></aside>`;
}

/** What it runs, and for everything else who does: by a link, and never as a zero. */
export function whatItRuns({services, site}: Subject): string {
  if (services.length === 0) return "";
  const own = services.filter(({isOwn}) => isOwn);
  const others = grouped(
    services.filter(({isOwn}) => !isOwn),
    ({run_by, body_name}) => `${run_by}|${run_by === "" || !site.councilOf.has(run_by) ? body_name : ""}`
  );
  const items = [...others.values()].map(
    (rows) => `Not run here: run by ${runBy(rows[0]!, site)}. <span class="quiet">${sentenceList(rows)}</span>`
  );
  return `<h2 id="services">What it runs</h2>\n\n<p>${sentenceList(own)}</p>\n\n${items.length === 0 ? "" : list(items)}`;
}

function sentenceList(rows: readonly ServiceHere[]): string {
  const names = rows.map(({service_line, body_name, isOwn}) => {
    const name = text(serviceLabel(service_line));
    return isOwn && body_name !== "" ? `${name} (${text(body_name)})` : name;
  });
  return names.length === 0
    ? "No service of its own is recorded."
    : `${names
        .map(lowered)
        .join(", ")
        .replace(/^./, (letter) => letter.toUpperCase())}.`;
}

const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Who runs a service, as a link where that is a council. */
export function runBy({run_by, body_name}: Pick<ServiceHere, "run_by" | "body_name">, {councilOf}: Site): string {
  const council = councilOf.get(run_by);
  return council ? councilLink(council) : text(body_name || "another body");
}
