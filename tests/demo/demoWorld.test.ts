import {beforeAll, expect, test} from "vitest";
import {sectorOf} from "../../pipeline/demo/demoReferences.ts";
import {releasePackages} from "../../pipeline/demo/demoReleases.ts";
import {type DemoWorld, demoWorld} from "../../pipeline/demo/demoWorld.ts";

let world: DemoWorld;
beforeAll(() => {
  world = demoWorld(7, 8, 1);
});

test("an invented country has four classes in turn, and two districts in every county", () => {
  expect(world.councils.filter(({tier}) => tier !== "lower")).toHaveLength(8);
  expect(world.councils.filter(({tier}) => tier === "upper")).toHaveLength(2);
  expect(world.councils.filter(({tier}) => tier === "lower")).toHaveLength(4);
});

test("no council of it has a real council's code, and every name says SYNTHETIC", () => {
  for (const {gss, name} of world.councils) {
    expect(gss).toMatch(/^E(06|07|08|09|10)9\d{5}$/);
    expect(name).toMatch(/^SYNTHETIC /);
  }
  expect(new Set(world.councils.map(({gss}) => gss)).size).toBe(world.councils.length);
});

test("counties buy no refuse collection, districts no care", () => {
  const tiersOf = (line: string) =>
    new Set(world.portfolios.filter(({service}) => service.line === line).map(({council}) => council.tier));
  expect(tiersOf("environmental")).toEqual(new Set(["single", "lower"]));
  expect(tiersOf("childrens-social-care")).toEqual(new Set(["single", "upper"]));
});

test("every published contract is released once or, three in a hundred, twice; every title says SYNTHETIC", () => {
  const releases = [...releasePackages(world)].flatMap((text) => JSON.parse(text).releases);
  const contracts = world.portfolios.flatMap(({contracts: all}) => all.filter(({isPublished}) => isPublished)).length;
  const twice = Array.from({length: contracts}, (_, i) => (i + 1) % 100).filter((n) => n >= 5 && n <= 7).length;
  expect(releases).toHaveLength(contracts + twice);
  expect(new Set(releases.map(({ocid}) => ocid)).size).toBe(contracts);
  expect(releases.filter(({tender}) => !tender.title.startsWith("SYNTHETIC: "))).toEqual([]);
});

test("the same seed gives the same country, another seed another", () => {
  const first = (seed: number) => [...releasePackages(demoWorld(seed, 8, 1))].join();
  expect(first(7)).toBe(first(7));
  expect(first(8)).not.toBe(first(7));
});

test("every council has a postcode sector of its own, in areas that do not exist", () => {
  const sectors = Array.from({length: 500}, (_, i) => sectorOf(i));
  expect(new Set(sectors).size).toBe(500);
  expect(sectors.filter((sector) => !/^Q[A-Z]\d\d 1$/.test(sector))).toEqual([]);
});
