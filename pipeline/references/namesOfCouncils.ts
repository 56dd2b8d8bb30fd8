import {nameKey} from "../geography/nameKey.ts";
import {ABOLISHED, ABOLISHED_BY_CODE} from "./abolishedCouncils.ts";
import {
  allFound,
  cell,
  codesOf,
  grouped,
  IOD,
  LOCAL_LINKS,
  MYSOCIETY,
  ONS,
  RECODES,
  REGISTER,
  type Row,
  type Sources,
  sorted
} from "./councilSources.ts";
import type {CouncilNameRecord, CouncilRecord, NameKind, SharedNameRecord} from "./councils.ts";

// What a council is called: by publishers, by rule, and by nobody else.

// A candidate of a lower rank beats one of a higher rank for the same name; equals from two councils beat each other.
const RANK: Readonly<Record<NameKind, number>> = {official: 0, short: 1, welsh: 1, alternative: 1, rule: 2, former: 3};

// Names that one council claims and a reader would not tie to it: a county or a council of before 2009 beside it
// (Bedford, Durham, Lincoln), another body or another place (Eden, Newcastle). Dorset and Somerset are also "shared".
const AMBIGUOUS_NAMES = new Set(
  "bedford,durham,durham city council,lincoln,dorset,somerset,eden,newcastle,newcastle council,newcastle city,newcastle cc".split(
    ","
  )
);

// Spellings seen in contract notices that no published list has and no rule gives: boroughs that dropped the word from
// their title, and towns that stand for a longer name.
const SEEN_IN_NOTICES: readonly (readonly [gss: string, name: string])[] = [
  ["E06000004", "Stockton Borough Council"],
  ["E06000012", "North East Lincolnshire Borough Council"],
  ["E06000033", "Southend City Council"],
  ["E06000034", "Thurrock Borough Council"],
  ["E06000036", "Bracknell Forest Borough Council"],
  ["E06000049", "Cheshire East Borough Council"],
  ["E06000050", "Cheshire West and Chester Borough Council"],
  ["E06000011", "East Riding Council"],
  ["E06000033", "Southend Borough Council"],
  ["E06000033", "Southend Council"],
  ["E06000046", "Isle of Wight County Council"],
  ["E06000046", "IOW Council"],
  ["E06000022", "B&NES Council"],
  ["E06000022", "BANES Council"],
  ["E06000022", "B&NES"],
  ["E06000022", "BANES"],
  ["E06000022", "BATHNES"],
  ["E06000011", "East Riding"],
  ["E09000011", "Royal Greenwich"],
  ["E09000020", "Royal Borough of K&C"],
  ["E09000020", "RB K&C"],
  ["W06000024", "Merthyr CBC"],
  ["W06000024", "Merthyr County Borough Council"],
  ["E06000040", "RBWM"],
  ["E06000050", "CWaC"],
  ["E06000058", "BCP"],
  ["E06000058", "BCP Council"],
  ["E09000002", "LBBD"],
  ["E09000013", "LBHF"],
  ["E09000020", "RBKC"],
  ["E09000030", "LBTH"],
  ["E09000031", "LBWF"],
  ["W06000012", "NPTCBC"],
  ["W06000016", "RCTCBC"],
  ["E07000027", "Barrow Borough Council"],
  ["E07000221", "Stratford District Council"],
  ["E09000013", "H&F Council"],
  ["E09000021", "Kingston Council"],
  ["E09000021", "Royal Borough of Kingston"],
  ["E09000021", "London Borough of Kingston"],
  ["E09000027", "London Borough of Richmond"],
  ["E09000027", "Richmond Borough Council"],
  ["W06000001", "Anglesey County Council"],
  ["W06000015", "City and County of Cardiff"],
  ["W06000016", "RCT CBC"],
  ["W06000012", "NPT CBC"],
  ["E07000242", "East Herts Council"],
  ["E07000242", "East Herts District Council"]
];

/**
 * The official names of councils that ended before the sources begin, and the short forms that say what class they were of.
 *
 * Their bare places are left out: they are parishes' and towns' today, and some are words ("Down"). A name that a council in
 * force has too ("Durham County Council") is that one's.
 */
