import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {publications} from "../../pipeline/discover.ts";
import {csvRows} from "../../pipeline/formats/csv.ts";
import {recognise} from "../../pipeline/formats/recognise.ts";
import type {Sheet, SheetRow} from "../../pipeline/formats/sheet.ts";
import {readWorkbook} from "../../pipeline/formats/workbook.ts";
import type {Observation} from "../../pipeline/indicators/indicator.ts";
import {writtenXlsx} from "../formats/writtenWorkbook.ts";
import {ROOT} from "../house/imports.ts";

// What a publisher may change from one release to the next, done to cuts of the real workbooks: a reader either reads every
// cell as before, or stops with a sentence. It never reads something else.

const WORKBOOKS = [
  ["statutory-homelessness", "2018-q4.xlsx"],
  ["statutory-homelessness", "2024-q1.xlsx"],
  ["statutory-homelessness", "2025-q4.ods"],
  ["revenue-outturn", "rsx-2024-25.ods"],
  ["revenue-outturn", "rs-2017-18.xlsx"],
  ["fly-tipping", "incidents-2012-13-to-2022-23.ods"]
] as const;

const all = await publications();
const CODE = /^[EKNSW]\d{8}$/;
const isPlaceRow = ({cells}: SheetRow): boolean => cells.some((cell) => CODE.test(cell.trim()));

type Change = (sheet: Sheet) => Sheet;
const numbered = (name: string, rows: readonly Omit<SheetRow, "number">[]): Sheet => ({
  name,
  rows: rows.map((row, i) => ({...row, number: i + 1}))
});

const noteAbove: Change = ({name, rows}) =>
  numbered(name, [{cells: ["Accredited official statistics"]}, {cells: []}, {cells: ["", "See notes"]}, ...rows]);
const emptyRowsBelowTheTitle: Change = ({name, rows}) =>
  numbered(name, [rows[0]!, {cells: []}, {cells: ["Back to contents"]}, ...rows.slice(1)]);
const columnInFront: Change = ({name, rows}) =>
  numbered(
    name,
    rows.map((row, i) => ({...row, cells: i === 0 ? row.cells : ["", ...row.cells]}))
  );
const columnInTheMiddle: Change = ({name, rows}) =>
  numbered(
    name,
    rows.map((row) => ({
      ...row,
      cells: [...row.cells.slice(0, 4), isPlaceRow(row) ? "77" : "", ...row.cells.slice(4)]
    }))
  );
const tableUnderneath: Change = ({name, rows}) =>
  numbered(name, [
    ...rows,
    {cells: []},
    {cells: ["Table of classes"]},
    ...rows.filter((row) => !isPlaceRow(row)).slice(-1),
    {cells: ["E06", "E12000001", "North East", "1", "2", "3", "4", "5", "6", "7"]},
    {cells: ["", "E13000001", "Inner London", "1", "2", "3", "4", "5", "6", "7"]}
  ]);
const hiddenCouncils: Change = ({name, rows}) => ({
  name,
  rows: rows.map((row, i) => (isPlaceRow(row) && i % 2 === 0 ? {...row, isHidden: true} : row))
});
const totalsMixedIn: Change = ({name, rows}) => {
  const first = rows.findIndex(isPlaceRow);
  if (first < 0) return {name, rows};
  const total = {cells: rows[first]!.cells.map((cell) => (CODE.test(cell.trim()) ? "E12000003" : cell))};
  return numbered(name, [...rows.slice(0, first + 1), total, ...rows.slice(first + 1)]);
};
const upsideDown: Change = ({name, rows}) => {
  const first = rows.findIndex(isPlaceRow);
  if (first < 0) return {name, rows};
  const after = rows.findIndex((row, i) => i > first && !isPlaceRow(row)); // the end of the first table
  const end = after < 0 ? rows.length : after;
  return numbered(name, [...rows.slice(0, first), ...rows.slice(first, end).reverse(), ...rows.slice(end)]);
};
const thousands: Change = ({name, rows}) => ({
  name,
  rows: rows.map((row) => ({
    ...row,
    cells: isPlaceRow(row)
      ? row.cells.map((cell) => (/^\d{4,}$/.test(cell) ? Number(cell).toLocaleString("en-GB") : cell))
      : row.cells
  }))
});
const spaced: Change = ({name, rows}) => ({
  name,
  rows: rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => (CODE.test(cell.trim()) ? ` ${cell.trim()} ` : cell))
  }))
});
const namesSpelledOtherwise: Change = ({name, rows}) => ({
  name,
  rows: rows.map((row) => ({
    ...row,
    cells: isPlaceRow(row)
      ? row.cells.map((cell) =>
          /^[A-Z][a-z]{4,}/.test(cell) && !/total/i.test(cell) ? `${cell} City Council [note 3]` : cell
        )
      : row.cells
  }))
});

const CHANGES: Readonly<Record<string, Change>> = {
  "rows of words above the title": noteAbove,
  "rows below the title": emptyRowsBelowTheTitle,
  "a column in front": columnInFront,
  "a column in the middle, with numbers of its own": columnInTheMiddle,
  "a second table underneath": tableUnderneath,
  "every second council hidden": hiddenCouncils,
  "totals of regions between the councils": totalsMixedIn,
  "councils in another order": upsideDown,
  "thousands with commas": thousands,
  "blanks around codes": spaced,
  "councils' names spelled otherwise": namesSpelledOtherwise
};

const sorted = (observations: readonly Observation[]): string[] =>
  observations
    .map(({position, value, ...rest}) =>
      JSON.stringify({...rest, value: value === null ? null : value.toPrecision(12)})
    )
    .sort();

