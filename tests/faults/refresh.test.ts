import {spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {registers} from "../../pipeline/discover.ts";
import {findables} from "../../pipeline/fetch/publications.ts";
import {ROOT} from "../house/imports.ts";
import {
  noticesOf,
  type RegisterServer,
  startRegisterServer,
  syntheticRelease
} from "../register-server/registerServer.ts";
import {DataFolder} from "./world.ts";

const IDS = [...(await registers()).filter(({live}) => live !== undefined), ...(await findables())].map(({id}) => id); // none may be asked for real

let data: DataFolder;
let server: RegisterServer;
beforeEach(async () => {
  data = new DataFolder();
  const notices = noticesOf("2024-05-07", 20).map((notice, i) =>
    i % 5 < 3 ? {...notice, release: {...notice.release, date: "yesterday"}} : notice
  );
  const month = {"2024-05/3": [syntheticRelease("month", "2024-05-07T09:00:00")]};
  server = await startRegisterServer({notices, proactis: month});
});
afterEach(async () => {
  await server.close();
  data.remove();
});

/** The command line as a schedule runs it, against the server. */
function refresh(...words: string[]): Promise<{code: number | null; err: string}> {
  const endpoints = IDS.flatMap((id) => ["--endpoint", `${id}=${server.url}`, "--pace", `${id}=6000`]);
  const out = ["--no-snapshot", "--out", join(data.path, "release"), "--site", join(data.path, "site")];
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "pipeline/cli.ts", "refresh", ...words, ...endpoints, ...out, "--data", data.path],
    {cwd: ROOT, stdio: ["ignore", "ignore", "pipe"]}
  );
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  return new Promise((resolve) => child.on("exit", (code) => resolve({code, err})));
}

test("fault 23: a refresh of which 60 per cent are rejects publishes nothing, says which source and why, and exits 1", async () => {
  const {code, err} = await refresh("--from", "2024-05-07", "--until", "2024-05-07");
  expect(err).toMatch(
    /nothing was published: .*find-a-tender: 12 of 20 releases were rejected \(60\.0%\); at most 10% may be/
  );
  expect(err).toContain("public-contracts-scotland: complete"); // one source's trouble is no other's
  expect(err).not.toMatch(/\n\s+at /);
  expect({code, published: existsSync(join(data.path, "release"))}).toEqual({code: 1, published: false});
}, 120_000);
