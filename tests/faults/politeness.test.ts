import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {Pacer} from "../../pipeline/archive/pacer.ts";
import {afterFailure, PATIENCE} from "../../pipeline/archive/retry.ts";
import {turnsIn} from "../../pipeline/archive/turns.ts";
import {
  noticesOf,
  type RegisterServer,
  startRegisterServer,
  status,
  tooManyRequests
} from "../register-server/registerServer.ts";
import {DataFolder, type FetchRun, JumpingClock, registerWith, WINDOWS, waits} from "./world.ts";

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

const HEALTHY = {state: "complete", releases: 3, rejects: 0};
const atFullPace = {secondsBetween: 0};
const failing = (status: number, headers: {retryAfter?: string; serverDate?: string} = {}) =>
  afterFailure(
    {kind: "status", status, ...headers},
    {failures: 1, lockouts: 0, waitedMs: 0, now: Date.parse("2024-06-10T12:00:00Z"), random: 0.5},
    PATIENCE
  );

test("fault 1: 429 with Retry-After: 2 is waited out to the second, said once, and the answer counts once", async () => {
  server.misbehave(tooManyRequests("2"));
  const run = await data.fetch(server.url, atFullPace);
  expect(run.outcome).toMatchObject({...HEALTHY, requests: 2});
  expect(waits(run)).toEqual([2]);
  expect(run.clock.waits.reduce((sum, wait) => sum + wait, 0)).toBe(2000);
});

test("fault 2: a Retry-After date counts from the server's own clock", () => {
  const verdict = failing(429, {
    retryAfter: "Mon, 10 Jun 2024 13:00:30 GMT", // the server is an hour ahead of us
    serverDate: "Mon, 10 Jun 2024 13:00:00 GMT"
  });
  expect(verdict).toMatchObject({waitMs: 30_000});
});

test.each(["Mon, 10 Jun 2024 11:00:00 GMT", "soon", "-5", "1e3", ""])(
  "fault 2: Retry-After: %j is past or no time, so our own backoff holds",
  (retryAfter) => {
    expect(failing(429, {retryAfter})).toMatchObject({waitMs: 500}); // half of the first second
  }
);

test("fault 2: Retry-After: 86400 defers the source to tomorrow; what it gave before stays", async () => {
  await data.fetch(server.url, atFullPace);
  const before = data.releaseIds();
  server.misbehave(tooManyRequests("86400"));
  const {outcome} = await data.fetch(server.url, {
    ...atFullPace,
    clock: new JumpingClock(Date.parse("2024-07-01T12:00:00Z"))
  });
  expect(outcome).toMatchObject({state: "deferred", requests: 1, retry_at: "2024-07-02T12:00:00.000Z"});
  expect(data.releaseIds()).toEqual(before);
});

test("fault 3: 403 of a register that locks out is waited out for five minutes, tried once more, then deferred", async () => {
  const register = registerWith({lockout: true});
  server.misbehave(status(403));
  const once = await data.fetch(server.url, {...atFullPace, register});
  expect(once.outcome).toMatchObject({...HEALTHY, requests: 2});
  expect(waits(once)).toEqual([300]);

  server.misbehave(status(403), status(403));
  const clock = new JumpingClock(Date.parse("2024-06-11T12:00:00Z"));
  const twice = await data.fetch(server.url, {...atFullPace, register, clock});
  expect(twice.outcome).toMatchObject({state: "deferred", requests: 2});
  expect(data.releaseIds()).toHaveLength(3);
});

test("a 403 of any other register is a refusal: not asked again, and said", async () => {
  server.misbehave(status(403));
  const {outcome} = await data.fetch(server.url, atFullPace);
  expect(outcome).toMatchObject({state: "failed", requests: 1});
  expect(outcome.why).toContain("refused to answer (403)");
});

test("fault 4: 500 twice, then an answer: three requests with growing waits, one stored body", async () => {
  server.misbehave(status(500), status(500));
  const run = await data.fetch(server.url, atFullPace);
  expect(run.outcome).toMatchObject({...HEALTHY, requests: 3});
  expect(waits(run)).toEqual([1, 2]); // the longest that full jitter allows: 1 s, then 2 s
  expect(run.archive.files("synthetic-register")).toHaveLength(1);
});

test("fault 4: full jitter takes a share of the longest wait, up to a minute", () => {
  const wait = (failures: number, random: number) =>
    afterFailure(
      {kind: "status", status: 500},
      {failures, lockouts: 0, waitedMs: 0, now: 0, random},
      {...PATIENCE, tries: 20}
    );
  expect(wait(4, 0.25)).toMatchObject({waitMs: 2000}); // a quarter of 8 s
  expect(wait(12, 1)).toMatchObject({waitMs: 60_000});
});

