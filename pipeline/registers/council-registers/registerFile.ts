import {createHash} from "node:crypto";
import {readDelimited} from "../../formats/delimited.ts";
import {LayoutError} from "../../formats/layoutError.ts";
import type {Recognised} from "../../formats/recognise.ts";
import type {Sheet, SheetRow} from "../../formats/sheet.ts";
import {isWorkbook, readWorkbook} from "../../formats/workbook.ts";
import type {FileContext} from "../register.ts";
import {readDay, readMoney, readYesNo} from "./cells.ts";
import {type Field, PROFILES, type Profile} from "./profiles.ts";

const ROWS_ABOVE_A_HEADER = 15; // titles, notes, a logo

/** A header found in a sheet: the layout it has, and in which column each field stands. */
interface Table {
  readonly profile: Profile;
  readonly columns: ReadonlyMap<Field, number>;
  readonly rows: readonly SheetRow[]; // below the header
}

/**
 * Reads a council's register file as releases, by the one declared layout that its header has.
 *
 * @throws {LayoutError} when no sheet has the header of a layout, naming the nearest and the columns that it lacks, when two
 *   layouts fit, when there is a header and no rows, or when nothing says whose register it is
 */
export function registerFile(file: Recognised, context: FileContext): unknown[] {
  const sheets = sheetsOf(file);
  const tables = sheets.flatMap((sheet) => tableIn(sheet, context.origin) ?? []);
  if (tables.length === 0) throw new LayoutError(`${context.origin}: ${nearest(sheets)}`);
  const releases = tables.flatMap((table) => contractsOf(table, context));
  if (releases.length === 0)
    throw new LayoutError(
      `${context.origin}: there is a header of the layout "${tables[0]?.profile.id}" and no contract below it`
    );
  return releases;
}

function sheetsOf(file: Recognised): readonly Sheet[] {
  if (isWorkbook(file)) return readWorkbook(file);
  if (file.format === "text") return [{name: "text", rows: readDelimited(file.bytes).rows}];
  throw new LayoutError(`a council's register is text in columns or a workbook; this is ${file.format}`);
}

function tableIn({name, rows}: Sheet, origin: string): Table | null {
  for (const [i, row] of rows.slice(0, ROWS_ABOVE_A_HEADER).entries()) {
    const below = rows[i + 1]?.cells ?? [];
    for (const [header, height] of [
      [row.cells, 1],
      [joined(row.cells, below), 2] // a header in two rows, the upper one of merged cells
    ] as const) {
      const fitting = PROFILES.filter((profile) => missing(profile, header).length === 0);
      if (fitting.length > 1)
        throw new LayoutError(
          `${origin}, ${name}: the header fits ${fitting.map(({id}) => `"${id}"`).join(" and ")}; which is meant cannot be told`
        );
      const [profile] = fitting;
      if (profile !== undefined) return {profile, columns: columnsOf(profile, header), rows: rows.slice(i + height)};
    }
  }
  return null;
}

/** "Contract" over "Start date" and "End date" is "contract start date" and "contract end date". */
function joined(upper: readonly string[], lower: readonly string[]): string[] {
  let above = "";
  return Array.from({length: Math.max(upper.length, lower.length)}, (_, i) => {
    above = upper[i] || above;
    return lower[i] ? `${above} ${lower[i]}` : (upper[i] ?? "");
  });
}

/** Column names as compared: without numbers in front, signs, currency and case. */
const key = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^\s*\d+[.)\s]+/, "")
    .replaceAll(/\(.*?\)|£/g, " ")
    .replaceAll(/[^a-z]+/g, " ")
    .trim();

function columnsOf(profile: Profile, header: readonly string[]): Map<Field, number> {
  const keys = header.map(key);
  const found = new Map<Field, number>();
  for (const [field, names] of Object.entries(profile.columns) as [Field, readonly string[]][]) {
    const name = names.find((candidate) => keys.includes(candidate));
    if (name !== undefined) found.set(field, keys.indexOf(name));
  }
  return found;
}

function missing(profile: Profile, header: readonly string[]): Field[] {
  const columns = columnsOf(profile, header);
  return profile.tells.filter((field) => !columns.has(field));
}

