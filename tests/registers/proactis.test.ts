import {afterEach, expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import scotland from "../../pipeline/registers/public-contracts-scotland.ts";
import {readRegisterFile} from "../../pipeline/registers/register.ts";
import wales from "../../pipeline/registers/sell2wales.ts";
import {DataFolder} from "../faults/world.ts";
import {type RegisterServer, startRegisterServer, status, syntheticRelease} from "../register-server/registerServer.ts";

const read = (value: unknown) =>
  readRegisterFile(scotland, recognise(new TextEncoder().encode(JSON.stringify(value))), {origin: "x"}).bodies;

let server: RegisterServer | undefined;
const data = new DataFolder();
afterEach(async () => {
  await server?.close();
  data.remove();
});

test("a release of 2019 without an id is named by its process, day and tags", () => {
  const body = {ocid: "ocds-r6ebe6-0000581860", date: "2019-04-29T00:00:00Z", tag: ["tender"]};
  expect(read({releases: [body]})).toEqual([{...body, id: "ocds-r6ebe6-0000581860-2019-04-29-tender"}]);
  expect(scotland.noticeUrl("ocds-r6ebe6-0000581860-2019-04-29-tender")).toBe(
    "https://api.publiccontractsscotland.gov.uk/v1/Notice?id=ocds-r6ebe6-0000581860"
  );
});

test("the shell of a package without releases is an empty month; an error object is none", () => {
  expect(read({uri: "x", version: "1.1", publishedDate: "2024-05-01T00:00:00Z"})).toEqual([]);
  expect(() => read({Message: "An error has occurred."})).toThrow("its keys are Message");
  expect(() => read({})).toThrow("its keys are none");
});

test("each month is asked once for each of its notice types, and one that fails stops no other", async () => {
  const release = syntheticRelease("1", "2024-05-07T09:00:00");
  server = await startRegisterServer({proactis: {"2024-05/3": [release]}});
  server.misbehaveAt((path) => path.includes("noticeType=2&"), status(500));
  const {outcome} = await data.fetch(server.url, {
    register: scotland,
    channel: scotland.live!,
    span: {from: "2024-05-06", until: "2024-05-08"}
  });
  expect(outcome).toMatchObject({state: "failed", releases: 1, failed_addresses: 1, requests: 25}); // 20 types once, one five times
  expect(server.requests[0]?.path).toBe("/v1/Notices?dateFrom=05-2024&noticeType=1&outputType=0");
});

test("a register that answers with nothing but empty months is not available, which is not zero contracts", async () => {
  server = await startRegisterServer({});
  const {outcome} = await data.fetch(server.url, {
    register: wales,
    channel: wales.live!,
    span: {from: "2024-05-06", until: "2024-05-08"}
  });
  expect(outcome).toMatchObject({state: "failed", releases: 0, failed_addresses: 0});
  expect(outcome.why).toContain("the source is not available, which is not the same as no contracts");
});