test("fault 5: 503 for ever ends after five tries, nothing moves, and the next run asks the same again", async () => {
  server.misbehaveAt(() => true, status(503));
  const run = await data.fetch(server.url, {...atFullPace, span: {from: "2024-05-01", until: "2024-05-07"}});
  expect(run.outcome).toMatchObject({state: "failed", requests: 5, releases: 0, windows_left: 7});
  expect(run.outcome.why).toMatch(/said that it is not available \(503\); 5 tries were made/);
  expect(run.archive.answers("synthetic-register")).toEqual([]);
});

test("fault 5: waiting ends when its budget is used up, with a time to come back", () => {
  const verdict = afterFailure(
    {kind: "status", status: 503, retryAfter: "600"},
    {failures: 1, lockouts: 0, waitedMs: 55 * 60_000, now: 0, random: 1},
    PATIENCE
  );
  expect(verdict).toMatchObject({giveUp: {kind: "deferred", retryAt: new Date(600_000)}});
});

test("no two requests to a host are closer than the pace, tries and halves included", async () => {
  const busy = await startRegisterServer({notices: noticesOf("2024-05-07", 250)});
  busy.misbehave(status(500), tooManyRequests());
  const starts: number[] = [];
  const clock = new JumpingClock();
  const sleep = clock.sleep.bind(clock);
  clock.sleep = async (ms) => {
    await sleep(ms);
    starts.push(clock.at);
  };
  const run: FetchRun = await data.fetch(busy.url, {clock, secondsBetween: 12});
  await busy.close();
  expect(run.outcome).toMatchObject({state: "complete", releases: 250, requests: 9}); // 1 + 2 + 4 windows, and 2 tries
  expect(Math.min(...starts.slice(1).map((at, i) => at - starts[i]!))).toBeGreaterThanOrEqual(12_000);
});

test("a run that was killed and one that was told to wait leave their pace to the next run, though no clock that was ahead", async () => {
  const turns = turnsIn(join(data.path, "turns"));
  const clock = new JumpingClock();
  const runWith = () => new Pacer(clock, turns); // as every process makes its own
  const killed = runWith().turn("register.invalid", 12, () => new Promise(() => {})); // asked, and never heard of again
  await Promise.race([killed, new Promise((resolve) => setTimeout(resolve, 20))]);
  await runWith().turn("register.invalid", 12, async () => "answer");
  expect(clock.waits).toEqual([12_000]);
  runWith().pause("register.invalid", 120_000);
  await runWith().turn("register.invalid", 12, async () => "answer");
  expect(clock.waits).toEqual([12_000, 120_000]);
  turns.remember("register.invalid", clock.now() + 86_400_000 * 365);
  await runWith().turn("register.invalid", 12, async () => "answer");
  expect(clock.waits.at(-1)).toBe(15 * 60_000);
});

test("what a register had asked an earlier run to wait is said once, with the reason, and waited out", async () => {
  const clock = new JumpingClock();
  const turns = turnsIn(join(data.path, "turns"));
  turns.remember(new URL(server.url).host, clock.now() + 300_000);
  const run = await data.fetch(server.url, {clock, turns});
  expect(run.events.filter(({event}) => event === "wait")).toEqual([
    {event: "wait", source: "synthetic-register", seconds: 300, why: "had asked an earlier run to wait"}
  ]);
  expect(clock.waits[0]).toBe(300_000);
  expect(run.outcome).toMatchObject(HEALTHY);
});

test("a register that asked to be left alone is not asked before then; a server of one's own is", async () => {
  server.misbehave(tooManyRequests("86400"));
  await data.fetch(server.url); // noon on 10 June
  const register = registerWith({paging: WINDOWS});
  const early = await data.fetch(null, {register});
  expect(early.outcome).toMatchObject({
    state: "deferred",
    requests: 0,
    why: "it has asked to be left alone until 2024-06-11T12:00:00.000Z"
  });
  expect((await data.fetch(server.url)).outcome).toMatchObject(HEALTHY);
});

test("two sources at one host share its turn", async () => {
  const clock = new JumpingClock();
  await Promise.all([
    data.fetch(server.url, {clock, register: registerWith({id: "one"})}),
    data.fetch(server.url, {clock, register: registerWith({id: "two"})})
  ]);
  expect(server.requests).toHaveLength(2);
});

test("the request says who asks and how to reach them", async () => {
  await data.fetch(server.url);
  expect(server.requests[0]?.userAgent).toBe("contract-scale/test (+mailto:contact@example.invalid)");
});
