import {existsSync} from "node:fs";
import {afterEach, beforeEach, expect, test} from "vitest";
import {allowedAddress} from "../../pipeline/archive/address.ts";
import {
  ok,
  page,
  type RegisterServer,
  startRegisterServer,
  syntheticRelease
} from "../register-server/registerServer.ts";
import {CURSOR, DataFolder, registerWith} from "./world.ts";

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

const cursorPaged = {register: registerWith({paging: CURSOR})};
const release = (key: string) => syntheticRelease(key, "2024-05-07T09:00:00");
const pageOf = (keys: readonly string[], next?: string) =>
  page({releases: keys.map(release), ...(next === undefined ? {} : {links: {next}})});

test("a register paged by a cursor is followed to its last page", async () => {
  server.misbehave(pageOf(["1", "2"], "/api/1.0/x?cursor=b"), pageOf(["3"], "/api/1.0/x?cursor=c"), pageOf(["4"]));
  const {outcome} = await data.fetch(server.url, cursorPaged);
  expect(outcome).toMatchObject({state: "complete", releases: 4, requests: 3});
});

test("fault 14: a next-link that leads back to its own page is found at once", async () => {
  server.misbehave(pageOf(["1"], "/api/1.0/x?cursor=b"), pageOf(["2"], "/api/1.0/x?cursor=b"));
  const {outcome} = await data.fetch(server.url, cursorPaged);
  expect(outcome).toMatchObject({state: "failed", requests: 2});
  expect(outcome.why).toMatch(/its next-link leads back to .*cursor=b/);
});

test("fault 14: a circle A, B, A is found within two pages", async () => {
  server.misbehave(
    pageOf(["1"], "/api/1.0/x?cursor=a"),
    pageOf(["2"], "/api/1.0/x?cursor=b"),
    pageOf(["3"], "/api/1.0/x?cursor=a")
  );
  const {outcome} = await data.fetch(server.url, cursorPaged);
  expect(outcome).toMatchObject({state: "failed", requests: 3});
});

test("fault 15: a full page that names no next one is an error, not the end", async () => {
  server.misbehave(pageOf(Array.from({length: 100}, (_, i) => String(i))));
  const {outcome} = await data.fetch(server.url, cursorPaged);
  expect(outcome.state).toBe("failed");
  expect(outcome.why).toContain("a full page of 100 releases names no next one");
});

test.each([
  "https://elsewhere.invalid/x",
  "http://register.invalid/x",
  "file:///etc/passwd",
  "http://169.254.169.254/latest",
  "http://127.0.0.1:9/x",
  "//elsewhere.invalid/x"
])("fault 16: a next-link to %s is refused with its address and never asked", async (next) => {
  server.misbehave(pageOf(["1"], next));
  const {outcome} = await data.fetch(server.url, cursorPaged);
  expect(outcome).toMatchObject({state: "failed", requests: 1});
  expect(outcome.why).toContain("refused to ask");
  expect(server.requests).toHaveLength(1);
});

test("fault 16: without an endpoint from the command line, this machine is no register", () => {
  const allowed = {hosts: ["register.invalid"], endpoint: null};
  for (const address of ["http://127.0.0.1:80/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/"])
    expect(() => allowedAddress(address, undefined, allowed), address).toThrow("refused to ask");
  expect(allowedAddress("/x", "https://register.invalid/y", allowed).href).toBe("https://register.invalid/x");
});

test.each(["../../../etc/passwd", "CON", "x".repeat(300), "a%00b", "..%2f..%2fescape"])(
  "fault 36: a remote name such as %j never becomes a path",
  async (name) => {
    server.misbehave(
      pageOf(["1"], `/${name}`),
      ok('{"releases":[]}', {"content-disposition": `attachment; filename="${name}"`})
    );
    await data.fetch(server.url, cursorPaged);
    for (const file of data.rawFiles())
      expect(file).toMatch(/^([0-9a-f]{64}|manifest\.jsonl|runs\.jsonl|refused\.jsonl)$/);
    expect(existsSync("/etc/escape")).toBe(false);
  }
);
