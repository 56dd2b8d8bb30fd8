import {spawn, spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync} from "node:fs";
import {hostname, tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {takeLock} from "../../pipeline/archive/lock.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-scale-lock-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const NOW = new Date("2024-06-10T12:00:00Z");
const lock = () => takeLock(folder, "fetch", () => NOW);
const path = () => join(folder, "lock.tmp");
const leave = (holder: object) =>
  writeFileSync(path(), JSON.stringify({what: "fetch", since: "2024-06-10T11:00:00.000Z", ...holder}));

test("a second run is told who holds the lock, what it does and since when", () => {
  const release = lock();
  expect(lock).toThrow(
    `${folder} is in use: "fetch" runs as process ${process.pid} on ${hostname()} since 2024-06-10T12:00:00.000Z; wait for it to end, or, if that process is no such run, take ${path()} away`
  );
  release();
  lock()();
});

test("the lock of a running process is respected", () => {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
  leave({pid: child.pid, host: hostname()});
  expect(lock).toThrow(`process ${child.pid}`);
  child.kill();
});

test("the lock of a process that has gone is taken over", () => {
  const {pid} = spawnSync(process.execPath, ["-e", ""]);
  leave({pid, host: hostname()});
  lock();
  expect(JSON.parse(readFileSync(path(), "utf8"))).toMatchObject({pid: process.pid});
});

test.skipIf(process.platform !== "linux")(
  "a lock whose process number is another program's by now is taken over",
  () => {
    leave({pid: process.ppid, host: hostname(), started: "1"});
    expect(lock).not.toThrow();
  }
);

test.each([{pid: -1}, {pid: "x"}, {}])("a lock that names no process, %j, is taken over once it is old", (holder) => {
  leave({host: hostname(), ...holder});
  const old = new Date(NOW.getTime() - 121_000);
  utimesSync(path(), old, old);
  expect(lock).not.toThrow();
});

test("a lock from another machine whose clock is ahead does not hold for ever", () => {
  leave({pid: 1, host: "another-machine"});
  const ahead = new Date(NOW.getTime() + 86_400_000);
  utimesSync(path(), ahead, ahead);
  expect(lock).not.toThrow();
});

test("a lock with our own process number that we do not hold is an old one, as containers leave it", () => {
  leave({pid: process.pid, host: hostname()});
  expect(lock).not.toThrow();
});

test("a lock from another machine counts as alive for two minutes after it was last touched", () => {
  leave({pid: 1, host: "another-machine"});
  const touched = (secondsAgo: number) => {
    const at = new Date(NOW.getTime() - secondsAgo * 1000);
    utimesSync(path(), at, at);
  };
  touched(119);
  expect(lock).toThrow("on another-machine");
  touched(121);
  expect(lock).not.toThrow();
});

test("a lock that was torn while being written is taken over once it is old", () => {
  writeFileSync(path(), '{"pid":');
  const old = new Date(NOW.getTime() - 200_000);
  utimesSync(path(), old, old);
  expect(lock).not.toThrow();
});

test("a lock that is somebody else's by now is not taken away", () => {
  const release = lock();
  leave({pid: 1, host: "another-machine"});
  release();
  expect(readFileSync(path(), "utf8")).toContain("another-machine");
});
