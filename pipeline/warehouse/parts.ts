/** How many rows of its largest input a model takes at a time: at about a kilobyte each, some hundred megabytes. */
const ROWS_A_PART = 150_000;

const ID_DIGITS = 4; // hexadecimal; more cuts than there can be parts
const ID_STEPS = 16 ** ID_DIGITS;

/** Variables that say to the macros of models/macros.sql which rows are the part's; null for all. */
export type Part = Readonly<Record<(typeof VARIABLES)[number], string | number | null>>;
const VARIABLES = ["part_count", "part_number", "first_contract_id", "end_contract_id"] as const;

const WHOLE: Part = {part_count: null, part_number: null, first_contract_id: null, end_contract_id: null};

/** Whether a model says that it can be made in parts, each a table of its own: its SQL calls one of the macros. */
export const isInParts = (sql: string): boolean => /\bin_(process|contract)_part\(/.test(sql);

/**
 * The parts in which a model over so many rows is made, in order. Sorting and joining a million wide rows at once takes gigabytes;
 * some of them at a time take the same work and as much memory as a part does.
 *
 * Parts by contract cut the range of ids, which are hashes and so spread evenly, into equal pieces: each part is sorted by itself and
 * all of them together are as well.
 */
export function partsOf(rows: number, rowsAPart = ROWS_A_PART): Part[] {
  const count = Math.min(ID_STEPS, Math.max(1, Math.ceil(rows / rowsAPart)));
  if (count === 1) return [WHOLE];
  const cut = (i: number): string =>
    Math.round((ID_STEPS * i) / count)
      .toString(16)
      .padStart(ID_DIGITS, "0");
  return Array.from({length: count}, (_, i) => ({
    part_count: count,
    part_number: i,
    first_contract_id: i === 0 ? null : cut(i),
    end_contract_id: i === count - 1 ? null : cut(i + 1)
  }));
}

/** SQL that sets a part's variables. */
export const settingPart = (part: Part): string =>
  VARIABLES.map((name) => {
    const value = part[name];
    return `set variable ${name} = ${typeof value === "string" ? `'${value}'` : value}`;
  }).join("; ");

/** SQL that forgets them. */
export const FORGETTING_PART = settingPart(WHOLE);
