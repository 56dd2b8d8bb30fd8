import {readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import {describe, expect, test} from "vitest";
import type {CouncilRecord, SuccessionRecord} from "../../pipeline/references/councils.ts";

const table = <T>(name: string): T[] =>
  parse(readFileSync(`data/reference/${name}.csv`, "utf8"), {columns: true}) as T[];
const councils = table<CouncilRecord>("councils");
const byCode = new Map(councils.map((council) => [council.gss, council]));
const inForce = councils.filter(({valid_to}) => valid_to === "");

describe("postcode_sectors.csv", () => {
  const sectors = table<{sector: string; gss: string; share_pct: string}>("postcode_sectors");
  const of = (sector: string) => sectors.find((row) => row.sector === sector);

  test("12,258 sectors, each once, each with a council and a share", () => {
    expect(new Set(sectors.map(({sector}) => sector)).size).toBe(12_258);
    expect(sectors.length).toBe(12_258);
    expect(sectors.filter(({sector}) => !/^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9]$/.test(sector))).toEqual([]);
    expect(sectors.filter(({gss}) => !byCode.has(gss))).toEqual([]);
    expect(sectors.filter(({share_pct}) => !(Number(share_pct) > 0 && Number(share_pct) <= 100))).toEqual([]);
  });

  test("9,229 lie at least 99 per cent in one council, and 743 have their largest below 80", () => {
    expect(sectors.filter(({share_pct}) => Number(share_pct) >= 99).length).toBe(9_229);
    expect(sectors.filter(({share_pct}) => Number(share_pct) < 80).length).toBe(743);
  });

  test("the sector of Leeds's civic hall is in Leeds", () => {
    expect(of("LS1 1")).toMatchObject({gss: "E08000035", share_pct: "100"});
  });
});

describe("council_places.csv", () => {
  const places = table<{gss: string; latitude: string; longitude: string; combined_gss: string}>("council_places");

  test("every council in force has a centroid in the United Kingdom", () => {
    const placed = new Map(places.map((place) => [place.gss, place]));
    expect(inForce.filter(({gss}) => !placed.has(gss)).map(({name}) => name)).toEqual([]);
    for (const {latitude, longitude, gss} of places) {
      expect(Number(latitude) > 49 && Number(latitude) < 61, gss).toBe(true);
      expect(Number(longitude) > -9 && Number(longitude) < 2, gss).toBe(true);
    }
  });

  test("ten councils make up Greater Manchester, thirty-three London, four South Yorkshire under both their codes", () => {
    const members = (combined: string) => places.filter((place) => place.combined_gss === combined).map(({gss}) => gss);
    expect(members("E47000001").length).toBe(10);
    expect(members("E61000001").length).toBe(33);
    expect(members("E47000002").filter((gss) => byCode.get(gss)!.valid_to === "").length).toBe(4);
  });
});

describe("council_identifiers.csv", () => {
  const identifiers = table<{scheme: string; identifier: string; gss: string}>("council_identifiers");
  const of = (scheme: string, identifier: string) =>
    identifiers.filter((row) => row.scheme === scheme && row.identifier === identifier).map(({gss}) => gss);

  test("an identifier is one council's, under its code of today", () => {
    expect(of("GB-LAE", "BIR")).toEqual(["E08000025"]);
    expect(of("GB-LAE", "BNS")).toEqual(["E08000038"]); // Barnsley, recoded in 2025
    const keys = identifiers.map(({scheme, identifier}) => `${scheme} ${identifier}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(identifiers.filter(({gss}) => !byCode.has(gss))).toEqual([]);
  });

  test("a code that means Arun in one register and Ards in another is not mixed up", () => {
    expect(of("GB-LAE", "ARU")).toEqual(["E07000224"]);
    expect(of("GB-LAE", "ARD")).toEqual([]);
  });
});

describe("neighbours.csv", () => {
  const sets = table<{set_id: string; gss: string; neighbours: string}>("neighbours");
  const of = (set: string, gss: string) =>
    sets.find((row) => row.set_id === set && row.gss === gss)!.neighbours.split(" ");

  test("a neighbour is of the same tier and nation, in force, and another council", () => {
    for (const {gss, neighbours} of sets)
      for (const other of neighbours.split(" ").filter((code) => code !== "")) {
        const [self, near] = [byCode.get(gss)!, byCode.get(other)!];
        expect([near.tier, near.nation, near.valid_to], `${gss} ${other}`).toEqual([self.tier, self.nation, ""]);
        expect(other).not.toBe(gss);
      }
  });

  test("the nearest to Middlesbrough is Newcastle upon Tyne, as ONS publishes it; the second, Preston, is a district and left out", () => {
    expect(of("ons-global", "E06000002").slice(0, 2)).toEqual(["E08000021", "E08000031"]);
  });

  test("the nearest to Barking and Dagenham in children's services is number 308, Enfield", () => {
    expect(of("dfe-children", "E09000002")[0]).toBe("E09000010");
  });
});

describe("announced_changes.csv", () => {
  const announced = table<{gss: string; changes_on: string; successor: string; source: string}>("announced_changes");
  const succession = table<SuccessionRecord>("succession");

  test("Surrey and its eleven districts change in 2027, every other county and district in 2028, and nobody else", () => {
    const on = (day: string) => announced.filter(({changes_on}) => changes_on === day);
    expect(on("2027-04-01").length).toBe(12);
    const twoTier = inForce.filter(({tier}) => tier !== "single");
    expect(on("2028-04-01").length).toBe(twoTier.length - 12);
    expect(announced.filter(({source}) => source === "")).toEqual([]);
  });

  test("Guildford goes to West Surrey and Tandridge to East Surrey; the county is split", () => {
    const successor = (gss: string) => announced.find((row) => row.gss === gss)?.successor;
    expect(successor("E07000209")).toBe("West Surrey");
    expect(successor("E07000215")).toBe("East Surrey");
    expect(successor("E10000030")).toBe("East Surrey; West Surrey");
  });

  test("none of it is in the succession before its day", () => {
    expect(succession.filter(({changed_on}) => changed_on > "2026-01-01")).toEqual([]);
  });
});
