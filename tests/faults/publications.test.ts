import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {zipSync} from "fflate";
import {afterEach, beforeEach, expect, test} from "vitest";
import {Archive, type ArchivedFile} from "../../pipeline/archive/archive.ts";
import {Client} from "../../pipeline/archive/client.ts";
import type {FetchEvent} from "../../pipeline/archive/fetch.ts";
import {type Findable, fetchPublication, findables, partsOf} from "../../pipeline/fetch/publications.ts";
import {LayoutError} from "../../pipeline/formats/layoutError.ts";
import type {Discovery} from "../../pipeline/indicators/discovery/discovery.ts";
import {govUk} from "../../pipeline/indicators/discovery/govUk.ts";
import {
  deflator,
  exploreEducation,
  nomis,
  plans,
  postcodeDirectory,
  references,
  referrals
} from "../register-server/publishers.ts";
import {
  htmlWithStatus200,
  ok,
  type RegisterServer,
  redirectTo,
  startRegisterServer,
  status,
  tooManyRequests
} from "../register-server/registerServer.ts";
import {JumpingClock, waits} from "./world.ts";

// Fetching by pages that lead to files, on a loopback server. SYNTHETIC throughout.

const CONTENT = "/api/content/government/statistics/synthetic";
const MEDIA = "https://assets.publishing.service.gov.uk/media";

let runs = 0; // each run is an hour after the one before
const files: Record<string, Uint8Array | string> = {};
let server: RegisterServer;
let folder: string;
beforeEach(async () => {
  runs = 0;
  folder = mkdtempSync(join(tmpdir(), "contract-scale-publications-"));
  server = await startRegisterServer({files});
});
afterEach(async () => {
  await server.close();
  rmSync(folder, {recursive: true, force: true});
  for (const path of Object.keys(files)) delete files[path];
});

const synthetic = (discovery: Discovery = govUk(["statistics/synthetic"], {attachment: /table/i})): Findable => ({
  id: "synthetic-publication",
  title: "SYNTHETIC publication",
  discovery,
  isLarge: false,
  recognises: ({bytes}) => new TextDecoder().decode(bytes).startsWith("year"),
  read: async (bytes) => {
    const lines = new TextDecoder().decode(bytes).trim().split("\n");
    return lines[0]?.startsWith("year")
      ? {rows: lines.length - 1, problem: null}
      : {rows: 0, problem: "no column year"};
  }
});

async function fetchOnce(
  one: Findable = synthetic(),
  requestsAtMost = Number.POSITIVE_INFINITY,
  archive: Archive = new Archive(folder)
) {
  const clock = new JumpingClock(Date.parse("2024-06-10T08:00:00Z") + 3_600_000 * runs++);
  const events: FetchEvent[] = [];
  const client = new Client({
    userAgent: "contract-scale/test",
    clock,
    onWait: (source, waitMs, why) => events.push({event: "wait", source, seconds: waitMs / 1000, why})
  });
  try {
    const request = {endpoints: new Map([[one.id, server.url]]), secondsBetween: new Map(), requestsAtMost};
    const tools = {
      archive,
      client,
      now: () => new Date(clock.now()),
      random: () => 1,
      report: (event: FetchEvent) => void events.push(event)
    };
    const {outcome} = await fetchPublication(one, request, tools);
    const found = events.flatMap((event) => (event.event === "file" ? [event] : []));
    return {outcome, events, found, clock, archive};
  } finally {
    await client.close();
  }
}

const page = (...attachments: readonly [name: string, title: string][]) =>
  JSON.stringify({
    base_path: "/government/statistics/synthetic",
    details: {attachments: attachments.map(([name, title]) => ({url: `${MEDIA}/${name}`, title}))}
  });
const asked = () => server.requests.map(({path}) => path);

