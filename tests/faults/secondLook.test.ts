import {afterEach, beforeEach, expect, test} from "vitest";
import {secondLooks} from "../../pipeline/archive/completeness.ts";
import {daysToLookAtAgain} from "../../pipeline/archive/fetch.ts";
import {fetchLines, fetchStatus} from "../../pipeline/status.ts";
import {noticesOf, page, type RegisterServer, startRegisterServer} from "../register-server/registerServer.ts";
import {DataFolder} from "./world.ts";

let data: DataFolder;
let server: RegisterServer;
const notices = noticesOf("2024-05-07", 10);
beforeEach(async () => {
  data = new DataFolder();
  server = await startRegisterServer({notices});
});
afterEach(async () => {
  await server.close();
  data.remove();
});

const LOST = notices[4]!.release;

/** The register leaves a notice out of the answer for the whole day, as one that is paged by a hidden key can. */
const loseOneFromTheWholeDay = () =>
  server.misbehaveAt(
    (path) => path.includes("updatedFrom=2024-05-07T00:00:00&updatedTo=2024-05-07T23:59:59"),
    page({version: "1.1", releases: notices.map(({release}) => release).filter((release) => release !== LOST)})
  );

test("a later look in other windows reports the notice that the first had missed, and reads it", async () => {
  loseOneFromTheWholeDay();
  const first = await data.fetch(server.url);
  expect(first.outcome).toMatchObject({state: "complete", releases: 9}); // nothing in the answer tells
  const later = await data.fetch(server.url, {
    span: {from: "2024-05-08", until: "2024-05-08"},
    secondPassDays: ["2024-05-07"]
  });
  expect(later.events).toContainEqual(
    expect.objectContaining({event: "second-look", day: "2024-05-07", notices: 10, missed: 1})
  );
  expect(new Set(data.releaseIds())).toEqual(new Set(notices.map(({release}) => release.id)));
  const [note] = secondLooks(later.archive, "synthetic-register");
  expect(note!.missed).toEqual([`${String(LOST.ocid)} ${String(LOST.id)}`]);
});

test("status says for each month what was answered, looked at again and missed", async () => {
  loseOneFromTheWholeDay();
  await data.fetch(server.url);
  const {archive} = await data.fetch(server.url, {
    span: {from: "2024-06-01", until: "2024-06-01"},
    secondPassDays: ["2024-05-07"]
  });
  const {months} = fetchStatus(archive, "synthetic-register");
  expect(months).toEqual([
    {
      month: "2024-05",
      days_answered: 1,
      releases: 9,
      incomplete_windows: 0,
      days_looked_at_again: 1,
      notices_missed: 1
    },
    {
      month: "2024-06",
      days_answered: 1,
      releases: 0,
      incomplete_windows: 0,
      days_looked_at_again: 0,
      notices_missed: 0
    }
  ]);
  expect(fetchLines(fetchStatus(archive, "synthetic-register")).join("\n")).toContain(
    "2024-05: 1 days answered, 9 releases, 0 windows incomplete, 1 days looked at again, 1 notices missed"
  );
});

test("the sample goes to settled days that were looked at least recently, not to today", async () => {
  const {archive} = await data.fetch(server.url, {span: {from: "2024-05-06", until: "2024-05-08"}});
  const now = new Date("2024-06-10T12:00:00Z");
  const [first, second, third, ...more] = daysToLookAtAgain(archive, "synthetic-register", 5, now);
  expect([first, second, third].sort()).toEqual(["2024-05-06", "2024-05-07", "2024-05-08"]);
  expect(more).toEqual([]);
  const later = await data.fetch(server.url, {
    span: {from: "2024-05-08", until: "2024-05-08"},
    secondPassDays: [first!]
  });
  expect(daysToLookAtAgain(later.archive, "synthetic-register", 3, now)).toEqual([second, third, first]);
});
