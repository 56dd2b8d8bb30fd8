import {distance} from "fastest-levenshtein";
import {type BuyerKind, kindByWords, neverACouncil} from "./bodyKind.ts";
import {anyNamesIn, type CouncilIndex, initialsOf, isTitle, type NameFound, titlesIn} from "./councilNames.ts";
import {nameKey, plainWords} from "./nameKey.ts";

/** A body that a person has looked at: one row of `buyers.csv`, `portals.csv` or `purchasing_bodies.csv`. */
export interface ReviewedBody {
  readonly name: string;
  readonly kind: BuyerKind;
  readonly councils: readonly string[]; // the councils it is, when it is one or several
  readonly isJoint: boolean;
}

/** What buyers' names are read against. */
export interface BuyerWorld {
  readonly index: CouncilIndex;
  readonly reviewed: ReadonlyMap<string, ReviewedBody>; // by `bodyKey`
  readonly officialNames: ReadonlyMap<string, string>; // gss -> official name
  readonly areaOf: ReadonlyMap<string, string>; // gss -> the county over it, else its own code
  readonly partnerships: ReadonlySet<string>; // councils known to buy as one: their codes, sorted, joined by a space
}

/** What the words of a buyer's name say. */
export interface BuyerReading {
  readonly kind: BuyerKind;
  readonly councils: readonly string[]; // codes as named: one, several when joint, none
  readonly isJoint: boolean;
  readonly rule: string;
  readonly isUnsure: boolean; // for the review list
  readonly isReviewed: boolean;
  readonly candidates: readonly string[]; // councils that the name may mean, when only other evidence can tell
}

const reading = (kind: BuyerKind, rule: string, more: Partial<BuyerReading> = {}): BuyerReading => ({
  kind,
  rule,
  councils: [],
  isJoint: false,
  isUnsure: false,
  isReviewed: false,
  candidates: [],
  ...more
});

const council = (gss: string, rule: string, more: Partial<BuyerReading> = {}) =>
  reading("council", rule, {councils: [gss], ...more});

const joint = (codes: readonly string[], rule: string) => {
  const councils = [...new Set(codes)].sort();
  return reading("council", rule, {councils, isJoint: councils.length > 1});
};

/** A body's name without its legal form: "EU SUPPLY LIMITED" and "Eu-Supply Ltd." are one. */
export function bodyKey(name: string): string {
  return nameKey(name).replace(/( (limited|ltd|plc|llp|cic|c i c|cyf|inc))+$/, "");
}

/**
 * What kind of body a buyer's name denotes and, when it is a principal council, which.
 *
 * Rules in order, the first that decides: a person's review; an agent that names its principal; a council's exact name; a
 * council's title inside the name beside words of its departments; a misspelt title; the words of other bodies. The word
 * "council" alone never decides. What could be a council but is not certain is marked for review and has no code.
 *
 * @param name as published, HTML entities decoded
 */
export function readBuyerName(name: string, world: BuyerWorld): BuyerReading {
  const key = nameKey(name);
  if (key === "") return reading("other", "no-name", {isUnsure: true});
  const plain = withCountiesInFull(withoutFormula(name));
  return (
    reviewedBody(name, world) ??
    agent(plain, world) ??
    reviewedBody(withoutBrackets(name), world) ??
    exactName(plain, world) ??
    knownPartnership(plain, world) ??
    titleInside(plain, world) ??
    departmentOfPlace(nameKey(plain), world) ??
    misspeltTitleWord(nameKey(plain), world) ??
    otherBody(key) ??
    initialsAlone(name, world) ??
    misspeltPlace(nameKey(plain), world) ??
    unknownBody(key, world)
  );
}

/** "The Mayor and Burgesses of the London Borough of Brent" is the borough. */
const withoutFormula = (name: string) =>
  name.replace(
    /^\s*(the )?(right worshipful |lord )*mayor,?( aldermen,?)? (and|&) (burgesses|citizens|councillors|commonalty)( and citizens)? of (the )?/i,
    ""
  );