for (const [id, file] of WORKBOOKS) {
  const publication = all.find((one) => one.id === id)!;
  const original = recognise(readFileSync(join(ROOT, "tests/fixtures", id, file)));
  const before = sorted(await publication.observations(original));
  const sheets = readWorkbook(original);
  const changed = (change: Change) => writtenXlsx(sheets.map(change));

  test(`${file} written again reads the same`, async () => {
    expect(sorted(await publication.observations(changed((sheet) => sheet)))).toEqual(before);
  });

  test.each(Object.entries(CHANGES))(`${file} with %s reads the same`, async (_what, change) => {
    const again = changed(change);
    expect(publication.recognises(again)).toBe(true);
    expect(sorted(await publication.observations(again))).toEqual(before);
  });

  test(`${file} with all its sheets renamed reads the same`, async () => {
    const again = writtenXlsx(sheets.map(({rows}, i) => ({name: `Sheet${i + 1}`, rows})));
    expect(sorted(await publication.observations(again))).toEqual(before);
  });

  test(`${file} with a symbol that no release has is refused with its sheet, row and cell`, async () => {
    const odd: Change = ({name, rows}) => ({
      name,
      rows: rows.map((row) => ({
        ...row,
        cells: isPlaceRow(row) ? row.cells.map((cell) => (/^\d+$/.test(cell) ? "(?)" : cell)) : row.cells
      }))
    });
    await expect((async () => publication.observations(changed(odd)))()).rejects.toThrow(
      /!row \d+.*"\(\?\)" is neither a number nor one of/
    );
  });
}

// --- CSV

const children = all.find(({id}) => id === "children-in-need")!;
const REFERRALS = "referrals-2013-to-2025.csv";
const recorded = csvRows(readFileSync(join(ROOT, "tests/fixtures/children-in-need", REFERRALS))).map(
  ({cells}) => cells
);
const quoted = (cell: string): string => (/[,"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const csv = (rows: readonly (readonly string[])[]) =>
  recognise(new TextEncoder().encode(rows.map((row) => row.map(quoted).join(",")).join("\r\n")));
const columnOf = (name: string) => recorded[0]!.indexOf(name);
const everyRow = (change: (row: readonly string[], i: number) => readonly string[]) => csv(recorded.map(change));
const readChildren = async (file: ReturnType<typeof csv>) => sorted(await children.observations(file));
const asRecorded = await readChildren(csv(recorded));
const cellAs = (name: string, change: (cell: string) => string) =>
  everyRow((row, i) => row.map((cell, j) => (i > 0 && j === columnOf(name) ? change(cell) : cell)));

test.each<[string, () => ReturnType<typeof csv>]>([
  ["columns in another order", () => everyRow((row) => [...row].reverse())],
  [
    "more columns",
    () => everyRow((row, i) => ["new_column", ...row].map((cell, j) => (j === 0 && i > 0 ? "99" : cell)))
  ],
  [
    "headings in other capitals, with blanks",
    () => everyRow((row, i) => (i === 0 ? row.map((cell) => cell.toUpperCase().replaceAll("_", " ")) : row))
  ],
  [
    "years as 2024-25",
    () => cellAs("time_period", (year) => `${Number(year.slice(0, 4)) - (year.length === 4 ? 1 : 0)}-${year.slice(-2)}`)
  ],
  [
    "years as 2024/2025",
    () =>
      cellAs("time_period", (year) => `${Number(year.slice(0, 4)) - (year.length === 4 ? 1 : 0)}/20${year.slice(-2)}`)
  ],
  [
    "levels as the API names them",
    () => cellAs("geographic_level", (level) => (level === "National" ? "NAT" : level === "Regional" ? "REG" : "LA"))
  ],
  ["councils' names spelled otherwise", () => cellAs("la_name", (name) => `${name} Borough Council`)],
  [
    "numbers in quotes, thousands with commas",
    () => cellAs("referral_count", (cell) => (/^\d{4,}$/.test(cell) ? Number(cell).toLocaleString("en-GB") : cell))
  ]
])(`${REFERRALS} with %s reads the same`, async (_what, changed) => {
  expect(children.recognises(changed())).toBe(true);
  expect(await readChildren(changed())).toEqual(asRecorded);
});

test(`${REFERRALS} with symbols in brackets keeps them as the reasons`, async () => {
  const bracketed = cellAs("rereferral_percent", (cell) => (/^[cuxz]$/.test(cell) ? `[${cell}]` : cell));
  const reasons = (observations: readonly Observation[]) =>
    observations.flatMap(({missingReason}) => missingReason ?? []).sort();
  const before = reasons(await children.observations(csv(recorded)));
  expect(before.length).toBeGreaterThan(0);
  expect(reasons(await children.observations(bracketed))).toEqual(
    before.map((reason) => (/^[cuxz]$/.test(reason) ? `[${reason}]` : reason)).sort()
  );
});

test(`${REFERRALS} with fractions where per cent belong is refused: they do not follow from the counts`, async () => {
  const fractions = cellAs("rereferral_percent", (cell) => (Number(cell) > 0 ? String(Number(cell) / 100) : cell));
  await expect((async () => children.observations(fractions))()).rejects.toThrow(
    /line \d+: \d+ of \d+ is [\d.]+ %, but the file says 0\./
  );
});

test(`${REFERRALS} with numerator and denominator exchanged is refused`, async () => {
  const exchanged = everyRow((row, i) =>
    i === 0
      ? row.map((name) => ({referral_count: "rereferral_count", rereferral_count: "referral_count"})[name] ?? name)
      : row
  );
  await expect((async () => children.observations(exchanged))()).rejects.toThrow(/but the file says/);
});
