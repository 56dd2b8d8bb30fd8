import {randomBytes} from "node:crypto";
import {Readable} from "node:stream";
import {gzipSync} from "node:zlib";
import {afterEach, beforeEach, expect, test} from "vitest";
import {readBody} from "../../pipeline/archive/body.ts";
import {refuseEndless} from "../../pipeline/archive/fullPages.ts";
import {
  noticesOf,
  ok,
  page,
  type RegisterServer,
  startRegisterServer,
  syntheticRelease,
  truncated
} from "../register-server/registerServer.ts";
import {DataFolder, waits} from "./world.ts";

// A register that does not heed what it is asked, or never comes to an end.

let data: DataFolder;
let server: RegisterServer;
beforeEach(async () => {
  data = new DataFolder();
  server = await startRegisterServer();
});
afterEach(async () => {
  await server.close();
  data.remove();
});

const hundred = Array.from({length: 100}, (_, i) => syntheticRelease(String(i), "2024-05-07T09:00:00"));

test.each([
  ["the same full page for every window", {releases: hundred}],
  ["the same full page, turned around and with a next-link", {releases: hundred.toReversed(), links: {next: "/x"}}],
  ["a page without releases that always names a next one", {releases: [], links: {next: "/x"}}]
])("%s is found when a second window is filled by it, not after a day's worth of seconds", async (_name, answer) => {
  server.misbehaveAt(() => true, page(answer));
  const {outcome} = await data.fetch(server.url);
  expect(outcome.state).toBe("failed");
  expect(outcome.why).toContain("windows are not heeded");
  expect(outcome.requests).toBeLessThan(25); // down to the last seconds of the day, and one window beside them
});

test("when windows are heeded again, the same fetch ends with every notice: what came full and whole is asked again", async () => {
  const notices = noticesOf("2024-05-07", 300);
  server.publish(...notices);
  let isBroken = true;
  server.misbehaveAt(() => isBroken, page({releases: hundred}));
  expect((await data.fetch(server.url)).outcome.state).toBe("failed");
  isBroken = false;
  const {outcome} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "complete", incomplete_windows: 0});
  expect(new Set(data.releaseIds())).toEqual(
    new Set([...notices.map(({release}) => release.id), ...hundred.map(({id}) => id)])
  );
});

test("a window that stays full after a thousand requests is left for the next run, and said", () => {
  const window = {from: "2024-05-07T00:00:00", to: "2024-05-07T23:59:59", address: "https://register.invalid/x"};
  expect(() => refuseEndless(window, 999)).not.toThrow();
  expect(() => refuseEndless(window, 1000)).toThrow(
    "the window from 2024-05-07T00:00:00 to 2024-05-07T23:59:59 has taken 1,000 requests and is still full; the next run goes on from here"
  );
});

test("a next-link of 200,000 characters is no link, and does not get into the manifest", async () => {
  server.misbehaveAt(() => true, page({releases: hundred, links: {next: `/x?cursor=${"x".repeat(200_000)}`}}));
  const {outcome, archive} = await data.fetch(server.url);
  expect(outcome).toMatchObject({state: "failed", requests: 3});
  expect(outcome.why).toContain("sent something else: a next-link of 200,010 characters");
  expect(archive.answers("synthetic-register")).toEqual([]);
});

test.each(["[]", " [ ] ", "\ufeff[]"])(
  "a bare %j where a package belongs is an error, not zero releases",
  async (text) => {
    server.misbehaveAt(() => true, ok(text));
    const {outcome, archive} = await data.fetch(server.url);
    expect(outcome).toMatchObject({state: "failed", releases: 0});
    expect(outcome.why).toContain("an empty list, where a package of releases belongs");
    expect(archive.files("synthetic-register")).toEqual([]);
  }
);

test.each([
  [ok("x", {"content-encoding": "br"}), 'sent what is not read: the body is "br", which was not asked for'],
  [truncated, "gave no whole answer: "]
])("what is waited for is said in words that follow \u201cit\u201d", async (misbehaviour, words) => {
  server.misbehave(misbehaviour);
  const run = await data.fetch(server.url);
  expect(run.outcome.state).toBe("complete");
  expect(waits(run)).toHaveLength(1);
  expect(run.events.find(({event}) => event === "wait")).toMatchObject({why: expect.stringContaining(words)});
});

test("a large gzip body leaves no listeners behind", async () => {
  const warnings: Error[] = [];
  const keep = (warning: Error): void => void warnings.push(warning);
  process.on("warning", keep);
  const bytes = randomBytes(4 * 1024 * 1024);
  const sent = gzipSync(bytes);
  const pieces = Array.from({length: Math.ceil(sent.length / 65_536)}, (_, i) =>
    sent.subarray(i * 65_536, (i + 1) * 65_536)
  );
  const read = await readBody(Readable.from(pieces), "gzip");
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", keep);
  expect(Buffer.compare(read, bytes)).toBe(0);
  expect(warnings.map(({message}) => message)).toEqual([]);
});