test("a page leads to its files; the page is kept and never read as data", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"], ["1/notes.csv", "Notes"]);
  files["/media/1/a.csv"] = "year,x\n2024,1\n";
  const {outcome, found, archive} = await fetchOnce();
  expect(outcome).toMatchObject({state: "complete", files: 1, new_files: 1, requests: 2});
  expect(found).toMatchObject([{title: "Table A", rows: 1, is_new: true}]);
  expect(archive.files("synthetic-publication").map(({origin}) => new URL(origin).pathname)).toEqual([
    "/media/1/a.csv"
  ]);
  expect(archive.answers("synthetic-publication").map(({answer}) => answer.role)).toEqual(["page", "data"]);
});

test("an unchanged file changes nothing, and one whose address holds its hash is not asked for again", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"]);
  files["/media/1/a.csv"] = "year,x\n2024,1\n";
  await fetchOnce();
  const {outcome, archive} = await fetchOnce();
  expect(outcome).toMatchObject({state: "complete", files: 1, new_files: 0, requests: 1});
  expect(asked().filter((path) => path.startsWith("/media"))).toHaveLength(1);
  expect(archive.files("synthetic-publication")).toHaveLength(1);
});

test("a revised file is archived beside the one before", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"]);
  files["/media/1/a.csv"] = "year,x\n2024,1\n";
  await fetchOnce();
  files[CONTENT] = page(["2/a_revised.csv", "Table A (revised)"]);
  files["/media/2/a_revised.csv"] = "year,x\n2024,2\n";
  const {outcome, archive} = await fetchOnce();
  expect(outcome).toMatchObject({state: "complete", files: 1, new_files: 1});
  const [first, second] = archive
    .files("synthetic-publication")
    .map((file) => new TextDecoder().decode(archive.read(file)));
  expect([first, second]).toEqual(["year,x\n2024,1\n", "year,x\n2024,2\n"]);
});

test("a page without the file is an error that names the page, what was not found, and what is there", async () => {
  files[CONTENT] = page(["1/b.csv", "Figures B"]);
  files["/government/statistics/synthetic"] = "<p>Nothing to see</p>";
  const {outcome} = await fetchOnce();
  expect(outcome.state).toBe("failed");
  expect(outcome.why).toBe(
    "https://www.gov.uk/api/content/government/statistics/synthetic led to no spreadsheet or CSV attached whose title or file name fits table; " +
      'there are "Figures B"; https://www.gov.uk/government/statistics/synthetic led to no spreadsheet or CSV attached whose title or file name fits table'
  );
});

test("where the interface is gone, the page itself leads to the file, and robots.txt is asked before it", async () => {
  files["/government/statistics/synthetic"] = `<a href="${MEDIA}/1/table.csv">CSV</a>`;
  files["/media/1/table.csv"] = "year,x\n2024,1\n";
  const {outcome} = await fetchOnce();
  expect(outcome).toMatchObject({state: "complete", files: 1});
  expect(asked()).toEqual([CONTENT, "/robots.txt", "/government/statistics/synthetic", "/media/1/table.csv"]);
});

test("a page that robots.txt closes to programs is not asked", async () => {
  files["/robots.txt"] = "User-agent: *\nDisallow: /government/\n";
  files["/government/statistics/synthetic"] = `<a href="${MEDIA}/1/table.csv">CSV</a>`;
  const {outcome} = await fetchOnce();
  expect(outcome.why).toContain("the site's robots.txt asks programs not to");
  expect(asked()).not.toContain("/government/statistics/synthetic");
});

test("a file that the reader does not understand is archived, and fails the run until a reader understands it", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"], ["1/b.csv", "Table B"]);
  files["/media/1/a.csv"] = "month,x\n1,1\n";
  files["/media/1/b.csv"] = "year,x\n2024,1\n";
  const why = `${server.url}/media/1/a.csv ("Table A") cannot be read: no column year`;
  const first = await fetchOnce();
  expect(first.outcome).toMatchObject({state: "failed", why, files: 2, new_files: 2});
  expect(first.archive.files("synthetic-publication")).toHaveLength(2);
  const second = await fetchOnce();
  expect(second.outcome).toMatchObject({state: "failed", why, new_files: 0});
  const third = await fetchOnce({...synthetic(), read: async () => ({rows: 1, problem: null})});
  expect(third.outcome.state).toBe("complete");
});