function formerNames(): CouncilNameRecord[] {
  return ABOLISHED.flatMap(({gss, name, shortName, nation}) =>
    formerForms(name, shortName, nation === "Northern Ireland").map((form) => ({
      gss,
      name: form,
      kind: "former" as const,
      source: form === name ? "councils of 2009 and 2015" : "rule: class and title"
    }))
  );
}

function formerForms(name: string, x: string, hasNoParishes: boolean): string[] {
  const is = (title: string) => name.endsWith(` ${title} Council`);
  return [
    name,
    ...(is("District") ? [`${x} DC`, `${x} District`] : []),
    ...(is("Borough") ? [`${x} BC`, `${x} Borough`, `Borough of ${x}`, `Borough Council of ${x}`] : []),
    ...(is("County") ? [`${x} CC`, `County Council of ${x}`] : []),
    ...(hasNoParishes ? [`${x} Council`] : [])
  ];
}

/** Every name that points to one council, and the claims to those that several have. Pure. */
export function listNames(councils: readonly CouncilRecord[], sources: Sources) {
  // One council under two codes answers to its names under the code in force.
  const named = councils.filter(({gss}) => !RECODES.some(({from}) => from === gss) && !ABOLISHED_BY_CODE.has(gss));
  const candidates = [
    ...publishedNames(named, sources),
    ...named.flatMap((council) => ruleNames(council, sources)),
    ...formerNames()
  ];
  const usable = candidates.filter(({name}) => name !== "" && !/\b(town|parish|community) council\b/i.test(name));
  const byKey = grouped(usable, ({name}) => nameKey(name));
  const outcomes = [...byKey].map(([key, claims]) => settle(key, claims));
  return {
    names: sorted(
      outcomes.flatMap(({kept}) => kept),
      ({gss, name}) => `${gss} ${nameKey(name)}`
    ),
    shared: sorted(
      outcomes.flatMap(({shared}) => shared),
      ({gss, name}) => `${name} ${gss}`
    )
  };
}

/** Who keeps a name: the council with the strongest claim, nobody when two are equally strong. */
function settle(
  name: string,
  claims: readonly CouncilNameRecord[]
): {kept: CouncilNameRecord[]; shared: SharedNameRecord[]} {
  const strongest = Math.min(...claims.map(({kind}) => RANK[kind]));
  const holders = claims.filter(({kind}) => RANK[kind] === strongest);
  const sharedBy = (because: string, by: readonly CouncilNameRecord[]) => ({
    kept: [],
    shared: [...new Set(by.map(({gss}) => gss))].map((gss) => ({gss, name, because}))
  });
  if (AMBIGUOUS_NAMES.has(name)) return sharedBy("another area or body has it too", claims);
  if (new Set(holders.map(({gss}) => gss)).size > 1) return sharedBy("several councils have it", holders);
  return {kept: [bestWritten(holders)], shared: []};
}

// Aliases come in several spellings; the one with capitals is for people to read.
function bestWritten(claims: readonly CouncilNameRecord[]): CouncilNameRecord {
  return claims.find(({name}) => name !== name.toLowerCase()) ?? claims[0]!;
}

function publishedNames(councils: readonly CouncilRecord[], sources: Sources): CouncilNameRecord[] {
  const direct = councils.flatMap((council) => ownNames(council, sources));
  const aliases = sources.aliases.flatMap((row) => aliasName(row, councils, sources));
  const seen = SEEN_IN_NOTICES.map(([gss, name]) => ({
    gss,
    name,
    kind: "alternative" as const,
    source: "contract notices"
  }));
  return [...direct, ...aliases, ...seen, ...registerAliases([...direct, ...aliases], sources)];
}