const COUNTIES_IN_SHORT: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "beds bedfordshire berks berkshire bucks buckinghamshire cambs cambridgeshire derbys derbyshire glos gloucestershire hants hampshire herts hertfordshire " +
    "carms carmarthenshire hunts huntingdonshire pembs pembrokeshire " +
    "lancs lancashire leics leicestershire lincs lincolnshire northants northamptonshire notts nottinghamshire oxon oxfordshire staffs staffordshire " +
    "warks warwickshire wilts wiltshire worcs worcestershire yorks yorkshire"
  )
    .split(" ")
    .flatMap((word, i, words) => (i % 2 === 0 ? [[word, words[i + 1]!]] : []))
);

const POINTS_IN_SHORT: Readonly<Record<string, string>> = {
  n: "North",
  s: "South",
  e: "East",
  w: "West",
  ne: "North East",
  nw: "North West",
  se: "South East",
  sw: "South West"
};

/** "N.E. Lincs Council" -> "North East Lincolnshire Council"; only as councils' names are looked for. */
function withCountiesInFull(name: string): string {
  return name
    .replace(/\b([NS])\.? ?([EW])\b\.?/g, "$1$2")
    .replace(
      /\b(NE|NW|SE|SW|N|S|E|W)\b\.?(?=\s+[A-Z][a-z]{3,})/g,
      (point) => POINTS_IN_SHORT[point.replace(".", "").toLowerCase()] ?? point
    )
    .replace(/\b[A-Za-z]{4,9}\b/g, (word) => COUNTIES_IN_SHORT[word.toLowerCase()] ?? word);
}

function reviewedBody(name: string, {reviewed}: BuyerWorld): BuyerReading | null {
  const body = reviewed.get(nameKey(name)) ?? reviewed.get(bodyKey(name));
  if (body === undefined) return null;
  const {kind, councils, isJoint} = body;
  return reading(kind, "reviewed", {councils, isJoint, isReviewed: true});
}

const withoutBrackets = (name: string) => name.replace(/\([^)]*\)/g, " ");

// ------------------------------------------------------------------------------------------------------------ agents