test("a file that is not there stops no other", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"], ["1/b.csv", "Table B"]);
  files["/media/1/b.csv"] = "year,x\n2024,1\n";
  const {outcome} = await fetchOnce();
  expect(outcome).toMatchObject({state: "failed", files: 1, failed_addresses: 1});
  expect(outcome.why).toContain("/media/1/a.csv: has nothing there (404)");
});

test("a run that stops at its limit of requests goes on where it was", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"], ["1/b.csv", "Table B"]);
  files["/media/1/a.csv"] = "year,x\n2024,1\n";
  files["/media/1/b.csv"] = "year,x\n2024,2\n";
  const first = await fetchOnce(synthetic(), 2);
  expect(first.outcome).toMatchObject({state: "stopped", files: 1, windows_left: 1});
  const second = await fetchOnce();
  expect(second.outcome).toMatchObject({state: "complete", files: 2});
  expect(asked()).toEqual([CONTENT, "/media/1/a.csv", "/media/1/b.csv"]);
});

test.each([
  "https://elsewhere.invalid/table.csv",
  "http://assets.publishing.service.gov.uk/table.csv",
  "https://127.0.0.1/table.csv",
  "https://assets.publishing.service.gov.uk:8443/table.csv"
])("a file at %s is refused with its address and never asked for", async (url) => {
  files[CONTENT] = JSON.stringify({base_path: "/x", details: {attachments: [{url, title: "Table"}]}});
  const {outcome} = await fetchOnce();
  expect(outcome.state).toBe("failed");
  expect(outcome.why).toContain(`refused to ask ${url}`);
  expect(asked()).toEqual([CONTENT]);
});

test("a redirect to another host is refused", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"]);
  server.misbehaveAt((path) => path === "/media/1/a.csv", redirectTo("https://elsewhere.invalid/a.csv"));
  const {outcome} = await fetchOnce();
  expect(outcome.why).toContain("refused to ask https://elsewhere.invalid/a.csv");
});

test("a web page with status 200 where a file belongs is tried again and never archived as data", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"]);
  server.misbehaveAt((path) => path === "/media/1/a.csv", htmlWithStatus200);
  const {outcome, archive} = await fetchOnce();
  expect(outcome.why).toContain("answered with a web page where data belongs");
  expect(server.requests).toHaveLength(6);
  expect(archive.files("synthetic-publication")).toEqual([]);
  expect(readFileSync(join(folder, "raw/synthetic-publication/refused.jsonl"), "utf8")).toContain(
    "a web page instead of a file"
  );
});

test("asked too often, it waits as long as it is told; asked for a day, it is left for another time", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"]);
  files["/media/1/a.csv"] = "year,x\n2024,1\n";
  server.misbehave(tooManyRequests("7"));
  const first = await fetchOnce();
  expect(first.outcome.state).toBe("complete");
  expect(waits({...first, outcome: first.outcome})).toEqual([7]);
  server.misbehave(tooManyRequests("86400"));
  const second = await fetchOnce();
  expect(second.outcome).toMatchObject({state: "deferred", new_files: 0});
});

test("a publisher that is down keeps what was archived before", async () => {
  files[CONTENT] = page(["1/a.csv", "Table A"]);
  files["/media/1/a.csv"] = "year,x\n2024,1\n";
  await fetchOnce();
  server.misbehaveAt(() => true, status(503));
  const {outcome, archive} = await fetchOnce();
  expect(outcome.state).toBe("failed");
  expect(archive.files("synthetic-publication")).toHaveLength(1);
});

