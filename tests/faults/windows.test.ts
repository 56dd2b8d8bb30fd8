import {afterEach, beforeEach, expect, test} from "vitest";
import {runEnds} from "../../pipeline/archive/runs.ts";
import {
  type Notice,
  noticesOf,
  type RegisterServer,
  type ServerOptions,
  startRegisterServer,
  status
} from "../register-server/registerServer.ts";
import {DataFolder, JumpingClock} from "./world.ts";

let data: DataFolder;
let server: RegisterServer;
beforeEach(() => {
  data = new DataFolder();
});
afterEach(async () => {
  await server.close();
  data.remove();
});

const serve = async (notices: readonly Notice[], options: ServerOptions = {}) => {
  server = await startRegisterServer({notices, ...options});
};
const idsOf = (notices: readonly Notice[]) => notices.map(({release}) => release.id).sort();
const later = (days: number) => new JumpingClock(Date.parse("2024-06-10T12:00:00Z") + days * 86_400_000);
const pathsAsked = () => server.requests.map(({path}) => path);

test("a busy day behind a cursor that loses a fifth of its pages: every notice once, and the cursor never asked", async () => {
  const notices = noticesOf("2024-05-07", 436);
  await serve(notices, {lossyCursor: true});
  const {outcome} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "complete", releases: 436, rejects: 0});
  expect(data.releaseIds()).toEqual(idsOf(notices));
  expect(pathsAsked().some((path) => path.includes("cursor"))).toBe(false);
});

test("300 notices within one busy hour are found by halving below the hour", async () => {
  const notices = noticesOf("2024-05-07", 300, (i) => 10 * 3600 + i * 11);
  await serve(notices);
  expect((await data.fetch(server.url)).outcome).toMatchObject({state: "complete", releases: 300});
  expect(data.releaseIds()).toEqual(idsOf(notices));
});

test("exactly a hundred notices are a full page, for a hundred and one look the same", async () => {
  await serve(noticesOf("2024-05-07", 100));
  const {outcome} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "complete", releases: 100, requests: 3});
});

test("more notices in one second than a page holds: kept, marked incomplete, and said", async () => {
  const notices = noticesOf("2024-05-07", 130, () => 36_000);
  await serve(notices);
  const {outcome, archive} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "incomplete", incomplete_windows: 1, releases: 100});
  expect(outcome.why).toBe("1 windows are full and cannot be halved");
  const [window] = archive.answers("synthetic-register").filter(({answer}) => answer.role === "incomplete");
  expect(window?.answer).toMatchObject({from: "2024-05-07T10:00:00"});
  expect(data.releaseIds()).toHaveLength(100);
});

test("the hour that comes twice is asked in one piece: too many notices in it are incomplete, not guessed", async () => {
  await serve(noticesOf("2024-10-27", 150, (i) => 3600 + i * 20));
  const {outcome} = await data.fetch(server.url, {span: {from: "2024-10-27", until: "2024-10-27"}, clock: later(200)});
  expect(outcome).toMatchObject({state: "incomplete", incomplete_windows: 1});
  const inside = pathsAsked().filter((path) => /T01:(?!00:00|59:59)/.test(path));
  expect(inside).toEqual([]);
});

test("the next day's run asks again only for the last day, and finds what was published late", async () => {
  const notices = [...noticesOf("2024-05-06", 5), ...noticesOf("2024-05-07", 5)];
  await serve(notices);
  const span = {from: "2024-05-06", until: "2024-05-07"};
  await data.fetch(server.url, {span});
  const late: Notice = {...noticesOf("2024-05-07", 1)[0]!, release: {...noticesOf("2024-05-07", 9)[8]!.release}};
  server.publish(late);
  const {outcome} = await data.fetch(server.url, {span, clock: later(1)});
  expect(outcome).toMatchObject({state: "complete", requests: 1, releases: 6});
  expect(pathsAsked().slice(2)).toEqual([expect.stringContaining("updatedFrom=2024-05-07T00:00:00")]);
  expect(new Set(data.releaseIds()).size).toBe(11);
});

test("a day that was asked before its end is asked again, however old the span", async () => {
  await serve(noticesOf("2024-05-06", 5));
  const during = new JumpingClock(Date.parse("2024-05-06T15:00:00Z"));
  await data.fetch(server.url, {span: {from: "2024-05-06", until: "2024-05-06"}, clock: during});
  const {outcome} = await data.fetch(server.url, {span: {from: "2024-05-06", until: "2024-05-08"}, clock: later(0)});
  expect(outcome).toMatchObject({state: "complete", requests: 3});
});

test("a run that is stopped goes on where it was: no page is asked twice, every notice is there once", async () => {
  const notices = noticesOf("2024-05-07", 436);
  await serve(notices);
  for (let run = 0; run < 20; run++) {
    const {outcome} = await data.fetch(server.url, {requestsAtMost: 3, clock: later(run)});
    if (outcome.state === "complete") break;
    expect(outcome).toMatchObject({state: "stopped", requests: 3});
  }
  expect(new Set(pathsAsked()).size).toBe(pathsAsked().length);
  expect(data.releaseIds()).toEqual(idsOf(notices));
});

test("a source that failed says since when, and keeps what it had", async () => {
  await serve(noticesOf("2024-05-07", 5));
  await data.fetch(server.url);
  server.misbehaveAt(() => true, status(500));
  const {archive} = await data.fetch(server.url, {clock: later(1)});
  expect(runEnds(archive, "synthetic-register").map(({state}) => state)).toEqual(["complete", "failed"]);
  expect(data.releaseIds()).toHaveLength(5);
});

test("the page that was full is kept in the archive, and not read beside its halves", async () => {
  await serve(noticesOf("2024-05-07", 120));
  const {archive} = await data.fetch(server.url);
  const roles = archive.answers("synthetic-register").map(({answer}) => answer.role);
  expect(roles).toEqual(["halved", "data", "data"]);
  expect(archive.files("synthetic-register")).toHaveLength(2);
});