function ownNames(council: CouncilRecord, sources: Sources): CouncilNameRecord[] {
  const {gss} = council;
  const codes = codesOf(gss);
  const as = (kind: NameKind, source: string) => (name: string) => ({gss, name, kind, source});
  const row = sources.authorities.find((authority) => codes.includes(cell(authority, "gss-code")))!;
  const from = (rows: ReadonlyMap<string, Row>, column: string) =>
    allFound(rows, codes).map((found) => cell(found, column));
  const welsh = sources.wales.get(cell(row, "local-authority-code"));
  return [
    as("official", council.name === cell(row, "official-name") ? MYSOCIETY : LOCAL_LINKS)(council.name),
    as("alternative", MYSOCIETY)(cell(row, "official-name")),
    as("short", MYSOCIETY)(council.short_name),
    as("short", MYSOCIETY)(cell(row, "nice-name")),
    ...allFound(sources.onsNames, codes).map(as("short", ONS)),
    ...from(sources.deprivation, "ltla24_name").map(as("short", IOD)),
    ...from(sources.education, "la_name").map(as("short", "Department for Education")),
    ...from(sources.localLinks, "name").map(as("alternative", LOCAL_LINKS)),
    ...(welsh === undefined
      ? []
      : ["name-cy", "official-name-cy"].map((column) => as("welsh", REGISTER)(cell(welsh, column)))),
    ...(welsh === undefined || cell(welsh, "name-cy") === ""
      ? []
      : [cell(welsh, "name-cy"), council.short_name].map((place) =>
          as("rule", "rule: class and title")(`Cyngor ${place}`)
        )),
    ...(welsh === undefined
      ? []
      : ["name", "official-name"].map((column) => as("alternative", REGISTER)(cell(welsh, column))))
  ];
}

function aliasName(row: Row, councils: readonly CouncilRecord[], sources: Sources): CouncilNameRecord[] {
  const code = sources.gssOf.get(cell(row, "local-authority-code"));
  if (code === undefined) return []; // a combined authority, or a council without an ONS code
  const council = councils.find(({gss}) => codesOf(gss).includes(code))!;
  const name = cell(row, "la-name").replaceAll("ï¾", ""); // a non-breaking space, read twice in the wrong encoding
  return [{gss: council.gss, name, kind: "alternative", source: MYSOCIETY}];
}

// The registers' map of names uses letter codes that its map of ONS codes does not (ARD is Arun in one, Ards in the
// other), so a group of names belongs to a council only when the names it shares with us all point to that one.
function registerAliases(known: readonly CouncilNameRecord[], sources: Sources): CouncilNameRecord[] {
  const owners = grouped(known, ({name}) => nameKey(name));
  const groups = grouped(sources.registerNames, (row) => cell(row, "local-authority"));
  return [...groups.values()].flatMap((rows) => {
    const names = rows.map((row) => cell(row, "name"));
    const codes = new Set(
      allFound(owners, names.map(nameKey))
        .flat()
        .map(({gss}) => gss)
    );
    const [gss] = codes;
    if (gss === undefined || codes.size > 1) return [];
    return names.map((name) => ({gss, name, kind: "alternative" as const, source: REGISTER}));
  });
}