test("pages that lead round in a circle are asked once each", async () => {
  const other = "/api/content/government/statistics/other";
  const leadingTo = (path: string) =>
    JSON.stringify({
      base_path: "/x",
      links: {documents: [{base_path: path.replace("/api/content", ""), title: "Table"}]}
    });
  files[CONTENT] = leadingTo(other);
  files[other] = leadingTo(CONTENT);
  files["/government/statistics/synthetic"] = "";
  const {outcome} = await fetchOnce();
  expect(outcome.state).toBe("failed");
  expect(asked().filter((path) => path === CONTENT)).toHaveLength(1);
});

test("a zip gives the members that are the publication's by content, and is kept whole beside them", async () => {
  files[CONTENT] = page(["1/table.csv", "Table"]);
  const bytes = (text: string) => new TextEncoder().encode(text);
  files["/media/1/table.csv"] = zipSync({
    "data/a.csv": bytes("year,x\n2024,1\n"),
    "data/b.csv": bytes("other\n"),
    "c.txt": bytes("year")
  });
  const {outcome, archive} = await fetchOnce();
  expect(outcome).toMatchObject({state: "complete", new_files: 1});
  expect(archive.files("synthetic-publication").map(({origin}) => origin)).toEqual([
    `${server.url}/media/1/table.csv#data/a.csv`
  ]);
  expect(archive.answers("synthetic-publication").map(({answer}) => answer.role)).toEqual(["page", "data", "page"]);
});

test("a zip with nothing of the publication's is refused with the names in it", () => {
  const zip = zipSync({"a.csv": new TextEncoder().encode("other")});
  expect(() => [...partsOf(zip, /csv$/, () => false)]).toThrow(
    new LayoutError("no file of the zip is the publication's; it holds a.csv")
  );
});

const named = async (id: string): Promise<Findable> => (await findables()).find((one) => one.id === id)!;

test("children in need: from the API's search to the files as they were uploaded, read as a build will", async () => {
  Object.assign(files, exploreEducation({referrals: referrals(2025), plans: plans(2025)}));
  const {outcome, found} = await fetchOnce(await named("children-in-need"));
  expect(outcome).toMatchObject({state: "complete", files: 2, new_files: 2, requests: 5});
  expect(found.map(({rows}) => rows)).toEqual([154, 154]); // 153 councils and England
});

test("children in need: a search in two pages is followed to the second", async () => {
  Object.assign(files, exploreEducation({referrals: referrals(2025), plans: plans(2025)}));
  const path = "/statistics/v1/publications";
  const first = {paging: {page: 1, pageSize: 40, totalPages: 2}, results: [{id: "x", slug: "other", title: "Other"}]};
  server.misbehave(ok(JSON.stringify(first)));
  const {outcome} = await fetchOnce(await named("children-in-need"));
  expect(outcome.state).toBe("complete");
  expect(asked().slice(0, 2)).toEqual([
    `${path}?search=children%20in%20need&pageSize=40`,
    `${path}?search=children+in+need&pageSize=40&page=2`
  ]);
});

test("children in need: a release with half its data sets in the API is taken whole from its page, as a zip", async () => {
  const both = {referrals: referrals(2025), plans: plans(2025)};
  Object.assign(files, exploreEducation(both));
  const dataSets = Object.keys(files).find((path) => path.endsWith("/data-sets"))!;
  files[dataSets] = JSON.stringify({
    results: [{id: "d1", title: "C1 - Referrals and re-referrals", latestVersion: null}]
  });
  const release = "/api/releases/11111111-2222-3333-4444-555555555555/files";
  files["/find-statistics/characteristics-of-children-in-need"] =
    `<a href="https://content.explore-education-statistics.service.gov.uk${release}">Download all data (zip)</a>`;
  files[release] = zipSync({
    "data/c1.csv": new TextEncoder().encode(both.referrals),
    "data/d3.csv": new TextEncoder().encode(both.plans),
    "data/a1.csv": new TextEncoder().encode("time_period\n2025\n")
  });
  const {outcome, found} = await fetchOnce(await named("children-in-need"));
  expect(outcome).toMatchObject({state: "complete", new_files: 2});
  expect(found.map(({address}) => address.split("#")[1])).toEqual(["data/c1.csv", "data/d3.csv"]);
});

