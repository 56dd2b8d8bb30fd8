import {sorted} from "./councilSources.ts";
import type {CouncilRecord, TierRecord} from "./councils.ts";

// Who runs which service.

const SERVICE_LINES = [
  "education",
  "highways-transport",
  "childrens-social-care",
  "adult-social-care",
  "public-health",
  "housing-homelessness",
  "cultural",
  "environmental",
  "planning",
  "police",
  "fire",
  "central-support",
  "capital-works"
] as const;
type ServiceLine = (typeof SERVICE_LINES)[number];

interface Runner {
  readonly by: string;
  readonly body: string;
  readonly rule: string;
}

const COUNTY_SERVICES: readonly ServiceLine[] = [
  "education",
  "highways-transport",
  "childrens-social-care",
  "adult-social-care",
  "public-health"
];

const SHARED_BY_COUNTY: Partial<Record<ServiceLine, string>> = {
  cultural: "shared: libraries, archives and county museums; its districts run leisure, parks and theatres",
  environmental: "shared: waste disposal and trading standards; its districts collect waste and clean streets",
  planning: "shared: minerals and waste, and county developments; its districts decide the rest"
};

const SHARED_BY_DISTRICT: Partial<Record<ServiceLine, string>> = {
  cultural: "shared: leisure, parks and theatres; the county council runs libraries, archives and county museums",
  environmental: "shared: waste collection, streets and environmental health; the county council disposes of the waste",
  planning: "shared: local plans and applications; the county council plans minerals and waste"
};

// Councils that are the fire and rescue authority themselves cannot be told by class: those in force that reported
// spending on the fire line of the revenue summary (RS) 2017-18. The Isle of Wight did too, and has since joined
// Hampshire in one authority.
const FIRE_COUNTIES = "E10000013 E10000015 E10000019 E10000020 E10000025 E10000029 E10000030 E10000031 E10000032";
const FIRE_UNITARIES = "E06000052 E06000053 E06000057";
const FIRE_COUNCILS = new Set(`${FIRE_COUNTIES} ${FIRE_UNITARIES}`.split(" "));

const ENGLISH_RULE = "class rule: Local Government Act 1972 and successors";
const LONDON_RULE = "class rule: London Government Act 1963 and Greater London Authority Act 1999";
const FIRE_RULE = "class rule: Fire and Rescue Services Act 2004; revenue summary 2017-18, fire line";
const POLICE_RULE = "class rule: Police Reform and Social Responsibility Act 2011";
const SCOTTISH_RULE = "class rule: Local Government etc. (Scotland) Act 1994 and successors";
const WELSH_RULE = "class rule: Local Government (Wales) Act 1994 and successors";
const NORTHERN_IRISH_RULE = "class rule: Local Government Act (Northern Ireland) 2014";

/** One row per council in force and service line. Pure. */
export function listTiers(councils: readonly CouncilRecord[]): TierRecord[] {
  const inForce = sorted(
    councils.filter(({valid_to}) => valid_to === ""),
    ({gss}) => gss
  );
  return inForce.flatMap((council) => SERVICE_LINES.map((line) => tierRow(council, line)));
}

function tierRow(council: CouncilRecord, line: ServiceLine): TierRecord {
  const {by, body, rule} = runnerOf(council, line);
  return {
    gss: council.gss,
    service_line: line,
    run_by: by,
    body_name: body,
    from: council.valid_from,
    to: "",
    source: rule
  };
}

function runnerOf(council: CouncilRecord, line: ServiceLine): Runner {
  if (council.nation === "Scotland") return devolved(council, line, SCOTTISH_BODIES, SCOTTISH_RULE);
  if (council.nation === "Wales") return devolved(council, line, WELSH_BODIES, WELSH_RULE);
  if (council.nation === "Northern Ireland") return devolved(council, line, NORTHERN_IRISH_BODIES, NORTHERN_IRISH_RULE);
  if (line === "police") return policeRunner(council);
  if (line === "fire") return fireRunner(council);
  if (council.class === "county") return countyRunner(council, line);
  if (council.class === "district") return districtRunner(council, line);
  return {by: council.gss, body: "", rule: council.class === "london-borough" ? LONDON_RULE : ENGLISH_RULE};
}

function countyRunner({gss}: CouncilRecord, line: ServiceLine): Runner {
  if (line === "housing-homelessness") return {by: "", body: "its district and borough councils", rule: ENGLISH_RULE};
  return {by: gss, body: SHARED_BY_COUNTY[line] ?? "", rule: ENGLISH_RULE};
}

function districtRunner({gss, county_gss}: CouncilRecord, line: ServiceLine): Runner {
  if (COUNTY_SERVICES.includes(line)) return {by: county_gss, body: "its county council", rule: ENGLISH_RULE};
  return {by: gss, body: SHARED_BY_DISTRICT[line] ?? "", rule: ENGLISH_RULE};
}

function policeRunner(council: CouncilRecord): Runner {
  if (council.short_name === "City of London") return {by: council.gss, body: "", rule: LONDON_RULE};
  const body =
    council.region === "London" ? "Mayor's Office for Policing and Crime" : "police and crime commissioner or mayor";
  return {by: "", body, rule: council.region === "London" ? LONDON_RULE : POLICE_RULE};
}

function fireRunner(council: CouncilRecord): Runner {
  const authority = [council.gss, council.county_gss].find((gss) => FIRE_COUNCILS.has(gss));
  if (authority !== undefined) {
    return {by: authority, body: authority === council.gss ? "" : "its county council", rule: FIRE_RULE};
  }
  const body = council.region === "London" ? "London Fire Commissioner" : "fire and rescue authority";
  return {by: "", body, rule: FIRE_RULE};
}

type Bodies = Partial<Record<ServiceLine, string>>;
const SCOTTISH_BODIES: Bodies = {
  "public-health": "National Health Service boards",
  police: "Police Service of Scotland",
  fire: "Scottish Fire and Rescue Service"
};
const WELSH_BODIES: Bodies = {
  "public-health": "Public Health Wales and the local health boards",
  police: "police and crime commissioner",
  fire: "fire and rescue authority"
};
const NORTHERN_IRISH_BODIES: Bodies = {
  education: "Education Authority",
  "highways-transport": "Department for Infrastructure",
  "childrens-social-care": "health and social care trusts",
  "adult-social-care": "health and social care trusts",
  "public-health": "Public Health Agency",
  "housing-homelessness": "Northern Ireland Housing Executive",
  police: "Police Service of Northern Ireland",
  fire: "Northern Ireland Fire and Rescue Service"
};

function devolved({gss}: CouncilRecord, line: ServiceLine, bodies: Bodies, rule: string): Runner {
  const body = bodies[line];
  return body === undefined ? {by: gss, body: "", rule} : {by: "", body, rule};
}
