import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {publications} from "../../pipeline/discover.ts";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {ROOT} from "./imports.ts";

const all = await publications();
const each = all.map((publication) => [publication.id, publication] as const);
const fixturesOf = (id: string) => join(ROOT, "tests", "fixtures", id);
const SERVICE_LINES =
  "education highways-transport childrens-social-care adult-social-care public-health housing-homelessness cultural environmental planning police fire central-support capital-works other".split(
    " "
  );

test("there are a repeat-demand and a cost indicator", () => {
  const kinds = all.flatMap(({indicators}) => indicators.map(({kind}) => kind));
  expect(kinds).toContain("repeat-demand");
  expect(kinds).toContain("cost");
});

test("no two indicators share an id", () => {
  const ids = all.flatMap(({indicators}) => indicators.map(({id}) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

test.each(each)("%s says who publishes it, where, under which licence, and what it is not", (_id, publication) => {
  expect(publication.page).toMatch(/^https:\/\//);
  expect(publication.attribution).toMatch(/licen[cs]ed? /i);
  expect(publication.indicators.length).toBeGreaterThan(0);
  expect(publication.periods.length).toBeGreaterThan(3);
  expect(publication.nextUpdate.length).toBeGreaterThan(3);
  expect(publication.discovery.start.length).toBeGreaterThan(0);
  expect(publication.traps.length).toBeGreaterThan(2);
  for (const trap of publication.traps) expect(trap).toMatch(/\.$/);
  expect(publication.discovery.notTriedLive).toMatch(/\.$/);
  for (const address of publication.discovery.start.flat()) {
    expect(address).toMatch(/^https:\/\//);
    expect(publication.discovery.hosts, address).toContain(new URL(address).hostname);
  }
  for (const indicator of publication.indicators) {
    expect(indicator.question, indicator.id).toMatch(/\?$/);
    expect(indicator.caveats.length, indicator.id).toBeGreaterThan(0);
    expect(SERVICE_LINES, indicator.id).toContain(indicator.serviceLine);
    expect(indicator.range[0], indicator.id).toBeLessThan(indicator.range[1]);
    for (const caveat of indicator.caveats) expect(caveat, indicator.id).toMatch(/\.$/);
    if (!indicator.interval.startsWith("none")) expect(indicator.per, indicator.id).not.toBeNull();
    if (indicator.unit === "percent" && indicator.per !== null) expect(indicator.per, indicator.id).toBe(100);
    for (const {on} of indicator.breaks ?? []) expect(on, indicator.id).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

test.each(each)(
  "%s reads its recorded files: declared indicators only, a value or a reason in every cell",
  async (id, publication) => {
    expect(existsSync(fixturesOf(id)), `tests/fixtures/${id} holds a recorded file`).toBe(true);
    const declared = new Map(publication.indicators.map((indicator) => [indicator.id, indicator]));
    for (const name of readdirSync(fixturesOf(id))) {
      const file = recognise(readFileSync(join(fixturesOf(id), name)));
      expect(publication.recognises(file), name).toBe(true);
      const observations = await publication.observations(file);
      expect(observations.length, name).toBeGreaterThan(0);
      for (const {indicatorId, gss, value, missingReason, periodStartOn, periodEndOn} of observations) {
        const [min, max] = declared.get(indicatorId)!.range;
        expect(gss).toMatch(/^[ENSW]\d{8}$/);
        expect(periodStartOn < periodEndOn).toBe(true);
        expect((value === null) === (missingReason !== null)).toBe(true);
        if (value !== null && gss !== "E92000001")
          expect(value >= min && value <= max, `${indicatorId} ${value}`).toBe(true);
      }
    }
  }
);

test.each(each)("%s does not take another publication's file for its own", (id, publication) => {
  const others = all.filter((other) => other.id !== id);
  for (const other of others)
    for (const name of readdirSync(fixturesOf(other.id)))
      expect(
        publication.recognises(recognise(readFileSync(join(fixturesOf(other.id), name)))),
        `${other.id}/${name}`
      ).toBe(false);
});
