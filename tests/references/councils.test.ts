import {existsSync, readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import {describe, expect, test} from "vitest";
import {nameKey} from "../../pipeline/geography/nameKey.ts";
import {
  buildCouncilReference,
  type CouncilNameRecord,
  type CouncilRecord,
  councilReferenceFiles,
  type SuccessionRecord,
  type TierRecord
} from "../../pipeline/references/councils.ts";

const readTable = <T>(name: string): T[] =>
  parse(readFileSync(`data/reference/${name}`, "utf8"), {columns: true}) as T[];
const councils = readTable<CouncilRecord>("councils.csv");
const names = readTable<CouncilNameRecord>("council_names.csv");
const succession = readTable<SuccessionRecord>("succession.csv");
const tiers = readTable<TierRecord>("tiers.csv");

const inForce = councils.filter(({valid_to}) => valid_to === "");
const ended = councils.filter(({valid_to}) => valid_to !== "");
const byCode = new Map(councils.map((council) => [council.gss, council]));
const council = (gss: string) => byCode.get(gss)!;
const holders = new Map<string, string[]>();
for (const {gss, name} of names) holders.set(nameKey(name), [...(holders.get(nameKey(name)) ?? []), gss]);
const heldBy = (name: string) => holders.get(nameKey(name)) ?? [];

describe("councils.csv", () => {
  test("317 English councils are in force: 21 counties and 296 districts, unitaries and boroughs", () => {
    const english = inForce.filter(({nation}) => nation === "England");
    const count = (name: string) => english.filter((row) => row.class === name).length;
    expect(count("county")).toBe(21);
    expect(count("district") + count("unitary") + count("metropolitan-borough") + count("london-borough")).toBe(296);
    expect([count("district"), count("unitary"), count("metropolitan-borough"), count("london-borough")]).toEqual([
      164,
      63, // with the Isles of Scilly
      36,
      33 // with the City of London
    ]);
  });

  test("32 Scottish, 22 Welsh and 11 Northern Irish councils are in force", () => {
    const count = (nation: string) => inForce.filter((row) => row.nation === nation).length;
    expect([count("Scotland"), count("Wales"), count("Northern Ireland")]).toEqual([32, 22, 11]);
  });

  test("no combined authority and no Greater London Authority is among them", () => {
    expect(councils.filter(({gss}) => !/^((E0[6-9]|E10|S12|W06|N09)\d{6}|95[A-Z])$/.test(gss))).toEqual([]);
  });

  test("Barnsley and Sheffield are in force under their codes of 2025, with what was known under the old", () => {
    for (const [before, after] of [["E08000016", "E08000038"] as const, ["E08000019", "E08000039"] as const]) {
      expect(council(before)).toMatchObject({valid_to: "2025-03-31", successor_gss: after});
      expect(council(after)).toMatchObject({valid_from: "2025-04-01", valid_to: ""});
      expect(council(after).imd_score).toBe(council(before).imd_score);
      expect(council(after).population).toBe(council(before).population);
    }
  });

  test("an end is the last day, whichever convention its source used", () => {
    expect(council("E10000009").valid_to).toBe("2019-03-31"); // published as 2019-03-31
    expect(council("E10000006").valid_to).toBe("2023-03-31"); // published as 2023-04-01
    expect(ended.filter(({nation, valid_to}) => nation === "England" && !valid_to.endsWith("-03-31"))).toEqual([]);
  });

  test("a year that a spreadsheet read as a day number is not a first day", () => {
    expect(councils.filter(({valid_from}) => /^(19|20)05-/.test(valid_from))).toEqual([]);
    expect(council("S12000033").valid_from).toBe("1996-04-01");
  });

  test("codes are unique, and so are slugs; a council in force has the plain slug", () => {
    expect(new Set(councils.map(({gss}) => gss)).size).toBe(councils.length);
    expect(new Set(councils.map(({slug}) => slug)).size).toBe(councils.length);
    expect(councils.filter(({slug}) => !/^[a-z]+(-[a-z0-9]+)*$/.test(slug))).toEqual([]);
    expect(council("E08000035").slug).toBe("leeds");
    expect(inForce.filter(({slug}) => slug.includes("until"))).toEqual([]);
  });

  test("every district has a county council, in force if the district is", () => {
    for (const district of councils.filter(({tier}) => tier === "lower")) {
      const county = council(district.county_gss);
      expect(county, district.name).toMatchObject({class: "county"});
      expect(county.valid_to === "" || district.valid_to !== "", district.name).toBe(true);
    }
    expect(councils.filter(({tier, county_gss}) => tier !== "lower" && county_gss !== "")).toEqual([]);
  });

  test("44 English councils ended on 31 March 2009: seven counties and their 37 districts, which nine councils followed", () => {
    const of2009 = ended.filter(
      ({nation, valid_to, gss}) => nation === "England" && valid_to === "2009-03-31" && gss !== "E07000025"
    );
    expect(of2009.length).toBe(44);
    const counties = of2009.filter((row) => row.class === "county");
    expect(counties.map(({name}) => name.replace(" County Council", "")).sort()).toEqual([
      "Bedfordshire",
      "Cheshire",
      "Cornwall",
      "Durham",
      "Northumberland",
      "Shropshire",
      "Wiltshire"
    ]);
    const districts = (county: string) =>
      of2009.filter(({county_gss}) => council(county_gss)?.name.startsWith(county)).length;
    expect(
      ["Bedfordshire", "Cheshire", "Cornwall", "Durham", "Northumberland", "Shropshire", "Wiltshire"].map(districts)
    ).toEqual([3, 6, 6, 7, 6, 5, 4]);
    const followed = new Set(of2009.flatMap(({successor_gss}) => successor_gss.split(" ")));
    expect([...followed].sort()).toEqual([
      "E06000047",
      "E06000048",
      "E06000049",
      "E06000050",
      "E06000051",
      "E06000052",
      "E06000054",
      "E06000055",
      "E06000056"
    ]);
  });

  test("the codes of 2009 fill the gaps that the order of names leaves: a district stands between its neighbours in the alphabet", () => {
    const names2009 = councils
      .filter(({gss}) => gss >= "E07000013" && gss <= "E07000024")
      .map(({short_name}) => short_name);
    expect(names2009).toEqual([
      "Chester",
      "Congleton",
      "Crewe and Nantwich",
      "Ellesmere Port and Neston",
      "Macclesfield",
      "Vale Royal",
      "Caradon",
      "Carrick",
      "Kerrier",
      "North Cornwall",
      "Penwith",
      "Restormel"
    ]);
  });

  test("26 councils of Northern Ireland ended on 31 March 2015, and eleven followed", () => {
    const before = ended.filter(({nation}) => nation === "Northern Ireland");
    expect(before.map(({gss}) => gss)).toEqual([..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `95${letter}`));
    expect(new Set(before.map(({valid_to}) => valid_to))).toEqual(new Set(["2015-03-31"]));
    const followed = new Set(before.flatMap(({successor_gss}) => successor_gss.split(" ")));
    expect([...followed].sort()).toEqual(
      inForce.filter(({nation}) => nation === "Northern Ireland").map(({gss}) => gss)
    );
  });

  test("Powys, Merthyr Tydfil and the Isles of Scilly are the same councils under codes of 2009", () => {
    for (const [before, after] of [
      ["W06000007", "W06000023"],
      ["W06000017", "W06000024"],
      ["E07000025", "E06000053"]
    ] as const)
      expect(council(before)).toMatchObject({valid_to: "2009-03-31", successor_gss: after, name: council(after).name});
  });

  test("Forest Heath was in Suffolk, not in Surrey", () => {
    expect(council("E07000201").county_gss).toBe("E10000029");
  });

  test("every council that ended names successors that are councils; none in force does", () => {
    expect(ended.flatMap(({successor_gss}) => successor_gss.split(" ")).filter((gss) => !byCode.has(gss))).toEqual([]);
    expect(inForce.filter(({successor_gss}) => successor_gss !== "")).toEqual([]);
  });

  test("a county's residents are those of its districts", () => {
    for (const county of inForce.filter((row) => row.class === "county")) {
      const districts = inForce.filter(({county_gss}) => county_gss === county.gss);
      const sum = districts.reduce((total, {population}) => total + Number(population), 0);
      expect(sum, county.name).toBe(Number(county.population));
    }
  });

  test("a council that ended before mid-2020 has no residents of mid-2020", () => {
    expect(ended.filter((row) => row.valid_to < "2020-06-30" && row.population !== "")).toEqual([]);
    expect(councils.filter((row) => (row.population === "") !== (row.population_on === ""))).toEqual([]);
  });

  test("deprivation is English only, and a county lies between its least and most deprived district", () => {
    expect(councils.filter(({nation, imd_score}) => nation !== "England" && imd_score !== "")).toEqual([]);
    for (const county of inForce.filter((row) => row.class === "county")) {
      const scores = inForce
        .filter(({county_gss}) => county_gss === county.gss)
        .map(({imd_score}) => Number(imd_score));
      expect(Number(county.imd_score), county.name).toBeGreaterThan(Math.min(...scores));
      expect(Number(county.imd_score), county.name).toBeLessThan(Math.max(...scores));
      expect(county.source).toContain("mean of its districts");
    }
  });

  test("a merged council's rural share is that of its parts together, in people", () => {
    // Bournemouth 139 of 183,491, Poole 236 of 147,645, Christchurch 669 of 47,752: 1,044 of 378,888.
    expect(council("E06000058").rural_pct).toBe("0.3");
  });

  test("region and nation are known for all", () => {
    expect(councils.filter(({region, nation}) => region === "" || nation === "")).toEqual([]);
  });
});

describe("council_names.csv", () => {
  test("no name, once normalised, belongs to two councils", () => {
    expect([...holders].filter(([, codes]) => codes.length > 1)).toEqual([]);
  });

  test("every council answers to its official name, a recoded one under today's code", () => {
    const recoded = new Set(succession.filter(({kind}) => kind === "recode").map(({gss_from}) => gss_from));
    const namesakes = new Set(["E10000010", "E10000022", "E07000002", "95Z"]); // followed by a council of the same name
    const parish = "E07000056"; // Durham City Council: see below
    for (const {gss, name} of councils.filter((row) => ![...recoded, ...namesakes, parish].includes(row.gss)))
      expect(heldBy(name)).toEqual([gss]);
    for (const gss of namesakes) expect(inForce.map((row) => row.gss)).toContain(heldBy(council(gss).name)[0]);
    expect(
      names.filter(({gss}) => recoded.has(gss) || (namesakes.has(gss) && heldBy(council(gss).name)[0] === gss))
    ).toEqual([]);
  });

  test("a council that ended in 2009 or 2015 answers to its titles, never to its bare place", () => {
    expect(heldBy("Macclesfield Borough Council")).toEqual(["E07000017"]);
    expect(heldBy("Alnwick DC")).toEqual(["E07000157"]);
    expect(heldBy("Cheshire CC")).toEqual(["E10000004"]);
    expect(heldBy("Newtownabbey BC")).toEqual(["95U"]);
    expect(heldBy("Durham County Council")).toEqual(["E06000047"]);
    expect(heldBy("Belfast City Council")).toEqual(["N09000003"]);
    for (const place of ["Down", "Chester", "Carrick", "Salisbury", "Salisbury Council", "Congleton Council"])
      expect(heldBy(place)).toEqual([]);
  });

  test("the council renamed in 2016 answers to both its names", () => {
    for (const name of ["Armagh City, Banbridge and Craigavon Borough Council", "Armagh, Banbridge and Craigavon"])
      expect(heldBy(name)).toEqual(["N09000002"]);
  });

  test("a name that an old county shares with a new council belongs to neither; the long names tell them apart", () => {
    for (const name of ["Dorset", "Somerset", "North Yorkshire", "Buckinghamshire"]) expect(heldBy(name)).toEqual([]);
    expect(heldBy("Dorset County Council")).toEqual(["E10000009"]);
    expect(heldBy("Dorset Council")).toEqual(["E06000059"]);
    expect(heldBy("North Yorkshire County Council")).toEqual(["E10000023"]);
    expect(heldBy("North Yorkshire Council")).toEqual(["E06000065"]);
  });

  test("names that are also another area's are left out", () => {
    for (const name of ["Bedford", "Durham", "Lincoln", "Newcastle", "Eden"]) expect(heldBy(name)).toEqual([]);
  });

  test("a name of a parish or town council is nobody's", () => {
    expect(names.filter(({name}) => /\b(town|parish|community) council\b/i.test(name))).toEqual([]);
    // Cities whose city council is a parish, inside a district or unitary.
    for (const city of [
      "Lichfield",
      "Chichester",
      "Hereford",
      "Wells",
      "Ripon",
      "Salisbury",
      "Truro",
      "Ely",
      "Durham"
    ]) {
      expect(heldBy(`${city} City Council`), city).toEqual([]);
    }
  });

  test("long forms are there, whatever the spelling of a buyer", () => {
    expect(heldBy("LB Camden")).toEqual(["E09000007"]);
    expect(heldBy("Camden London Borough Council")).toEqual(["E09000007"]);
    expect(heldBy("THE ROYAL BOROUGH OF KENSINGTON & CHELSEA")).toEqual(["E09000020"]);
    expect(heldBy("Borough Council of King’s Lynn & West Norfolk")).toEqual(["E07000146"]);
    expect(heldBy("Bury MBC")).toEqual(["E08000002"]);
    expect(heldBy("Boston BC")).toEqual(["E07000136"]);
    expect(heldBy("Slough UA")).toEqual(["E06000039"]);
    expect(heldBy("Kent CC")).toEqual(["E10000016"]);
    expect(heldBy("Lincoln City")).toEqual(["E07000138"]);
    expect(heldBy("Cyngor Sir Ynys Mon")).toEqual(heldBy("Isle of Anglesey County Council"));
  });

  test("every name is of a council in the table", () => {
    expect(names.filter(({gss}) => !byCode.has(gss))).toEqual([]);
  });
});

describe("succession.csv", () => {
  test("it says what councils.csv says, pair by pair", () => {
    const pairs = ended.flatMap(({gss, successor_gss}) => successor_gss.split(" ").map((to) => `${gss} ${to}`));
    expect(succession.map(({gss_from, gss_to}) => `${gss_from} ${gss_to}`).sort()).toEqual(pairs.sort());
  });

  test("a successor starts on the day after the last day, where its own first day is known", () => {
    for (const {gss_from, gss_to, changed_on} of succession) {
      expect(Date.parse(changed_on) - Date.parse(council(gss_from).valid_to), gss_from).toBe(86_400_000);
      expect([changed_on, ""], gss_to).toContain(council(gss_to).valid_from);
    }
  });

  test("Bedfordshire, Cheshire, Cumbria and Northamptonshire are splits, four lost parts, all others go to one council", () => {
    const from = (kind: string) => succession.filter((row) => row.kind === kind).map(({gss_from}) => gss_from);
    expect([...new Set(from("split"))]).toEqual(["E10000001", "E10000004", "E10000006", "E10000021"]);
    expect(from("split").length).toBe(8);
    const of = (kind: string) =>
      succession.filter((row) => row.kind === kind).map(({gss_from, gss_to}) => `${gss_from} ${gss_to}`);
    const toBelfast = ["95S", "95W", "95Y"]; // Lisburn, North Down, Castlereagh
    expect(of("remainder")).toEqual([
      "95S N09000007",
      "95W N09000011",
      "95Y N09000007",
      "E10000009 E06000059" // Dorset answers for what the county bought
    ]);
    expect(of("partial")).toEqual([
      ...toBelfast.map((gss) => `${gss} N09000003`),
      "E10000009 E06000058" // Christchurch left for Bournemouth and Poole
    ]);
    expect(new Set([...from("merger"), ...from("recode")]).size).toBe(from("merger").length + from("recode").length);
  });
});

describe("tiers.csv", () => {
  const runs = (gss: string, line: string) => tiers.find((row) => row.gss === gss && row.service_line === line)!;

  test("every council in force has one row for each of 13 service lines", () => {
    expect(tiers.length).toBe(inForce.length * 13);
    expect(new Set(tiers.map(({gss, service_line}) => `${gss} ${service_line}`)).size).toBe(tiers.length);
  });

  test("who runs a service is a council in force, or a body with a name", () => {
    const codes = new Set(inForce.map(({gss}) => gss));
    expect(tiers.filter(({run_by}) => run_by !== "" && !codes.has(run_by))).toEqual([]);
    expect(tiers.filter(({run_by, body_name}) => run_by === "" && body_name === "")).toEqual([]);
    expect(tiers.filter(({source}) => !source.startsWith("class rule: "))).toEqual([]);
  });

  test("in a district the county runs social care, in a unitary the council does", () => {
    expect(runs("E07000138", "adult-social-care").run_by).toBe("E10000019"); // Lincoln, Lincolnshire
    expect(runs("E06000066", "adult-social-care").run_by).toBe("E06000066"); // Somerset
  });

  test("in a county the districts house the homeless, and three services are shared", () => {
    expect(runs("E10000016", "housing-homelessness")).toMatchObject({
      run_by: "",
      body_name: "its district and borough councils"
    });
    for (const line of ["cultural", "environmental", "planning"]) {
      expect(runs("E10000016", line)).toMatchObject({
        run_by: "E10000016",
        body_name: expect.stringMatching(/^shared: /)
      });
      expect(runs("E07000106", line)).toMatchObject({
        run_by: "E07000106",
        body_name: expect.stringMatching(/^shared: /)
      });
    }
  });

  test("fire is the county's in Oxfordshire and its districts, and another body's in Kent", () => {
    expect(runs("E10000025", "fire").run_by).toBe("E10000025");
    expect(runs("E07000178", "fire").run_by).toBe("E10000025");
    expect(runs("E10000016", "fire").run_by).toBe("");
  });

  test("a Northern Irish council runs neither schools nor social care", () => {
    expect(runs("N09000003", "education").run_by).toBe("");
    expect(runs("N09000003", "adult-social-care").run_by).toBe("");
  });
});

const sourceFolder = "../shared/data/geography";
const here = existsSync(sourceFolder);
const titled = (title: string) => (here ? title : `${title} (skipped: ${sourceFolder} is not there)`);

describe.skipIf(!here)(titled("against the source files"), () => {
  test("a rebuild gives the committed files, byte for byte", async () => {
    const rebuilt = councilReferenceFiles(await buildCouncilReference(sourceFolder));
    for (const [name, text] of Object.entries(rebuilt)) {
      expect(readFileSync(`data/reference/${name}`, "utf8") === text, `${name} differs from a rebuild`).toBe(true);
    }
  });

  test("the councils below county level are those of a map drawn by someone else in 2023", () => {
    const map = JSON.parse(
      readFileSync(`${sourceFolder}/odileeds-hexmaps/uk-local-authority-districts-2023.hexjson`, "utf8")
    );
    const recoded = new Map(succession.filter(({kind}) => kind === "recode").map((row) => [row.gss_from, row.gss_to]));
    const drawn = Object.keys(map.hexes).map((gss) => recoded.get(gss) ?? gss);
    const ours = inForce.filter(({tier}) => tier !== "upper").map(({gss}) => gss);
    expect(drawn.sort()).toEqual(ours.sort());
  });

  test("the councils of Northern Ireland until 2015 are those of the source, under the codes of its column snac", () => {
    const file = `${sourceFolder}/mysociety-la-names/uk_local_authorities_current.csv`;
    const rows: Record<string, string>[] = parse(readFileSync(file, "utf8"), {columns: true, bom: true});
    const listed = rows
      .filter((row) => /^95[A-Z]$/.test(row.snac!))
      .map((row) => `${row.snac} ${row["official-name"]} ${row["end-date"] || "2015-03-31"}`); // Belfast's row goes on
    const ours = ended
      .filter(({gss}) => /^95[A-Z]$/.test(gss))
      .map(({gss, name, valid_to}) => `${gss} ${name} ${valid_to}`);
    expect(ours.sort()).toEqual(listed.sort());
  });

  test("every district in force and its county are a pair of the ONS lookup of April 2023", () => {
    const file = `${sourceFolder}/dfe-csc-outcomes-enablers/LTLA-UTLA_Apr23_Lookup_England-Wales.csv`;
    const rows: Record<string, string>[] = parse(readFileSync(file, "utf8"), {columns: true, bom: true});
    const pairs = rows
      .filter(({UTLA23CD}) => UTLA23CD!.startsWith("E10"))
      .map((row) => `${row.LTLA23CD} ${row.UTLA23CD}`);
    const ours = inForce.filter(({tier}) => tier === "lower").map(({gss, county_gss}) => `${gss} ${county_gss}`);
    expect(ours.sort()).toEqual(pairs.sort());
  });
});
