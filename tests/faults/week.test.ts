import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test, vi} from "vitest";
import {type RefreshOption, refresh} from "../../pipeline/commands/refresh.ts";
import {checksumFaults} from "../../pipeline/publish/checksums.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import type {SiteStatus} from "../../src/components/statusRows.ts";
import {
  status as answerWith,
  noticesOf,
  type RegisterServer,
  resetInTheBody,
  startRegisterServer
} from "../register-server/registerServer.ts";
import {SmallWorld} from "./small.ts";

vi.setConfig({testTimeout: 900_000, hookTimeout: 240_000}); // a machine may be busy; nothing here is about time

// A week of scheduled runs against a register that fails in the middle of it, beside one run over the same week that nothing disturbs.

const IS_WHOLE_WEEK = process.env.WEEK !== undefined; // npm run week; three days of it in the suite
const DAYS = ["2024-06-03", "2024-06-04", "2024-06-05", "2024-06-06", "2024-06-07", "2024-06-08", "2024-06-09"].slice(
  0,
  IS_WHOLE_WEEK ? 7 : 3
);
const CODES = IS_WHOLE_WEEK ? [0, 1, 0, 0, 0, 0, 0, 0] : [0, 1, 0];
const FIND_A_TENDER = "find-a-tender";
const week = new SmallWorld();
const clean = new SmallWorld();
let server: RegisterServer;

const options = (world: SmallWorld): RefreshOption => ({
  data: world.data,
  snapshot: false,
  jobs: 1,
  from: DAYS[0]!,
  endpoint: new Map([[FIND_A_TENDER, server.url]]),
  pace: new Map([[FIND_A_TENDER, 0]]),
  secondPass: 0,
  every: 24
});

/** The run of the morning after a day. */
async function morningAfter(world: SmallWorld, day: string): Promise<number> {
  const four = Date.parse(`${day}T00:00:00Z`) + 28 * 3_600_000;
  const began = Date.now();
  const now = (): Date => new Date(four + Date.now() - began); // a clock that stood still would wait for ever
  return refresh({...world.around, now}, [FIND_A_TENDER], options(world));
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const contracts = async (world: SmallWorld): Promise<unknown> => {
  const warehouse = await Warehouse.open(world.data, {readOnly: true});
  try {
    return await warehouse.rows("select * exclude (raw_sha256) from core.contracts order by contract_id");
  } finally {
    warehouse.close();
  }
};

const logged = (world: SmallWorld): Record<string, unknown>[] =>
  readFileSync(join(world.data, "refresh.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(async () => {
  server = await startRegisterServer();
});
afterAll(async () => {
  await server.close();
  week.remove();
  clean.remove();
});

test("a week with failures in between ends where one undisturbed run ends", async () => {
  const codes: number[] = [];
  for (const [i, day] of DAYS.entries()) {
    server.publish(...noticesOf(day, 20 + i));
    if (i === 1) server.misbehave(answerWith(404)); // a failure for good: the day is asked again tomorrow
    if (i === 2) server.misbehave(resetInTheBody, resetInTheBody); // two bad answers, then good ones
    codes.push(await morningAfter(week, day));
    if (i === 4) codes.push(await morningAfter(week, day)); // run twice by mistake
    for (const {version} of week.releases.list())
      expect(checksumFaults(week.releases.path(version)), version).toEqual([]);
  }
  expect(codes).toEqual(CODES);
  expect(await morningAfter(clean, DAYS.at(-1)!)).toBe(0);
  expect(await contracts(week)).toEqual(await contracts(clean));
  expect(((await contracts(week)) as unknown[]).length).toBe(
    IS_WHOLE_WEEK ? 20 + 21 + 22 + 23 + 24 + 25 + 26 : 20 + 21 + 22
  );
});

test("every morning has its lines in the log, each of them JSON, and one sentence for whoever looks", () => {
  const lines = logged(week);
  const ends = lines.filter(({event, step}) => event === "refresh" && step === "end");
  expect(ends.map(({code}) => code)).toEqual(CODES);
  expect(ends[1]!.summary).toMatch(/^refresh of 2024-06-05T04:00: published.*find-a-tender failed: .*404.*exit 1$/);
  expect(ends[2]!.summary).toMatch(/find-a-tender \d+ releases \(0 rejects\)/);
});

test("the status says when the source was last whole, how complete its days are, and when the next run is due", () => {
  const found = week.status;
  const source = found.sources.find(({source_id}) => source_id === FIND_A_TENDER)!;
  expect(source).toMatchObject({
    state: "complete",
    last_success_at: expect.stringMatching(new RegExp(`^${dayAfter(DAYS.at(-1)!, 1)}T04:`)),
    next_run_at: expect.stringMatching(new RegExp(`^${dayAfter(DAYS.at(-1)!, 2)}T04:`)),
    rejects: 0
  });
  expect(source.months).toMatchObject([{month: "2024-06", days_answered: DAYS.length + 1}]); // and the morning after
  const onSite = JSON.parse(readFileSync(join(week.folder, "src/status.json"), "utf8")) as SiteStatus;
  expect(onSite).toEqual(found);
});

test("on a morning without anything new nothing changes but the time", async () => {
  const {version} = week.releases.latest()!;
  const releases = week.releases.list().length;
  expect(await morningAfter(week, DAYS.at(-1)!)).toBe(0);
  expect(week.releases.latest()!.version).toBe(version);
  expect(week.releases.list()).toHaveLength(releases);
});

test("a week without an answer is red: yesterday's version stays, and the reason is told in three places", async () => {
  server.misbehaveAt(() => true, answerWith(404));
  const {version} = week.releases.latest()!;
  const before = week.visible();
  expect(await morningAfter(week, dayAfter(DAYS.at(-1)!, 8))).toBe(1); // eight days after the last good morning
  expect(week.visible()).toEqual(before);
  expect(week.status).toMatchObject({level: "red", published_version: version});
  expect(week.status.outcome).toContain(
    "nothing was published: freshness, find-a-tender: last fetched whole 8.0 days ago"
  );
  expect(logged(week).at(-1)).toMatchObject({step: "end", code: 1, outcome: week.status.outcome});
  expect(existsSync(join(week.folder, "dist"))).toBe(false); // it was never built here
});
