import type {Recognised} from "../formats/recognise.ts";

/** One number about one council in one period, exactly as its publisher states it: nothing converted, nothing imputed. */
export interface Observation {
  readonly indicatorId: string;
  readonly gss: string; // nine-character ONS code that the publication uses for that period, e.g. E08000035
  readonly period: string; // as a reader says it: "2023-24" for a financial year
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
  readonly unit: "percent" | "pounds-per-week" | "pounds-thousand" | "pounds-per-resident";
  readonly polarity: "higher-is-more-repeat-demand" | "higher-is-dearer" | "neither";
  readonly tier: "upper" | "lower"; // which tier of council answers for it (a unitary answers for both)
  readonly serviceLine: string; // a service line of core.contracts
  readonly numerator: string | null; // in words
  readonly denominator: string | null; // in words
  readonly range: readonly [min: number, max: number]; // values outside are an error, not an outlier
  readonly periodType: "financial-year";
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
  readonly nextUpdate: string; // what the publisher says, or "not stated"
  readonly caveats: readonly string[];
  readonly indicators: readonly Indicator[];
  readonly expect: {readonly councilsPerPeriod: readonly [min: number, max: number]}; // outside it the file is refused
  /** True when this file, by its content and never by its name, is one of the publication's. */
  recognises(file: Recognised): boolean;
  /**
   * Every observation in the file.
   * @throws {LayoutError} naming the sheet, row or column that was expected and what was found instead
   */
  observations(file: Recognised): Promise<Observation[]> | Observation[];
}

export const definePublication = (publication: Publication): Publication => publication;
