import {afterEach, beforeEach, expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {filesInCatalogue} from "../../pipeline/registers/contracts-finder/catalogue.ts";
import contractsFinder from "../../pipeline/registers/contracts-finder.ts";
import {type Channel, readRegisterFile} from "../../pipeline/registers/register.ts";
import {DataFolder} from "../faults/world.ts";
import {type RegisterServer, startRegisterServer, status} from "../register-server/registerServer.ts";

// SYNTHETIC daily files, each with columns of its own, behind the register's own address and behind a catalogue.

const DAY_1 = `releases/0/ocid,releases/0/id,releases/0/date,releases/0/tag/0,releases/0/awards/0/id,releases/0/awards/0/value/amount
ocds-b5fd17-a,a-1,2025-05-01T09:00:00Z,award,a-1,1000
ocds-b5fd17-b,b-1,2025-05-01T10:00:00Z,award,b-1,2000
`;
const DAY_2 = `releases/0/ocid,releases/0/id,releases/0/tag/0,releases/0/date,releases/0/tender/title
ocds-b5fd17-c,c-1,tender,2025-05-02T09:00:00Z,SYNTHETIC tender
`;

let data: DataFolder;
let server: RegisterServer;
const files: Record<string, string> = {};
beforeEach(async () => {
  data = new DataFolder();
  for (const path of Object.keys(files)) delete files[path];
  server = await startRegisterServer({files});
});
afterEach(async () => {
  await server.close();
  data.remove();
});

const fetched = (channel: Channel, until: string) =>
  data.fetch(server.url, {register: contractsFinder, channel, span: {from: "2025-05-01", until}});

function releaseIds(archive: Awaited<ReturnType<typeof fetched>>["archive"]): string[] {
  const readable = archive.files("contracts-finder");
  return readable
    .flatMap((file) => readRegisterFile(contractsFinder, recognise(archive.read(file)), file).bodies)
    .map((body) => (body as {id: string}).id)
    .sort();
}

test("history comes by daily files whose columns vary, and a day that fails stops no other", async () => {
  files["/Harvester/Notices/Data/CSV/2025/05/01"] = DAY_1;
  files["/Harvester/Notices/Data/CSV/2025/05/02"] = DAY_2;
  server.misbehaveAt((path) => path.endsWith("/05/03"), status(500));
  const {outcome, archive} = await fetched(contractsFinder.bulk!, "2025-05-03");
  expect(releaseIds(archive)).toEqual(["a-1", "b-1", "c-1"]);
  expect(outcome).toMatchObject({state: "failed", releases: 3, failed_addresses: 1});
  expect(outcome.why).toContain("/Harvester/Notices/Data/CSV/2025/05/03");
});

const catalogue = (...datasets: {title: string; resources: {url: string}[]}[]) =>
  JSON.stringify({success: true, result: {count: datasets.length, results: datasets}});

test("history comes from the mirror: the month's files by the catalogue, of its emptied copies nothing, each file once", async () => {
  const may = {title: "Contracts Finder Notices 05 2025", resources: [{url: "/store/1.csv"}, {url: "/store/2.csv"}]};
  files["/api/3/action/package_search"] = catalogue(
    {...may, resources: []},
    may,
    {...may, resources: [{url: "/store/1.csv"}]},
    {title: "Contracts Finder Notices 05 2024", resources: [{url: "/store/other-year.csv"}]}
  );
  files["/store/1.csv"] = DAY_1;
  files["/store/2.csv"] = DAY_2;
  const {outcome, archive} = await fetched(contractsFinder.mirror!, "2025-05-31");
  expect(outcome).toMatchObject({state: "complete", releases: 3, requests: 3});
  expect(releaseIds(archive)).toEqual(["a-1", "b-1", "c-1"]);
  expect((await fetched(contractsFinder.mirror!, "2025-05-31")).outcome).toMatchObject({state: "complete"});
  expect(server.requests.filter(({path}) => path === "/store/1.csv").length).toBeLessThanOrEqual(2);
});

test("a month of which the catalogue lists no file is missing, not empty", () => {
  const answer = new TextEncoder().encode(catalogue({title: "Contracts Finder Notices 05 2025", resources: []}));
  const url = `https://catalogue.invalid${contractsFinder.mirror!.paging.kind === "periods" ? contractsFinder.mirror!.paging.addresses("2025-05")[0] : ""}`;
  expect(() => filesInCatalogue(answer, url)).toThrow(/lists no daily file for 05 2025 \(1 datasets/);
});