/** Which layout comes nearest, and what it lacks: usually a column that was renamed. */
function nearest(sheets: readonly Sheet[]): string {
  const candidates = sheets.flatMap(({rows}) =>
    rows
      .slice(0, ROWS_ABOVE_A_HEADER)
      .flatMap(({cells}) => PROFILES.map((profile) => ({profile, cells, lacks: missing(profile, cells)})))
  );
  const [best] = candidates.toSorted(
    (a, b) => b.profile.tells.length - b.lacks.length - (a.profile.tells.length - a.lacks.length)
  );
  if (best === undefined || best.lacks.length === best.profile.tells.length)
    return "no row of it is the header of a contract register that is known";
  const columns = best.lacks.map((field) => `"${best.profile.columns[field]?.[0] ?? field}"`).join(", ");
  return `the layout is not known; nearest is "${best.profile.id}", of which the column ${columns} is missing; the columns are ${best.cells.join(", ")}`;
}

function contractsOf({profile, columns, rows}: Table, context: FileContext): unknown[] {
  return rows
    .map((row) => ({row, cell: (field: Field) => row.cells[columns.get(field) ?? -1]?.trim() ?? ""}))
    .filter(({row, cell}) => !isTotal(row) && (cell("title") !== "" || cell("supplier") !== ""))
    .map(({cell}) => releaseOf(profile, cell, context));
}

const isTotal = ({cells}: SheetRow): boolean =>
  /^(grand |sub-?\s?)?total\b/i.test(cells.find((text) => text !== "") ?? "");

function releaseOf(profile: Profile, cell: (field: Field) => string, context: FileContext): Record<string, unknown> {
  const buyer = context.about?.name ?? cell("organisation");
  if (buyer === "")
    throw new LayoutError(
      `${context.origin}: nothing says whose register this is; put it in a folder named by the council's GSS code, such as E07000147`
    );
  const identity = [buyer, cell("reference"), cell("title"), cell("supplier"), cell("starts")].join("|");
  const id = createHash("sha256").update(identity).digest("hex").slice(0, 16);
  const cpv = /\d{8}/.exec(cell("cpv"))?.[0];
  const money = figureOf(profile, cell("value"));
  return {
    ocid: `council-register-${id}`, // the rows of a register carry no process identifier
    id,
    date: context.received_at ?? "1970-01-01T00:00:00Z", // registers are not dated: this is when it was seen
    tag: ["contract"],
    buyer: {id: "buyer", name: buyer},
    parties: [{id: "buyer", name: buyer, roles: ["buyer"]}, ...supplierParties(cell)],
    tender: {
      title: cell("title") || cell("description"),
      description: [cell("description"), money.note].filter(Boolean).join(". "),
      procurementMethodDetails: cell("procedure"),
      ...(cpv === undefined ? {} : {classification: {scheme: "CPV", id: cpv}})
    },
    awards: [
      {
        id,
        status: "active",
        ...(cell("awarded") === "" ? {} : {date: readDay(cell("awarded"))}),
        ...money.value,
        contractPeriod: {startDate: readDay(cell("starts")), endDate: readDay(cell("ends"))},
        suppliers: cell("supplier") === "" ? [] : [{id: "supplier-1", name: cell("supplier")}]
      }
    ]
  };
}

/** The figure as published, never multiplied out; that it is for one year is said in words, where later steps look for it. */
function figureOf(profile: Profile, text: string): {value: Record<string, unknown>; note: string} {
  const money = readMoney(text);
  if ("none" in money) return {value: {}, note: ""};
  if ("unreadable" in money) return {value: {value: {amount: money.unreadable, currency: "GBP"}}, note: ""};
  const isPerYear = money.isPerYear || profile.value === "annual";
  return {
    value: {value: {amount: money.amount, currency: "GBP"}},
    note: isPerYear ? `£${money.amount} per annum` : ""
  };
}

function supplierParties(cell: (field: Field) => string): object[] {
  if (cell("supplier") === "") return [];
  const company = cell("companyNumber").replaceAll(/\s/g, "");
  const charity = cell("charityNumber").replaceAll(/\s/g, "");
  const isSme = readYesNo(cell("sme"));
  return [
    {
      id: "supplier-1",
      name: cell("supplier"),
      roles: ["supplier"],
      ...(company !== ""
        ? {identifier: {scheme: "GB-COH", id: company}}
        : charity !== ""
          ? {identifier: {scheme: "GB-CHC", id: charity}}
          : {}),
      details: {...(isSme === null ? {} : {scale: isSme ? "sme" : "large"}), vcse: readYesNo(cell("vcse"))}
    }
  ];
}
