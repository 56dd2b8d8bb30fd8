import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {registers} from "../../pipeline/discover.ts";
import {parse} from "../../pipeline/warehouse/ingest.ts";
import {ROOT} from "./imports.ts";

const all = await registers();
const fixturesOf = (id: string) => join(ROOT, "tests", "fixtures", id);
const archived = (id: string, bytes: Uint8Array) => ({
  source: id,
  sha256: "0".repeat(64),
  bytes: bytes.length,
  origin: "fixture",
  received_at: "2025-01-01T00:00:00Z",
  about: {gss: "E99999999", name: "SYNTHETIC Council"}
});

test("there is at least one register", () => {
  expect(all.length).toBeGreaterThan(0);
});

test.each(all.map((register) => [register.id, register] as const))(
  "%s says who publishes it, under which licence, and what to beware of",
  (_id, register) => {
    expect(register.title.length).toBeGreaterThan(3);
    expect(register.publisher.length).toBeGreaterThan(3);
    expect(register.documentation).toMatch(/^https:\/\//);
    expect(register.attribution).toMatch(/licen[cs]ed? /i);
    expect(register.publishedSince).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(register.caveats.length).toBeGreaterThan(0);
    for (const caveat of register.caveats) expect(caveat).toMatch(/\.$/);
  }
);

test.each(all.map((register) => [register.id, register] as const))(
  "%s says how fast and in which pieces it is asked, and what of that has never been tried live",
  (_id, {live, bulk, mirror}) => {
    for (const channel of [live, bulk, mirror].filter((one) => one !== undefined)) {
      if (channel.paging.kind !== "crawl") expect(channel.base).toMatch(/^https:\/\/[^/]+$/);
      expect(channel.pace.secondsBetween).toBeGreaterThanOrEqual(1);
      expect(channel.pace.because).toMatch(/\.$/);
      expect(channel.notTriedLive).toMatch(/\.$/);
    }
  }
);

test.each(all.map((register) => [register.id, register] as const))(
  "%s reads every recorded page: all releases good, none lost",
  async (id, register) => {
    expect(existsSync(fixturesOf(id)), `tests/fixtures/${id} holds at least one recorded page`).toBe(true);
    for (const name of readdirSync(fixturesOf(id))) {
      const bytes = readFileSync(join(fixturesOf(id), name));
      const {staged, rejected, problem} = await parse({register}, archived(id, bytes), bytes);
      expect({name, rejected, problem}).toEqual({name, rejected: 0, problem: null});
      expect(staged).toBeGreaterThan(0);
    }
  }
);

test.each(all.map((register) => [register.id, register] as const))(
  "%s refuses a page that is not what it promises, rather than reading no contracts from it",
  async (id, register) => {
    for (const page of [
      '{"message":"We are down for maintenance"}',
      "<html></html>",
      "",
      '{"code":"ValidationError","errors":3200}'
    ]) {
      const bytes = new TextEncoder().encode(page);
      const {problem, staged} = await parse({register}, archived(id, bytes), bytes);
      expect({page, staged, refused: problem !== null}).toEqual({page, staged: 0, refused: true});
    }
  }
);