/** The long forms that a council's own class and title allow, so that "Lichfield City Council", a parish, is not one. */
function ruleNames(council: CouncilRecord, sources: Sources): CouncilNameRecord[] {
  const titles = titlesOf(council, sources);
  const bases = [...new Set([council.short_name, ...titles.map(withoutTitle)])];
  const spelt = [...new Set(bases.flatMap((base) => [base, base.replace(/['’]/g, "")]))];
  const forms = [...spelt.flatMap((base) => longForms(base, council, titles)), ...shortenedForms(council, titles)];
  return [...new Set(forms)].map((name) => ({gss: council.gss, name, kind: "rule", source: "rule: class and title"}));
}

/** "Stoke City Council", "Barrow Borough Council": the first word of a place on a river or coast, only beside the class. */
function shortenedForms(council: CouncilRecord, titles: readonly string[]): string[] {
  const [first, ...rest] = council.short_name.split(/[- ](?:on|in|upon|under)[- ]/);
  if (rest.length === 0) return [];
  const hasClass = new RegExp(
    `^${first} (City|Borough|District|Metropolitan Borough) Council$|^${first} (BC|DC|CC|MBC)$`
  );
  return longForms(first!, council, titles).filter((form) => hasClass.test(form));
}

function titlesOf(council: CouncilRecord, sources: Sources): string[] {
  const links = allFound(sources.localLinks, codesOf(council.gss));
  return [council.name, ...links.map((link) => cell(link, "name"))];
}

/** "City of Bradford Metropolitan District Council" -> "Bradford". */
function withoutTitle(title: string): string {
  return title
    .replace(/^The /, "")
    .replace(/^(London Borough|Royal Borough|Borough Council|Borough|City and County|City|Council) of (the )?/, "")
    .replace(/ (Council|Corporation)$/, "")
    .replace(
      / (City and District|Metropolitan Borough|Metropolitan District|County Borough|Borough|District|City|County)$/,
      ""
    );
}

function longForms(x: string, council: CouncilRecord, titles: readonly string[]): string[] {
  if (council.short_name === "City of London") return CITY_OF_LONDON;
  if (council.class === "london-borough") return londonForms(x, titles);
  const has = (pattern: RegExp) => titles.some((title) => pattern.test(title));
  const isCity = has(/ City Council$|^City of |^City and County of | City and District Council$/);
  const isMetropolitan = council.class === "metropolitan-borough" && (has(/ Metropolitan Borough /) || !isCity);
  const isBorough = has(/ Borough Council$|^Borough |^Royal Borough /) && !has(/ County Borough /) && !isMetropolitan;
  const isDistrict =
    (council.class === "district" && (has(/District/) || !(isCity || isBorough))) ||
    (council.class === "northern-irish" && has(/ District Council$/));
  const isCounty = council.class === "county" || has(/ County Council$/);
  return [
    `${x} Council`,
    ...(isCity ? [`${x} City Council`, `${x} City`, `City of ${x}`, `City of ${x} Council`, `${x} CC`] : []),
    ...(isCity ? [`Council of the City of ${x}`, `City Council of ${x}`] : []),
    ...(has(/^City and County of /) ? [`${x} City and County Council`, `City and County of ${x}`] : []),
    ...(isMetropolitan ? metropolitanForms(x) : []),
    ...(has(/ Metropolitan District /) ? metropolitanDistrictForms(x) : []),
    ...(isBorough
      ? [
          `${x} Borough Council`,
          `${x} Borough`,
          `Borough of ${x}`,
          `Borough Council of ${x}`,
          `Council of the Borough of ${x}`,
          `${x} BC`
        ]
      : []),
    ...(has(/^Royal Borough /) ? [`Royal Borough of ${x}`, `Royal Borough of ${x} Council`] : []),
    ...(isDistrict ? [`${x} District Council`, `${x} District`, `District Council of ${x}`, `${x} DC`] : []),
    ...(isCounty ? [`${x} County Council`, `${x} County`, `County Council of ${x}`, `${x} CC`] : []),
    ...(has(/ County Borough /) ? [`${x} County Borough Council`, `${x} County Borough`, `${x} CBC`] : []),
    ...(council.class === "unitary" ? [`${x} UA`, `${x} Unitary Authority`, `${x} Unitary`] : [])
  ];
}

const CITY_OF_LONDON = [
  "City of London Corporation",
  "Corporation of London",
  "City of London Council",
  "Mayor and Commonalty and Citizens of the City of London",
  "Common Council of the City of London"
];

function metropolitanForms(x: string): string[] {
  const long = [`${x} Metropolitan Borough Council`, `${x} Metropolitan Borough`, `Metropolitan Borough of ${x}`];
  return [
    ...long,
    `Metropolitan Borough Council of ${x}`,
    `${x} Borough Council`,
    `Borough of ${x}`,
    `${x} MBC`,
    `${x} BC`
  ];
}

function metropolitanDistrictForms(x: string): string[] {
  return [
    `${x} Metropolitan District Council`,
    `${x} MDC`,
    `City of ${x} Metropolitan District Council`,
    `City of ${x} MDC`
  ];
}

function londonForms(x: string, titles: readonly string[]): string[] {
  if (titles.some((title) => /^City of /.test(title)))
    return [`${x} Council`, `${x} City Council`, `City of ${x}`, `City of ${x} Council`, `${x} City`];
  const royal = titles.some((title) => title.startsWith("Royal "));
  const kinds = royal ? ["Royal Borough", "London Borough"] : ["London Borough"];
  return [
    ...kinds.flatMap((kind) => [
      `${kind} of ${x}`,
      `${kind} of ${x} Council`,
      `${x} ${kind} Council`,
      `${x} ${kind}`,
      `${kind} ${x}`
    ]),
    ...[`${x} Council`, `${x} Borough Council`, `Borough of ${x}`, `LB ${x}`, `LB of ${x}`, `${x} LB`, `${x} LBC`],
    ...(royal ? [`RB ${x}`, `RB of ${x}`] : [])
  ];
}
