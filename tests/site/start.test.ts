import {spawnSync} from "node:child_process";
import {mkdtempSync, readdirSync, rmSync} from "node:fs";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {ROOT} from "../house/imports.ts";

const other = createServer();
let port: number;
let data: string;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "contract-scale-start-"));
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  port = (other.address() as AddressInfo).port;
});
afterAll(() => {
  other.close();
  rmSync(data, {recursive: true});
});

function start(words: readonly string[], env: NodeJS.ProcessEnv) {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ["--import", "tsx", "pipeline/cli.ts", "start", "--data", data, ...words],
    {cwd: ROOT, encoding: "utf8", env: {...process.env, ...env}}
  );
  return {status, stdout, stderr};
}

test.each(["--port", "PORT"])(
  "a port taken by another program, given by %s, is one sentence, before anything is built",
  (way) => {
    const {status, stdout, stderr} =
      way === "PORT" ? start([], {PORT: `${port}`}) : start([way, `${port}`], {PORT: "1"});
    expect(stderr).toBe(`port ${port} is taken by another program: end it, or choose another with --port or PORT\n`);
    expect([status, stdout]).toEqual([1, ""]);
    expect(readdirSync(data)).toEqual([]);
  },
  30_000
);
