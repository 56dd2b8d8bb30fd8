import type {CodeRow} from "../../src/components/rows.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {sqlName} from "./publishedTables.ts";

/**
 * Columns with a closed list of codes: a code that is not here is an error, so none is ever published unexplained.
 *
 * The same column name has the same codes in every table.
 */
export const CLOSED_CODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  value_kind: {
    contract: "money agreed for one contract",
    "call-off": "money agreed under a framework or dynamic market",
    "framework-ceiling": "the most that all buyers together may spend through a framework: not spend, never added up",
    "dynamic-market-ceiling": "the same for a dynamic market or dynamic purchasing system",
    concession: "money that users pay to the contractor, not the council",
    grant: "money given, not a purchase",
    placeholder: "a number typed because the form asked for one",
    "not-awarded": "nobody was chosen",
    missing: "no amount was published"
  },
  vat_basis: {
    excluded: "the register says that the amount is without VAT",
    included: "the register says that the amount is with VAT",
    unknown: "the register does not say"
  },
  regime: {
    "procurement-act-2023": "published under the Procurement Act 2023",
    "provider-selection-regime": "published under the Provider Selection Regime, health services bought in England",
    "utilities-contracts-regulations": "published under the Utilities Contracts Regulations 2016",
    "concession-contracts-regulations": "published under the Concession Contracts Regulations 2016",
    "public-contracts-regulations-2015": "the Public Contracts Regulations 2015, before 24 February 2025",
    "procurement-reform-scotland": "Scotland's own procurement law",
    "earlier-law": "published under the law before 24 February 2025",
    unknown: "the law cannot be told from the notice"
  },
  buyer_kind: {
    council: "a principal council",
    "combined-authority": "a combined authority or the Greater London Authority",
    "purchasing-body": "buys for others",
    "portal-or-agent": "a portal or agent named in place of the buyer",
    "parish-or-town": "a parish, town or community council",
    nhs: "a body of the National Health Service",
    "central-government": "a department or agency of the United Kingdom government",
    education: "a school, college, trust or university",
    "police-fire": "a police or fire body",
    "housing-association": "a housing association or other social landlord",
    devolved: "a devolved government or parliament",
    voluntary: "a charity or other voluntary body",
    company: "a company",
    other: "none of these, or not known"
  },
  service_line: {
    education: "schools and education",
    "highways-transport": "roads and transport",
    "childrens-social-care": "children's social care",
    "adult-social-care": "adult social care",
    "public-health": "public health",
    "housing-homelessness": "housing and homelessness",
    cultural: "culture, sport, libraries and parks",
    environmental: "waste, street cleaning and regulation",
    planning: "planning and development",
    police: "police",
    fire: "fire and rescue",
    "central-support": "the council's own administration",
    "capital-works": "building works, which revenue outturn does not hold",
    other: "none of these",
    ambiguous: "the code and the words point to different lines"
  },
  reach: {
    "same-council": "the supplier is in the buyer's area",
    "same-area": "in the same wider area",
    "same-region": "in the same region",
    "elsewhere-uk": "elsewhere in the United Kingdom",
    "outside-uk": "outside the United Kingdom",
    several: "its suppliers are at different distances",
    unknown: "not known"
  },
  definition: {
    "same-council": "local is the buyer's own council area",
    "same-area": "local is the county or combined authority",
    "same-region": "local is the region, or the nation outside England"
  },
  delivery_scope: {
    regions: "the notice names regions of the United Kingdom",
    england: "the notice names England as a whole",
    anywhere: "any region, the whole Kingdom, or a list of everything",
    elsewhere: "outside the United Kingdom",
    unknown: "the notice does not say"
  },
  authority_type: {central: "central government", "sub-central": "councils and other public bodies below it"},
  floor_vat: {
    excluded: "the floor is without VAT",
    included: "the floor is with VAT",
    unknown: "the law's floor is not at hand with its VAT"
  },
  set_id: {
    "ons-global": "similar on all counts, by the Office for National Statistics",
    "dfe-children": "statistical neighbours for children's services, by the Department for Education"
  },
  period_type: {quarter: "three months", year: "a year as the publisher cuts it"},
  claim_kind: {
    tested: "an analysis that can fail",
    "back-calculation": "arithmetic on the claim's own numbers",
    reverse: "the rival order of cause and effect",
    "negative-control": "a pair that must show nothing",
    "not-testable": "no data could decide it",
    "not-run": "the data are not at hand"
  },
  limit_position: {
    "too few": "too small a denominator to compare",
    inside: "within what chance gives",
    "above 95": "above the 95 % limit",
    "above 998": "above the 99.8 % limit",
    "below 95": "below the 95 % limit",
    "below 998": "below the 99.8 % limit"
  },
  verdict: {
    supported: "the data meet the rule that was fixed for support",
    contradicted: "the data meet the rule that was fixed against the claim",
    "no material effect": "the interval lies within the smallest effect that would matter",
    inconclusive: "the interval holds both no effect and one that would matter",
    "too little data": "fewer councils than a test needs",
    "not testable": "no published data could decide it"
  },
  tier: {upper: "runs county services", lower: "runs district services", single: "runs both"},
  class: {
    county: "county council",
    district: "non-metropolitan district council",
    unitary: "unitary council in England",
    "metropolitan-borough": "metropolitan borough council",
    "london-borough": "London borough council, and the City of London",
    scottish: "council in Scotland",
    welsh: "council in Wales",
    "northern-irish": "council in Northern Ireland"
  },
  nation: {England: "England", Scotland: "Scotland", Wales: "Wales", "Northern Ireland": "Northern Ireland"},
  kind: {
    cost: "what a service costs",
    "repeat-demand": "how often people come back or ask again",
    context: "what is needed to read the others"
  },
  polarity: {
    "higher-is-more-repeat-demand": "a higher value is more repeat demand",
    "higher-is-less-repeat-demand": "a higher value is less repeat demand",
    "higher-is-dearer": "a higher value costs more",
    neither: "a higher value is neither better nor worse"
  },
  source_kind: {
    register: "publishes contract notices",
    publication: "publishes statistics",
    reference: "names, codes and facts of councils"
  }
};

