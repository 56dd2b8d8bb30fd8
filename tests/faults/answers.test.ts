import {afterEach, beforeEach, expect, test} from "vitest";
import {gate} from "../../pipeline/archive/gate.ts";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {releaseBodies} from "../../pipeline/ocds/packages.ts";
import {stageReleases} from "../../pipeline/ocds/stage.ts";
import type {TextEncoding} from "../../pipeline/ocds/text.ts";
import {
  errorObjectWithStatus200,
  htmlWithStatus200,
  noticesOf,
  ok,
  page,
  type RegisterServer,
  startRegisterServer,
  syntheticRelease
} from "../register-server/registerServer.ts";
import {DataFolder, waits} from "./world.ts";

let data: DataFolder;
let server: RegisterServer;
beforeEach(async () => {
  data = new DataFolder();
  server = await startRegisterServer({notices: noticesOf("2024-05-07", 3)});
});
afterEach(async () => {
  await server.close();
  data.remove();
});

const read = (text: string | Uint8Array, encoding: TextEncoding = {}) =>
  releaseBodies(recognise(typeof text === "string" ? new TextEncoder().encode(text) : text), encoding);
const stage = (bodies: readonly unknown[]) => stageReleases(bodies, {register_id: "r", raw_sha256: "0"}, () => null);

test("fault 11: a web page with status 200 is kept as evidence, waited out like a limit, and never read as contracts", async () => {
  server.misbehave(htmlWithStatus200);
  const run = await data.fetch(server.url);
  expect(run.outcome).toMatchObject({state: "complete", releases: 3, requests: 2});
  expect(waits(run)).toHaveLength(1);
  expect(data.text("synthetic-register", "refused.jsonl")).toContain("Too many requests");
});

test("fault 12: an error object with status 200 is an error, not zero releases", async () => {
  server.misbehave(errorObjectWithStatus200, errorObjectWithStatus200, errorObjectWithStatus200);
  const {outcome, archive} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "failed", requests: 3, releases: 0});
  expect(outcome.why).toContain('no "releases", "records" or "ocid" in it; its keys are code, errors');
  expect(archive.files("synthetic-register")).toEqual([]);
});

test("an error object that has gone at the next try costs a request, not the run", async () => {
  server.misbehave(errorObjectWithStatus200);
  expect((await data.fetch(server.url)).outcome).toMatchObject({state: "complete", requests: 2});
});

test("a package without releases is an error, unless its register is known to send such for nothing", async () => {
  server.misbehaveAt(() => true, page({uri: "x", version: "1.1"}));
  const {outcome} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "failed"});
  expect(outcome.why).toContain("its keys are uri, version");
});

const counts = (...perWeekday: number[]) => perWeekday.map((releases, i) => ({day: `2024-05-0${6 + i}`, releases}));
const bounds = {releasesPerWeekday: [50, 3000] as const};

test("fault 13: no releases on a normally busy day are accepted, and the volume gate turns amber, then red", async () => {
  server.misbehave(page({releases: []}));
  const {outcome} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "complete", releases: 0});
  expect(gate({releases: 320, rejects: 0, days: counts(0, 160, 160)}, bounds)).toMatchObject({level: "amber"});
  expect(gate({releases: 0, rejects: 0, days: counts(0, 0, 0)}, bounds)).toMatchObject({level: "red"});
  expect(gate({releases: 480, rejects: 0, days: counts(160, 160, 160)}, bounds)).toEqual({level: "green", because: []});
});

test("fault 13: weekends are quiet", () => {
  const weekend = [
    {day: "2024-05-04", releases: 0},
    {day: "2024-05-05", releases: 1}
  ];
  expect(gate({releases: 1, rejects: 0, days: weekend}, bounds)).toMatchObject({level: "green"});
});

test("fault 20: invalid UTF-8 is an error, never a replacement character, where no other encoding is declared", async () => {
  const latin = Buffer.from('{"releases":[],"note":"\u00a35"}', "latin1");
  server.misbehaveAt(() => true, ok(latin));
  const {outcome} = await data.fetch(server.url);
  expect(outcome.why).toContain("the text is not valid UTF-8");
  expect(read(latin, {fallback: "iso-8859-1"})).toMatchObject({decodedAs: "iso-8859-1"});
});

test("fault 20: a byte-order mark is no part of the text", () => {
  expect(read('\ufeff{"releases":[{"ocid":"o"}]}').bodies).toEqual([{ocid: "o"}]);
});

