import {afterAll, beforeAll, expect, test} from "vitest";
import {readRelease} from "../../pipeline/ocds/release.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";

// What the schema lets through the database must cast: one date between the two would stop every release that is read with it.

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await Warehouse.open(null);
});
afterAll(() => warehouse.close());

const DAYS = ["2024-04-30", "2024-02-29", "2023-02-29", "2024-02-30", "2024-04-31", "1900-02-29", "2000-02-29"].concat(
  ["2024-00-10", "2024-13-10", "2024-04-00", "2024-04-32", "0000-01-01", "0001-02-28", "9999-12-31", "2024-03-31"],
  ["2024-10-27", "1752-09-05", "24-04-30", "+275760-09-13"]
);
const TIMES = [
  "",
  "T10:00",
  "T01:30:00",
  "T23:59:59",
  "T23:59:60",
  "T24:00",
  "T24:00:00",
  "T24:00:01",
  "T10:60",
  "T25:00"
];
const FRACTIONS = ["", ".1", ".1234567", ".12345678901234567890"];
const OFFSETS = ["", "Z", "+0000", "+01:00", "-0100", "+14:00", "+15:59", "+23:59", "+24:00", "-16:00", "+05:60"];

const dates = DAYS.flatMap((day) =>
  TIMES.flatMap((time) =>
    (time.length === 9 ? FRACTIONS : [""]).flatMap((fraction) =>
      (time === "" ? [""] : OFFSETS).map((offset) => day + time + fraction + offset)
    )
  )
);
const readDate = (date: string): string | null => {
  const read = readRelease({ocid: "ocds-synth0-1", id: "1", date});
  return "fault" in read ? null : read.release.date;
};

test("every date that is accepted is one that the database casts, to the instant that it says", async () => {
  const accepted = dates.flatMap((date) => readDate(date) ?? []);
  expect(accepted.length).toBeGreaterThan(500);
  const rows = await warehouse.rows<{text: string; ms: number | null}>(
    `select text, epoch_ms(try_cast(text as timestamptz))::double as ms
     from (select unnest(from_json($dates::json, '["VARCHAR"]')) as text)`,
    {dates: JSON.stringify(accepted)}
  );
  expect(rows.filter(({ms}) => ms === null)).toEqual([]);
  const withOffset = rows.filter(({text}) => /(Z|[+-]\d\d:?\d\d)$/.test(text.slice(10)));
  expect(withOffset.length).toBeGreaterThan(400);
  for (const {text, ms} of withOffset) expect(Math.abs(ms! - Date.parse(text)), text).toBeLessThanOrEqual(1); // fractions round
});

test.each([
  ["2024-04-30T10:00Z", "2024-04-30T10:00:00Z"], // seconds may be left out (ISO 8601), and the database wants them before an offset
  ["2024-04-30T10:00+01:00", "2024-04-30T10:00:00+01:00"],
  ["2024-02-29", "2024-02-29"],
  ["2000-02-29", "2000-02-29"],
  ["2023-02-29", null],
  ["1900-02-29", null],
  ["2024-02-30T00:00:00Z", null],
  ["2024-06-31", null], // a council's "31/06/2024"
  ["2024-04-30T23:59:60Z", null]
])("%s is read as %s", (given, read) => {
  expect(readDate(given)).toBe(read);
});
