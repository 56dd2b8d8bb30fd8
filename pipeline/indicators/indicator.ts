import type {Recognised} from "../formats/recognise.ts";
import type {Discovery} from "./discovery/discovery.ts";

/** One number about one council (or England) in one period, exactly as its publisher states it: nothing converted or imputed. */
export interface Observation {
  readonly indicatorId: string;
  readonly gss: string; // nine-character ONS code that the publication uses for that period, e.g. E08000035; E92000001 is England
  readonly period: string; // as a reader says it: "2023-24" for a financial year, "2025-Q3" for a calendar quarter
  readonly periodStartOn: string; // ISO date, inclusive
  readonly periodEndOn: string; // ISO date, inclusive
  readonly value: number | null; // in the indicator's unit; null when withheld or not stated, never zero for missing
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly missingReason: string | null; // the publisher's own symbol or words ("c", "[x]", "not in the file") when value is null
  readonly position: string; // where in the file, for a person to find it: "row 1204", "RSX_LA_Data_202425!row 9"
}

/** What one indicator measures, what it does not, and how to read it. */
export interface Indicator {
  readonly id: string;
  readonly kind: "cost" | "repeat-demand" | "context";
  readonly title: string; // "Children re-referred within 12 months"
  readonly question: string; // what a reader wants to know, ending in a question mark
  readonly unit:
    | "percent"
    | "per-thousand-households"
    | "pounds-per-week"
    | "pounds-thousand"
    | "pounds-per-resident"
    | "pounds-per-incident";
  readonly polarity: "higher-is-more-repeat-demand" | "higher-is-less-repeat-demand" | "higher-is-dearer" | "neither";
  readonly tier: "upper" | "lower"; // which tier of council answers for it (a unitary answers for both)
  readonly serviceLine: string; // a service line of core.contracts
  readonly numerator: string | null; // in words
  readonly denominator: string | null; // in words
  readonly per: number | null; // value = per × numerator / denominator: 100 for per cent; null where the counts are not published
  /** How uncertain a value is as a picture of the council's usual year; an administrative total is what it is. */
  readonly interval: "wilson" | "byar" | "none: administrative total" | "none: counts not published";
  readonly range: readonly [min: number, max: number]; // values outside are an error, not an outlier
  /** A quarter becomes a year by adding counts, and only when all four are there; a stock is taken on the year's last day. */
  readonly periodType: "financial-year" | "calendar-year" | "quarter" | "quarter-end-stock";
  /** Worked out of another indicator and a population instead of read from a file: value = times × figure / residents. */
  readonly derivedFrom?: {
    readonly indicatorId: string;
    readonly times: number;
    readonly population: "under-18" | "18-and-over" | "all";
  };
  readonly breaks?: readonly {readonly on: string; readonly what: string}[]; // where the series is not comparable with itself
  readonly caveats: readonly string[]; // the first says what it is not
}

/** A statistical publication: who publishes it, how to recognise its files, how to read them, which indicators they carry. */
export interface Publication {
  readonly id: string; // the file name under pipeline/indicators
  readonly title: string;
  readonly publisher: string;
  readonly licence: "OGL-UK-3.0";
  readonly attribution: string; // the sentence the licence asks for
  readonly page: string; // the publisher's landing page, https
  readonly discovery: Discovery; // how to find its files without a person
  readonly periods: string; // which periods have been read from its files, in words
  readonly nextUpdate: string; // what the publisher says, or "not stated"
  readonly caveats: readonly string[];
  readonly traps: readonly string[]; // what its files do that a hasty reader gets wrong, and what is done about it
  readonly indicators: readonly Indicator[];
  readonly expect: {readonly councilsPerPeriod: readonly [min: number, max: number]}; // outside it the file is refused
  /** True when this file, by its content and never by its name, is one of the publication's. */
  recognises(file: Recognised): boolean;
  /**
   * Every observation in the file: of councils, and England's where the file states it.
   * @throws {LayoutError} naming the sheet, row or column that was expected and what was found instead
   */
  observations(file: Recognised): Promise<Observation[]> | Observation[];
}

export const definePublication = (publication: Publication): Publication => publication;

/** The sentence that the Open Government Licence asks for. */
export const openGovernment = (publisher: string): string =>
  `Contains public sector information licensed under the Open Government Licence v3.0 (${publisher}).`;