const FOR_ANOTHER = /\b(?:acting )?(?:for and )?on behalf of\b|\bo\/b\/o\b|\bacting (?:as agents? )?for\b/i;
const TRADING_AS = /\bt\/a\b|\btrading as\b/i;
const HOSTED = /\(?\b(?:as )?hosted by\b|\bc\/o\b/i;
// A council that says it buys as the lead of a group buys for the others too, even when it does not name them.
const isLead = (name: string) =>
  /\b(consorti(um|a)|lead (authority|council|partner|buyer|body)|alliance)\b/i.test(name);

/** "A on behalf of B" buys for B; a body hosted by another, or at another's address, is itself. */
function agent(name: string, world: BuyerWorld): BuyerReading | null {
  const [who, forWhom] = splitOnce(name, FOR_ANOTHER);
  if (forWhom !== undefined) return onBehalf(readBuyerName(who!, world), forWhom, world);
  const [, trade] = splitOnce(name, TRADING_AS);
  const trader = trade === undefined ? null : reviewedBody(trade, world);
  if (trader !== null) return trader; // "Leicestershire County Council t/a ESPO"
  const [guest, host] = splitOnce(name, HOSTED);
  if (host === undefined || nameKey(guest!) === "") return null;
  const itself = readBuyerName(guest!, world);
  return itself.kind === "other" && councilsNamed(host, world).length > 0
    ? reading("other", "hosted-by-a-council", {isUnsure: true})
    : itself;
}

function splitOnce(text: string, separator: RegExp): string[] {
  const match = separator.exec(text);
  return match === null ? [text] : [text.slice(0, match.index), text.slice(match.index + match[0].length)];
}

function onBehalf(who: BuyerReading, forWhom: string, world: BuyerWorld): BuyerReading {
  const principal = councilsNamed(forWhom, world);
  if (who.kind === "council") {
    const area = world.areaOf.get(who.councils[0] ?? "");
    const all = [...who.councils, ...principal, ...councilsByInitials(forWhom, area, world)];
    if (new Set(all).size > 1) return joint(all, "council-on-behalf-of-councils");
    const buysForOthers = principal.length === 0 && kindOf(forWhom, world) !== "council";
    return {...who, rule: "council-on-behalf-of-others", isJoint: buysForOthers};
  }
  if (principal.length > 0) return {...joint(principal, "on-behalf-of-council"), kind: "portal-or-agent"};
  const other = kindOf(forWhom, world);
  if (who.kind === "other" && other !== "other") return reading("portal-or-agent", "on-behalf-of-another");
  return who;
}

const kindOf = (name: string, world: BuyerWorld): BuyerKind => {
  const read = nameKey(name) === "" ? null : readBuyerName(name, world);
  return read?.kind ?? "other";
};

function councilsNamed(name: string, world: BuyerWorld): string[] {
  const read = nameKey(name) === "" ? null : readBuyerName(name, world);
  return read?.kind === "council" ? [...read.councils] : placesAlone(nameKey(name), world.index);
}

/** "WFDC / RBC / BDC" beside a named council: initials of councils of the same county, when each fits exactly one. */
function councilsByInitials(text: string, area: string | undefined, {officialNames, areaOf}: BuyerWorld): string[] {
  const initials = (text.match(/\b[A-Z]{2,6}\b/g) ?? []).map((letters) => letters.toLowerCase());
  const near = [...officialNames].filter(([gss]) => area !== undefined && areaOf.get(gss) === area);
  const fits = initials.map((letters) => near.filter(([, official]) => initialsOf(official) === letters));
  return fits.every((found) => found.length === 1) ? fits.map((found) => found[0]![0]) : [];
}

// ------------------------------------------------------------------------------------------------------- exact names

function exactName(name: string, {index}: BuyerWorld): BuyerReading | null {
  const bare = TRADING_AS.test(name) ? name : withoutBrackets(name); // "Kent County Council (t/a LASER)" is its trading arm
  const [first, ...rest] = [name, bare, turnedAround(name), spelledOut(nameKey(name))].map(nameKey);
  const exact = [first!, ...rest].find((key) => index.byKey.has(key));
  if (exact !== undefined)
    return council(index.byKey.get(exact)!, exact === first ? "exact-alias" : "exact-alias-rewritten", {
      isJoint: isLead(name)
    });
  const sharers = index.shared.get(first!);
  if (sharers === undefined) return null;
  return reading("other", "shared-name", {candidates: sharers, isUnsure: true});
}

// Letters that end, or begin, as councils' do: county, city, borough or district council, the borough council of.
const SAYS_COUNCIL = /^[a-z]{2,}([cbd]c|mbc|cbc)$|^bc[a-z]{3,}$/;

/** "NCC", "MK Council": initials may be several councils', so only the notice's own evidence can tell which. */
function initialsAlone(name: string, {officialNames, index}: BuyerWorld): BuyerReading | null {
  const [, written, title] =
    /^\W*([A-Za-z.]{2,9})\W* ?( (?:\w+ )*[Cc]ouncil| BC| DC| CC| CBC| MBC)?\W*$/.exec(name.replace(/^the /i, "")) ?? [];
  if (written === undefined || /[a-z]{2}|^[a-z]|[a-z]$/.test(written)) return null;
  const letters = written.replaceAll(".", "").toLowerCase();
  if (title === undefined && letters.length < 3) return null;
  const initials = (name: string) => initialsOf(title === undefined ? name : placeOf(nameKey(name)));
  const official = [...officialNames].filter(([, name]) => initials(name) === letters).map(([gss]) => gss);
  // Titles that are official no more count against a council, never for it.
  const titled = title === undefined ? (index.initials.get(letters) ?? new Set()) : new Set(official);
  const candidates = [...new Set([...official, ...titled])];
  if (candidates.length === 0) return null;
  const [only] = official;
  const saysCouncil = title === undefined ? SAYS_COUNCIL.test(letters) : letters.length >= 3;
  if (only !== undefined && candidates.length === 1 && titled.has(only) && saysCouncil)
    return council(only, "initials-of-one-council");
  return reading("other", "initials-alone", {candidates, isUnsure: true});
}

/** "Barnet, London Borough of" -> "London Borough of Barnet". */
function turnedAround(name: string): string {
  const [place, title, ...rest] = name.split(",").map((part) => part.trim());
  return rest.length === 0 && title !== undefined && /\b(of|of the)$/i.test(title) ? `${title} ${place}` : name;
}

const SHORT_FOR: readonly (readonly [RegExp, string])[] = [
  [
    /\b(m b c|met bc|mbc council|met borough council|metropolitan bc|metropolitan b c)\b/g,
    "metropolitan borough council"
  ],
  [/\b(m d c|mdc council)\b/g, "metropolitan district council"],
  [/ mc$/g, " metropolitan council"],
  [/\b(l b|lb|lbo) of\b/g, "london borough of"],
  [/\blb\b/g, "london borough of"],
  [/\bl b c?\b/g, "london borough of"],
  [/\brb of\b/g, "royal borough of"],
  [/\b(c b c|cbc council)\b/g, "cbc"],
  [/\b(cncl|ccl|coun|co uncil|councl)\b/g, "council"],
  [/\bco council\b/g, "county council"],
  [/\bdist\b/g, "district"],
  [/\bgt\b/g, "great"],
  [/\b(boro|bor)\b/g, "borough"],
  [/\bmet\b/g, "metropolitan"],
  [/\b(b c)$/g, "borough council"],
  [/\b(c c)$/g, "cc"],
  [/\b(d c)$/g, "district council"],
  [/\bco durham\b/g, "county durham"],
  [/\bsaint (?=\w)/g, "st "]
];

const spelledOut = (key: string) => SHORT_FOR.reduce((text, [short, long]) => text.replace(short, long), key);

// --------------------------------------------------------------------------------------------- titles inside a name

// A council's departments, places of work and accounts. Words beside a council's title that are all among these say nothing
// against it, even where no punctuation sets them apart.
const DEPARTMENT = new Set(
  (
    "a s adult adults centre adoption advice agency and archive archives arts assets audit board business care catering central chief children childrens " +
    "civic cleansing clerk commercial commissioning communities community contract contracts control corporate council councils county court " +
    "culture customer democratic department departments dept development digital direct directorate directorates director districts division e early " +
    "economic education emergency employment energy engineering enterprise environment environmental estates etendering etender executive " +
    "facilities family families finance financial fire fleet for fostering general governance grounds growth gypsy health healthy heritage highway highways " +
    "home homelessness housing hq human ict improvement in information infrastructure inclusion income insurance intelligence internal investment it joint " +
    "landlord law learning legal leisure libraries library licensing lifelong local maintenance major management mayor mayors mbc media " +
    "metropolitan museum museums neighbourhood neighbourhoods of office officer on operations parking parks partnership passenger people peoples performance " +
    "place places planning policy port procurement projects programme property protection provider public purchasing regeneration registration " +
    "regulatory removal repairs rescue resources revenues roads safeguarding safety section sector schools sen send service services shared skills social " +
    "sourcing sport sports stores strategic strategy street streetscene supplies support supporting sustainability system systems team teams technical technology tender " +
    "tendering tenders the theatre tourism town trading traffic transformation transport travel treasury trust unit urban vulnerable waste welfare well " +
    "wellbeing with works young youth hall road streets unitary authority borough city district royal london"
  ).split(" ")
);
DEPARTMENT.delete("trust"); // a trust beside a council's title is another body

// Words that make another body of a name that holds a council's title.
const ANOTHER_BODY: readonly (readonly [BuyerKind, RegExp])[] = [
  ["other", / (pensions?|superannuation|crematorium) /],
  [
    "company",
    / (ltd|limited|llp|plc|cic|inc|holdings|norse|serco|capita|amey|jv) |^ ?t a | t a | (trading as|joint venture) |^ commercials? services /
  ],
  [
    "voluntary",
    /^ (for|of) (the )?(voluntary|volunteer|community|social|mosques|faiths|churches|disabled|homeless|ethnic|racial|christian).* | (friends of|residents|charity|charitable|voluntary (service|services|sector|action)) /
  ],
  [
    "education",
    / (school|academy|academies|college|university|nursery|sixth form|pru|pupil referral) (?!meals|transport|admissions|improvement|catering|crossing|services)/
  ],
  ["nhs", / (nhs|icb|ccg|hospitals?|clinical commissioning|integrated care|health board) /],
  ["police-fire", / (police|constabulary) /],
  ["voluntary", / (unison|gmb|unite|union|social club|sports club|federation|association|credit union) /],
  ["housing-association", / (homes|housing (association|trust|group|company)|tenant management) /],
  ["parish-or-town", / (parish|town) council /],
  ["combined-authority", / combined authority /],
  ["company", / (trust|foundation|group|company) /]
];

interface Word {
  readonly text: string;
  readonly isApart: boolean; // punctuation stands before it
}

const PUNCTUATION = /[,;:|/\\()[\]{}\n\r–—_~*"“”]+|\s-+\s?|\s?-+\s|\.\s/;

function wordsOf(name: string): Word[] {
  return name.split(PUNCTUATION).flatMap((part) =>
    plainWords(part)
      .split(" ")
      .filter((word) => word !== "")
      .map((text, i) => ({text, isApart: i === 0}))
  );
}

const SINGULAR: Readonly<Record<string, string>> = {councils: "council", boroughs: "borough", districts: "district"};

const SHARED_SERVICE = /\b(bi|tri)[- ]?borough\b/i; // of which a name may hold only one in full: "Tri-borough (Westminster, RBKC, H&F)"

/** A council's full title with words around it: a department, an account name, a second council, or another body. */
function titleInside(name: string, world: BuyerWorld): BuyerReading | null {
  const words = wordsOf(name.replace(/^[\s.'"]+/, ""));
  const texts = words.map(({text}) => SINGULAR[text] ?? text);
  const isPlural = words.some(({text}) => text in SINGULAR);
  const titles = titlesIn(texts, world.index);
  if (titles.length === 0) return isPlural ? placesOfPlural(texts, world) : null;
  const codes = new Set(titles.map(({gss}) => gss));
  const around = runsAround(texts, words, titles);
  const other = anotherBody(around, [...codes]);
  if (other !== null) return other;
  const listed = [...codes, ...around.flatMap((run) => placesJoined(run, isPlural, world.index))];
  if (new Set(listed).size > 1) return joint(listed, "councils-named-together");
  if (SHARED_SERVICE.test(name) || titles.some((title) => isAreaOfCouncils(words, title)))
    return reading("other", "councils-of-an-area", {isUnsure: true, isJoint: true});
  const [gss] = codes;
  if (around.some((run) => run.position === "before" && !run.isApart && !isDepartment(run.words, gss!, world.index)))
    return reading("other", "title-after-unknown-words", {isUnsure: true, candidates: [gss!]});
  return council(gss!, around.length === 0 ? "title-repeated" : "title-with-department", {isJoint: isLead(name)});
}

const PARTNERSHIP_WORDS = new Set(
  "alliance better borough boroughs city council councils county district districts joint of partnership service services shared strategic the team working and with".split(
    " "
  )
);

/** "Babergh Mid Suffolk", "Adur and Worthing Shared Services": the places of councils that share their staff, and nothing else. */
function knownPartnership(name: string, world: BuyerWorld): BuyerReading | null {
  const {index, partnerships} = world;
  const words = wordsOf(name).map(({text}) => text);
  const end = words.findLastIndex((word) => !PARTNERSHIP_WORDS.has(word)) + 1;
  const inShort = end === words.length ? null : reviewedBody(words.slice(0, end).join(" "), world);
  if (inShort !== null && inShort.kind === "council" && inShort.isJoint) return {...inShort, rule: "known-partnership"};
  const places = anyNamesIn(words, index);
  const codes = [...new Set(places.map(({gss}) => gss))].sort();
  const rest = words.filter((_, i) => !places.some(({start, end}) => i >= start && i < end));
  if (!partnerships.has(codes.join(" ")) || !rest.every((word) => PARTNERSHIP_WORDS.has(word))) return null;
  return joint(codes, "known-partnership");
}

/** "Kent Councils" are the councils of Kent, not its county council: a place and the plural, without a council's class. */
function isAreaOfCouncils(words: readonly Word[], {start, end}: NameFound): boolean {
  const texts = words.slice(start, end).map(({text}) => text);
  return texts.at(-1) === "councils" && placeOf(texts.slice(0, -1).join(" ")) === texts.slice(0, -1).join(" ");
}

interface Run {
  readonly words: readonly string[];
  readonly isApart: boolean; // punctuation stands between it and the title
  readonly position: "before" | "between" | "after";
}

/** The stretches of words before, between and after the titles. */
function runsAround(texts: readonly string[], words: readonly Word[], titles: readonly NameFound[]): Run[] {
  const edges = [0, ...titles.flatMap(({start, end}) => [start, end]), texts.length];
  const runs: Run[] = [];
  for (let i = 0; i < edges.length; i += 2) {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    if (from >= to) continue;
    const position = i === 0 ? "before" : to === texts.length ? "after" : "between";
    const isApart = position === "before" ? (words[to]?.isApart ?? false) : (words[from]?.isApart ?? false);
    runs.push({words: texts.slice(from, to), isApart, position});
  }
  return runs;
}

function anotherBody(runs: readonly Run[], codes: readonly string[]): BuyerReading | null {
  for (const run of runs) {
    const text = ` ${run.words.join(" ")} `;
    if (run.position === "after" && /^ (for|of) /.test(text) && !isDepartmentText(text))
      return reading(neverACouncil(`council${text.trimEnd()}`)?.kind ?? "voluntary", "council-for-or-of");
    const fits = ANOTHER_BODY.find(([, pattern]) =>
      pattern.test(run.isApart ? text.replace(/ group $|^ commercials? services $/, " ") : text)
    );
    const isJoint = run.position === "after" && run.words[0] === "and";
    if (fits !== undefined)
      return reading(fits[0], "another-body-with-a-councils-title", {
        isUnsure: true,
        isJoint,
        councils: isJoint ? codes : []
      });
  }
  return null;
}

const isDepartmentText = (text: string) =>
  text
    .trim()
    .split(" ")
    .every((word) => DEPARTMENT.has(word));

const isDepartment = (words: readonly string[], gss: string, index: CouncilIndex) =>
  words.every((word) => DEPARTMENT.has(word) || index.byKey.get(word) === gss);

const CONNECTORS = new Set("and with plus the council borough district city county joint of".split(" "));

/** Bare places that a name joins to a council's title: "Babergh and" before "Mid Suffolk District Councils". */
function placesJoined({words, position}: Run, isPlural: boolean, index: CouncilIndex): string[] {
  const places = anyNamesIn(words, index);
  if (places.length === 0) return [];
  const rest = words.filter((_, i) => !places.some(({start, end}) => i >= start && i < end));
  const isList = rest.every((word) => CONNECTORS.has(word));
  const isJoined = rest.some((word) => word === "and" || word === "with" || word === "plus");
  const joins = position === "before" ? isPlural || isJoined : isPlural || (isJoined && words[0] === "and");
  return isList && joins ? places.map(({gss}) => gss) : [];
}

/** "Adur and Worthing Councils", "South Kesteven & Rutland Councils": only places, connectors and the plural. */
function placesOfPlural(texts: readonly string[], world: BuyerWorld): BuyerReading | null {
  const places = anyNamesIn(texts, world.index);
  const rest = texts.filter((_, i) => !places.some(({start, end}) => i >= start && i < end));
  if (places.length < 2 || !rest.includes("council")) return null;
  const isList = rest.every((word) => CONNECTORS.has(word) || DEPARTMENT.has(word));
  return isList
    ? joint(
        places.map(({gss}) => gss),
        "councils-named-together"
      )
    : null;
}

// ------------------------------------------------------------------------------------------ departments of a place

// What only a council runs, in England at least since public health moved to councils in 2013.
const COUNCIL_SERVICES =
  /^(childrens?( s)? (social care |and families )?services?|adult (social care|services)( services)?|social services|trading standards|highways( department| services)?|public health|library service|libraries( and (archives|museums|heritage))?|registration service|council (procurement|housing|tax|services|offices?|e tendering|etendering))$/;

// Names that a college or a force may carry too: enough only when all other words are a council department's.
const ALSO_COMPANIES = /\b(transport|travel|partnership|theatre|energy|media|sports?|arts|agency|enterprise|trading)$/; // "Nottingham City Transport"
const HALF_TITLE = /^ (city|borough|county) of | (city|borough) $/;

/** "Public Health Lincolnshire", "Lincolnshire Trading Standards": a service that only the council of that place runs. */
function departmentOfPlace(key: string, {index}: BuyerWorld): BuyerReading | null {
  const words = key.split(" ");
  const [place, ...more] = anyNamesIn(words, index);
  if (
    place !== undefined &&
    more.length === 0 &&
    neverACouncil(key) === null &&
    HALF_TITLE.test(` ${words.slice(place.start, place.end).join(" ")} `)
  ) {
    const rest = [...words.slice(0, place.start), ...words.slice(place.end)];
    if (rest.every((word) => DEPARTMENT.has(word)) && !ALSO_COMPANIES.test(rest.join(" ")))
      return council(place.gss, "title-with-department");
  }
  for (let cut = 1; cut < words.length; cut += 1) {
    const [head, tail] = [words.slice(0, cut).join(" "), words.slice(cut).join(" ")];
    if (COUNCIL_SERVICES.test(tail) && index.byKey.has(head))
      return council(index.byKey.get(head)!, "council-service-of-place");
    if (COUNCIL_SERVICES.test(head) && index.byKey.has(tail))
      return council(index.byKey.get(tail)!, "council-service-of-place");
  }
  return null;
}

// ------------------------------------------------------------------------------------------------- misspelt titles

const GENERIC = ["council", "borough", "metropolitan", "district", "county", "london", "royal", "city"];
const TITLE_WORDS = new Set([
  ...GENERIC,
  ..."mbc mdc cbc bc cc dc lbc rbc lb unitary authority corporation".split(" ")
]);
const GENERIC_WORDS = new Set(
  [...GENERIC, ..."of the mbc mdc cbc bc cc dc lbc rbc lb unitary authority corporation and".split(" ")].filter(
    (word) => word !== "and"
  )
);

/** A title whose title words are misspelt, or are not the ones its council uses; the place must be exact. */
function misspeltTitleWord(key: string, {index}: BuyerWorld): BuyerReading | null {
  const words = repaired(key);
  if (!hasTitleWord(words)) return null;
  const text = words.join(" ");
  const gss = index.byKey.get(text) ?? anotherTitleForm(words, index);
  if (gss === undefined) return null;
  return council(gss, text === key ? "another-title-form" : "misspelt-title");
}

/** A title with a slip of the keyboard in its place, when it can be only one council's. */
function misspeltPlace(key: string, {index}: BuyerWorld): BuyerReading | null {
  if (/ councils( |$)/.test(key)) return null; // councils of an area, whose name may look like one council's
  const words = repaired(key);
  const near = hasTitleWord(words) ? nearestTitle(words.join(" "), index) : null;
  return near === null ? null : council(near, "misspelt-place");
}

const repaired = (key: string) => spelledOut(key).split(" ").map(nearGeneric);

const hasTitleWord = (words: readonly string[]) =>
  words.some((word) => GENERIC_WORDS.has(word) && !["of", "the", "city", "county", "london", "royal"].includes(word));

/** "brough" -> "borough": a word one or two letters away from a word of council titles. */
function nearGeneric(word: string): string {
  if (word.length < 5 || GENERIC.includes(word) || word === "country" || word === "councils")
    return word === "councils" ? "council" : word;
  const reach = word.length >= 7 ? 2 : 1;
  return GENERIC.find((generic) => generic.length >= 6 && distance(word, generic) <= reach) ?? word;
}

/** A title without its title words: "borough council of kirklees" -> "kirklees". */
const placeOf = (text: string) =>
  text
    .split(" ")
    .filter((word) => !TITLE_WORDS.has(word))
    .join(" ")
    .replace(/^((of|the) )+/, "");

// Cities whose city council is a parish, beside or inside a principal council.
const PARISH_CITIES = new Set("bath chichester durham ely hereford lichfield ripon salisbury truro wells".split(" "));

/** The place with title words that its council does not use: "Thurrock Borough Council", "Cardiff County Council". */
function anotherTitleForm(words: readonly string[], index: CouncilIndex): string | undefined {
  const text = words.join(" ").replace(/\bcity and (county|district)\b/, "city");
  const place = placeOf(text);
  const gss = index.byKey.get(place);
  if (gss === undefined) return undefined;
  const claims = (form: string) => index.byKey.get(`${place} ${form}`) === gss;
  if (words.includes("city") && PARISH_CITIES.has(place)) return undefined;
  // "Leicester County Council" may mean the city's or the shire's.
  if (/\bcounty\b/.test(text) && !claims("county council") && index.byKey.has(`${place}shire`)) return undefined;
  if (/\b(borough|district)\b/.test(text) && claims("county council") && !claims("county borough council"))
    return undefined;
  return gss;
}

const LONG_ENOUGH = 14; // letters of a title
const LONG_PLACE = 10; // letters of a place: shorter ones are too near to names of parishes

/** The one council whose title differs by a slip or two in its place. A place that is known is no slip. */
function nearestTitle(text: string, index: CouncilIndex): string | null {
  const place = placeOf(text);
  if (text.length < LONG_ENOUGH || !isTitle(text)) return null;
  if (index.byKey.has(place) || index.shared.has(place)) return null;
  const isBare = text === `${place} council` && place.length < LONG_PLACE; // parishes call themselves so
  const reach = place.length >= LONG_PLACE ? 2 : 1;
  const near = [...index.titles].filter(([title]) => {
    if (Math.abs(title.length - text.length) > reach || title[0] !== text[0]) return false;
    const slips = distance(title, text);
    const areSwapped = slips === 2 && letters(title) === letters(text); // two letters that changed places are one slip
    return areSwapped || (!isBare && slips <= reach && title.slice(0, 2) === text.slice(0, 2));
  });
  const codes = new Set(near.map(([, gss]) => gss));
  return codes.size === 1 ? [...codes][0]! : null;
}

const letters = (text: string) => [...text].sort().join("");

// ------------------------------------------------------------------------------------------------------ other bodies

function otherBody(key: string): BuyerReading | null {
  const body = neverACouncil(key) ?? (isTitle(key) ? null : kindByWords(key));
  return body === null ? null : reading(body.kind, body.rule);
}

/** A council by name that is no principal council: mostly a parish that calls itself so, sometimes a name nobody has listed. */
function unknownBody(key: string, {index}: BuyerWorld): BuyerReading {
  if (
    / (district|borough|county|metropolitan borough) council$|^(london|royal|metropolitan) borough of /.test(` ${key}`)
  )
    return reading("other", "title-of-no-known-council", {isUnsure: true});
  if (/ council$/.test(key)) return reading("parish-or-town", "council-of-no-known-area", {isUnsure: true});
  const body = kindByWords(key);
  if (body !== null) return reading(body.kind, body.rule);
  return reading("other", "no-rule", {isUnsure: isTitle(key) || isPlacesOnly(key, index)});
}

/** "Rochford and Castle Point": councils' places and nothing else, but no word that they buy. */
const isPlacesOnly = (key: string, index: CouncilIndex): boolean => placesAlone(key, index).length > 1;

/** Several councils' places with nothing but connecting words between them; none when anything else stands there. */
function placesAlone(key: string, index: CouncilIndex): string[] {
  const words = key.split(" ");
  const places = anyNamesIn(words, index);
  const rest = words.filter((_, i) => !places.some(({start, end}) => i >= start && i < end));
  return places.length > 1 && rest.every((word) => CONNECTORS.has(word)) ? places.map(({gss}) => gss) : [];
}