test("the deflator and the population come from their fixed addresses", async () => {
  Object.assign(files, references());
  const [prices, people] = [await fetchOnce(await named("deflator")), await fetchOnce(await named("population"))];
  expect(prices.found).toMatchObject([{rows: 2, is_new: true}]);
  expect(people.found).toMatchObject([{rows: 306, is_new: true}]);
  expect([prices.outcome.state, people.outcome.state]).toEqual(["complete", "complete"]);
});

test("a population that stops at Nomis's limit of rows is refused as cut off", async () => {
  const one = nomis().split("\n");
  files["/api/v01/dataset/NM_2002_1.data.csv"] = [one[0], ...Array.from({length: 25_000}, () => one[1])].join("\n");
  const {outcome} = await fetchOnce(await named("population"));
  expect(outcome.why).toMatch(/cannot be read: .*25,000 rows, Nomis's limit/);
});

test("the postcode directory is the newest edition's files by area, out of its zip", async () => {
  Object.assign(files, postcodeDirectory);
  const {outcome, found} = await fetchOnce(await named("postcodes"));
  expect(outcome).toMatchObject({state: "complete", new_files: 1});
  expect(found).toMatchObject([{rows: 2, title: "ONS Postcode Directory (August 2025) for the UK"}]);
});

test("a deflator that was revised keeps both readings in the archive", async () => {
  files["/generator"] = deflator();
  const prices = await named("deflator");
  await fetchOnce(prices);
  files["/generator"] = deflator("22-12-2025");
  const {outcome, archive} = await fetchOnce(prices);
  expect(outcome).toMatchObject({new_files: 1});
  expect(archive.files("deflator")).toHaveLength(2);
});

/** An archive whose process dies before one of the steps that write to disk. */
class DyingArchive extends Archive {
  steps = 0;
  constructor(
    dataFolder: string,
    private readonly diesAt: number
  ) {
    super(dataFolder);
  }
  private step(): void {
    this.steps += 1;
    if (this.steps === this.diesAt) throw new Error("killed");
  }
  override keep(source: string, bytes: Uint8Array): string {
    this.step();
    return super.keep(source, bytes);
  }
  override name(file: ArchivedFile): ArchivedFile {
    this.step();
    return super.name(file);
  }
  override note(source: string, name: string, value: unknown): void {
    this.step();
    super.note(source, name, value);
  }
}

test("killed before any of its writes, a second run completes it: every file is there, and none twice", async () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  files[CONTENT] = page(["1/a.csv", "Table A"], ["1/table.csv", "Tables in a zip"]);
  files["/media/1/a.csv"] = "year,x\n2024,1\n";
  files["/media/1/table.csv"] = zipSync({"b.csv": bytes("year,x\n2024,2\n"), "c.csv": bytes("year,x\n2024,3\n")});
  const whole = new DyingArchive(folder, 0);
  await fetchOnce(synthetic(), Number.POSITIVE_INFINITY, whole);
  expect(whole.steps).toBeGreaterThan(8);
  for (let diesAt = 1; diesAt <= whole.steps; diesAt++) {
    rmSync(folder, {recursive: true, force: true});
    runs = 0;
    const dying = new DyingArchive(folder, diesAt);
    await expect(fetchOnce(synthetic(), Number.POSITIVE_INFINITY, dying), `step ${diesAt}`).rejects.toThrow("killed");
    const {outcome, archive} = await fetchOnce();
    expect(outcome, `step ${diesAt}`).toMatchObject({state: "complete", files: 2});
    const texts = archive.files("synthetic-publication").map((file) => new TextDecoder().decode(archive.read(file)));
    expect(texts.sort(), `step ${diesAt}`).toEqual(["year,x\n2024,1\n", "year,x\n2024,2\n", "year,x\n2024,3\n"]);
  }
}, 60_000);
