import {financialYear} from "../../components/format.ts";
import {text} from "../../components/html.ts";
import type {CouncilRow, CouncilScaleRow} from "../../components/rows.ts";
import {serviceLabel} from "../../components/services.ts";
import type {Subject} from "./subject.ts";

/** The years of one service without a measure of size, oldest first. */
export interface MissingCells {
  readonly service_line: string;
  readonly years: readonly number[];
}

/** Exactly the cells that a measure is missing for: services that the council runs, in the years looked at. */
export function missingCells({services, years}: Subject, cells: readonly CouncilScaleRow[]): MissingCells[] {
  const measured = new Set(
    cells
      .filter(({not_measured_reason}) => not_measured_reason === null)
      .map(({service_line, financial_year}) => `${service_line} ${financial_year}`)
  );
  return services
    .filter(({isOwn}) => isOwn)
    .map(({service_line}) => ({
      service_line,
      years: years.filter((year) => !measured.has(`${service_line} ${year}`))
    }))
    .filter((missing) => missing.years.length > 0);
}

/** Years as a reader lists them: "2020-21 to 2022-23, 2024-25". */
export function yearRuns(years: readonly number[]): string {
  const runs: number[][] = [];
  for (const year of years) {
    const run = runs.at(-1);
    if (run?.at(-1) === year - 1) run.push(year);
    else runs.push([year]);
  }
  return runs
    .map((run) =>
      run.length === 1 ? financialYear(run[0]!) : `${financialYear(run[0]!)} to ${financialYear(run.at(-1)!)}`
    )
    .join(", ");
}

/** The paragraphs of a request under the Freedom of Information Acts, without greeting and name, which the sender adds. */
export function letterParagraphs(council: CouncilRow, missing: readonly MissingCells[]): string[] {
  const isScottish = council.nation === "Scotland";
  const act = isScottish ? "Freedom of Information (Scotland) Act 2002" : "Freedom of Information Act 2000";
  const code =
    council.nation === "England"
      ? " The Local Government Transparency Code 2015 asks councils in England to publish contracts above £5,000."
      : "";
  return [
    `Under the ${act}, please send me the contracts of ${council.name} that were in force on any day of these years, as a spreadsheet or CSV:`,
    missing.map(({service_line, years}) => `- ${serviceLabel(service_line)}: ${yearRuns(years)}`).join("\n"),
    `For each contract: reference, title, supplier and its company or charity number, start date, end date, longest end date with extensions, value and whether it covers the whole term and includes VAT, whether it was called off from a framework, and its notice number on a public register where there is one.${code}`,
    "Please say for each column that you do not hold that you do not hold it. If the whole would pass the cost limit, please send the latest year first and say which part would not."
  ];
}

/**
 * A link that opens WhatDoTheyKnow with the letter filled in. Nothing is sent, and no page of this site asks that one for anything.
 *
 * Source: Alaveteli's documentation of prefilled requests (/new/<public body>?title=…&default_letter=…&tags=…).
 */
export function prefilledLink(council: CouncilRow, paragraphs: readonly string[]): string {
  const query = {
    title: `Contracts in force: ${council.short_name}`,
    default_letter: paragraphs.join("\n\n"),
    tags: "contract-scale"
  };
  const pairs = Object.entries(query).map(([key, words]) => `${key}=${inQuery(words)}`);
  return `https://www.whatdotheyknow.com/new/${bodySlug(council.name)}?${pairs.join("&")}`;
}

/**
 * Words for a query that the site generator leaves as they are. It decodes and encodes every link, but not the characters that
 * divide an address, so an encoded colon or comma would come out encoded twice; both may stand in a query as they are.
 */
const inQuery = (words: string): string =>
  encodeURIComponent(words.replaceAll("&", "and").replaceAll(/[+#=]/g, " ")).replaceAll(
    /%(3A|2C|2F|3B|40|24|3F)/g,
    (code) => decodeURIComponent(code)
  );

/** The name of a public body as Alaveteli writes it in addresses: small letters, everything else an underscore. */
export const bodySlug = (name: string): string =>
  name
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll("&", "and")
    .replaceAll(/[’']/g, "")
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");

/** The letter for exactly what is missing, to read, to copy or to take along. */
export function foiLetter(subject: Subject): string {
  const {council, site} = subject;
  const missing = missingCells(subject, site.scaleOf.get(council.gss) ?? []);
  if (missing.length === 0) return "";
  const paragraphs = letterParagraphs(council, missing);
  const link = text(prefilledLink(council, paragraphs));
  const body = paragraphs.map((words) => `<p>${words.split("\n").map(text).join("<br>")}</p>`);
  return `<details class="letter" id="ask"><summary>Ask the council for what is missing: a letter is ready</summary><div class="letter-text">${body.join("")}</div><p><a class="button" href="${link}" rel="noopener">Open the letter on whatdotheyknow.com</a></p><p class="quiet">Nothing is sent: you read the letter there, change it and decide. That site may file the council under another name than “${text(council.name)}”; if so, search for it there and paste the letter.</p></details>`;
}
