/** One row that holds something, with its number as a spreadsheet shows it (the first is 1). */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[]; // from column A on; "" for a blank or covered cell; blanks at the end left out
  readonly isHidden?: true; // a reader who opens the workbook does not see it: helper rows, ids of variables
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[]; // blank rows left out
}

export const COLUMNS_AT_MOST = 16_384; // as in a spreadsheet program; formats of "the rest of the row" reach to the end
export const CELLS_AT_MOST = 20_000_000;