test("fault 20: UTF-8 encoded twice is brought back where a register is known for it, and counted", () => {
  const twice =
    '[{"ocid":"o","title":"\u00c2\u00a33m \u00e2\u20ac\u00af \u00e2\u20ac\u00a2 caf\u00c3\u00a9 \u00c2 \u00a3 caf\u00e9"}]';
  const known = read(twice, {undoDoubleEncoding: true});
  expect(known.bodies).toEqual([{ocid: "o", title: "\u00a33m \u202f \u2022 caf\u00e9 \u00c2 \u00a3 caf\u00e9"}]);
  expect(known.repairs).toEqual({"double-encoding-undone": 4});
  expect(read(twice).repairs).toEqual({});
});

test("fault 21: a number beyond all numbers, with leading zeros or not a number is nothing, by a named and counted rule", () => {
  const {bodies, repairs} = read(
    '{"releases":[{"ocid":"o","a":1e9999,"b": 000,"c":NaN,"d":-Infinity,"e":1e100,"f":"1e9999, 000","g":0}]}'
  );
  expect(bodies).toEqual([{ocid: "o", a: null, b: null, c: null, d: null, e: 1e100, f: "1e9999, 000", g: 0}]);
  expect(repairs).toEqual({"number-too-large": 1, "number-with-leading-zeros": 1, "not-a-number": 2});
});

test("fault 21: such a page is fetched, and its release staged without the value", async () => {
  const release = syntheticRelease("2024-05-07-0001", "2024-05-07T09:00:00");
  server.misbehave(ok(JSON.stringify({releases: [release]}).replace('"amount":1001', '"amount":1e9999')));
  const {outcome} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "complete", releases: 1, rejects: 0});
  const [award] = stage(read(JSON.stringify([release]).replace('"amount":1001', '"amount": 000')).bodies).awards;
  expect(award).toMatchObject({value_amount: null});
});

test("fault 21: of a key that stands twice the last is kept, and counted; equal keys of different objects are no fault", () => {
  expect(read('{"releases":[{"ocid":"o","id":"1","id":"2"}]}')).toMatchObject({
    bodies: [{ocid: "o", id: "2"}],
    repairs: {"repeated-key-last-kept": 1}
  });
  expect(
    read('{"releases":[{"ocid":"o","a":{"id":"a:\\"id\\":"},"b":[{"id":"1"},{"id":"2"}],"id":"3"}]}').repairs
  ).toEqual({});
});

test("fault 21: half a surrogate pair or a NUL in a text puts that release among the rejects", () => {
  const {releases, rejects} = stage(
    read(String.raw`[{"ocid":"o","id":"\ud800","date":"2024-05-07"},{"ocid":"p","id":"a\u0000b","date":"2024-05-07"}]`)
      .bodies
  );
  expect(releases).toEqual([]);
  expect(rejects.map(({path}) => path)).toEqual(["id", "id"]);
});

test("fault 22: one bad release among a hundred: 99 staged, one rejected with its place and reason, and the run is complete", async () => {
  const busy = noticesOf("2024-05-07", 99);
  const bad = {...syntheticRelease("2024-05-07-0999", "2024-05-07T09:00:00"), date: "07/05/2024"};
  server.misbehave(
    page({
      releases: [...busy.slice(0, 49).map(({release}) => release), bad, ...busy.slice(50).map(({release}) => release)]
    })
  );
  const {outcome} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "complete", releases: 99, rejects: 1});
  const {rejects} = stage([busy[0]!.release, bad]);
  expect(rejects).toMatchObject([{position: 1, path: "date", ocid: "ocds-synth0-2024-05-07-0999"}]);
  expect(gate({releases: 100, rejects: 1, days: []}, undefined)).toMatchObject({level: "amber"});
});

test("fault 23: when 60 per cent are bad, nothing may be published", () => {
  expect(gate({releases: 100, rejects: 60, days: []}, undefined)).toEqual({
    level: "red",
    because: ["60 of 100 releases were rejected (60.0%); at most 10% may be"]
  });
  expect(gate({releases: 1000, rejects: 5, days: []}, undefined)).toEqual({level: "green", because: []});
});

test("fault 24: a new key is drift, a new word in a list of words is accepted, a changed type is a reject", () => {
  const release = syntheticRelease("1", "2024-05-07T09:00:00");
  const newKey = stage([{...release, riskRating: 3}]);
  expect(newKey).toMatchObject({
    releases: [{release_id: "synthetic-1"}],
    drift: [{path: "riskRating", release_count: 1}]
  });
  expect(stage([{...release, tag: ["somethingNew"]}]).releases).toMatchObject([{tags: ["somethingNew"]}]);
  const {releases, rejects} = stage([{...release, awards: [{id: "1", value: {amount: "1,000"}}]}]);
  expect({releases, path: rejects[0]?.path}).toEqual({releases: [], path: "awards[0].value.amount"});
});