/**
 * Columns whose codes the data decide; each is its own description, and a rule is explained by what it decides.
 *
 * Not here: codes that a published table explains in sentences (value_kind_rule in value-kind-rules, CPV codes in cpv-codes,
 * hypothesis_id in claims), and those of official lists (currencies, regions, ITL, org-id).
 */
const OPEN_CODES: Readonly<Record<string, string | null>> = {
  service_rule: "service_line",
  match_rule: "buyer_kind",
  buyer_rule: "buyer_kind",
  vat_rule: "vat_basis",
  duplicate_rule: null,
  extension_rule: null,
  identity_rule: null,
  postcode_repairs: null,
  evidence: null,
  flags: null,
  left_out_because: null,
  coverage_basis: null,
  reach_basis: "reach",
  missing_reason: null,
  scale_measure: null,
  interval_method: null,
  basis: null,
  price_basis: null,
  unit: null
};

const LISTS = ["flags", "postcode_repairs", "evidence"]; // several codes with a space between them

const words = (code: string): string => code.replaceAll(/[-_]/g, " ");

interface Coded {
  readonly code: string;
  readonly decides: string | null;
  readonly rows: number;
}

/**
 * Every code in every coded column of the published tables, its meaning and its number of rows.
 *
 * @throws {Error} naming table, column and code, when a closed list does not hold a code of the data
 */
export async function readCodes(
  bundle: Warehouse,
  tables: readonly {readonly file: string; readonly columns: readonly string[]}[]
): Promise<CodeRow[]> {
  const codes: CodeRow[] = [];
  for (const {file, columns} of tables)
    for (const column of columns) {
      const closed = CLOSED_CODES[column];
      if (closed) codes.push(...(await closedCodes(bundle, file, column, closed)));
      else if (column in OPEN_CODES) codes.push(...(await openCodes(bundle, file, column, columns)));
    }
  return codes;
}

async function closedCodes(
  bundle: Warehouse,
  file: string,
  column: string,
  closed: Readonly<Record<string, string>>
): Promise<CodeRow[]> {
  const found = new Map((await countCodes(bundle, file, column, null)).map(({code, rows}) => [code, rows]));
  for (const code of found.keys())
    if (!(code in closed))
      throw new Error(
        `${file}.${column} holds "${code}", which is not among its codes (${Object.keys(closed).join(", ")}): explain it in pipeline/publish/codes.ts`
      );
  return Object.entries(closed).map(([code, meaning]) => ({
    table: file,
    column,
    code,
    meaning,
    rows: found.get(code) ?? 0
  }));
}

async function openCodes(
  bundle: Warehouse,
  file: string,
  column: string,
  columns: readonly string[]
): Promise<CodeRow[]> {
  const decided = OPEN_CODES[column] ?? null;
  const found = await countCodes(bundle, file, column, decided !== null && columns.includes(decided) ? decided : null);
  return found.map(({code, decides, rows}) => ({
    table: file,
    column,
    code,
    meaning: decides === null ? words(code) : `${words(code)}: decides ${decides}`,
    rows
  }));
}

async function countCodes(bundle: Warehouse, file: string, column: string, decided: string | null): Promise<Coded[]> {
  const one = LISTS.includes(column) ? `unnest(string_split(${column}, ' '))` : column;
  return bundle.rows<Coded>(
    `select code, ${decided === null ? "null" : "string_agg(distinct decided, ' or ' order by decided)"} as decides, count(*)::integer as rows
     from (select ${one} as code, ${decided ?? "null"} as decided from ${sqlName(file)})
     where code is not null and code <> '' group by code order by code`
  );
}
