import {readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import {expect, test} from "vitest";
import type {CouncilRecord} from "../../pipeline/references/councils.ts";

interface Body {
  readonly name: string;
  readonly acts_for_gss: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly owned_by: string;
  readonly source: string;
}

const table = <T>(name: string): T[] =>
  parse(readFileSync(`data/reference/${name}.csv`, "utf8"), {columns: true}) as T[];
const bodies = table<Body>("delivery_bodies");
const councils = new Map(table<CouncilRecord>("councils").map((council) => [council.gss, council]));
const on = (name: string, day: string) =>
  bodies.filter(
    (body) => body.name === name && body.valid_from <= day && (body.valid_to === "" || day <= body.valid_to)
  );

test("every body acts for councils that were in force, says who owns it, and where that can be read", () => {
  for (const {name, acts_for_gss, valid_from, valid_to, owned_by, source} of bodies) {
    for (const gss of acts_for_gss.split(" ")) {
      const council = councils.get(gss);
      expect(council, `${name}: ${gss}`).toBeDefined();
      expect(council!.valid_to === "" || (valid_to !== "" && valid_to <= council!.valid_to), name).toBe(true);
    }
    expect(["council", "councils", "nobody"]).toContain(owned_by);
    expect(owned_by === "councils").toBe(acts_for_gss.includes(" "));
    expect(valid_to === "" || valid_from < valid_to, name).toBe(true);
    expect(source, name).toMatch(/\.(uk|com|org|net)/);
  }
});

test("no body has two rows for one day", () => {
  for (const {name, valid_from, valid_to} of bodies)
    for (const day of [valid_from, valid_to || "2026-01-01"]) expect(on(name, day).length, `${name} on ${day}`).toBe(1);
});

test("Northamptonshire's trust passed from the county to the two councils that followed it", () => {
  expect(on("Northamptonshire Children's Trust", "2021-03-31")[0]!.acts_for_gss).toBe("E10000021");
  expect(on("Northamptonshire Children's Trust", "2021-04-01")[0]!.acts_for_gss).toBe("E06000061 E06000062");
});

test("services that came back to the council are its own from that day", () => {
  expect(on("Worcestershire Children First", "2024-10-01")).toEqual([]);
  expect(on("Doncaster Children's Services Trust", "2022-09-30")).toEqual([]);
});
