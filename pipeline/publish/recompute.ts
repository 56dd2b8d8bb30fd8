// The published figures worked out a second time, in another language than the models: from released contracts, their years and the
// observations to the cells of council-scale and the dots of scale-and-outcome. Pure; money is whole pennies, so sums are exact.

/** A row of a published CSV file: cells as text, an empty one is missing. */
export type TextRow = Readonly<Record<string, string>>;

/** The measures of one cell, by the name of their column; a measure that is not made is not there. */
export type Measures = Readonly<Record<string, number>>;

export const GATE = 5; // contracts in force; fewer make no measure
const NO_COVERAGE = ["education", "housing-homelessness", "capital-works", "police", "fire", "other", "ambiguous"];

interface Share {
  readonly annual: number; // pennies
  readonly inYear: number; // pennies
  readonly id: string;
  readonly supplierKey: string;
  readonly suppliers: number;
  readonly isCallOff: boolean;
}

/**
 * An amount such as "375200.00" in whole pennies.
 * @throws {Error} when it is no amount with at most two decimals, or too large to be exact
 */
export function pennies(text: string): number {
  const [, sign, pounds = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  const value = Number(pounds) * 100 + Number(fraction.padEnd(2, "0"));
  if (sign === undefined || !Number.isSafeInteger(value)) throw new Error(`"${text}" is no exact amount of pounds`);
  return sign === "-" ? -value : value;
}

export const cellKey = (gss: string, serviceLine: string, financialYear: string): string =>
  `${gss} ${serviceLine} ${financialYear}`;

/** Money of the contracts that count, by council, service line and financial year. */
export class Cells {
  private readonly contracts = new Map<string, TextRow>();
  private readonly shares = new Map<string, Share[]>();
  private readonly running = new Map<string, number>(); // pounds, by cell

  addContract(row: TextRow): void {
    if (row.left_out_because === "") this.contracts.set(row.contract_id ?? "", row);
  }

  /** Needs every contract to have been added before. */
  addYear(row: TextRow): void {
    const contract = this.contracts.get(row.contract_id ?? "");
    if (!contract || hasEndedBefore(contract, Number(row.financial_year))) return;
    const key = cellKey(contract.council_gss ?? "", contract.service_line ?? "", row.financial_year ?? "");
    const shares = this.shares.get(key) ?? [];
    this.shares.set(key, shares);
    shares.push({
      annual: pennies(contract.annual_value_gbp ?? ""),
      inYear: pennies(row.in_year_gbp ?? ""),
      id: contract.contract_id ?? "",
      supplierKey: contract.supplier_key ?? "",
      suppliers: Number(contract.supplier_count),
      isCallOff: contract.value_kind === "call-off"
    });
  }

  addObservation(row: TextRow): void {
    const line = /^running-expenses-(.+)$/.exec(row.indicator_id ?? "")?.[1];
    if (line === undefined || row.council_gss === "" || row.value === "") return;
    this.running.set(cellKey(row.council_gss ?? "", line, row.financial_year ?? ""), Number(row.value) * 1000);
  }

  get counted(): {readonly contracts: number; readonly valueGbp: number} {
    let sum = 0;
    for (const {value_gbp} of this.contracts.values()) sum += pennies(value_gbp ?? "");
    return {contracts: this.contracts.size, valueGbp: sum / 100};
  }

  keys(): string[] {
    return [...this.shares.keys()];
  }

  measures(key: string): Measures {
    const shares = this.shares.get(key) ?? [];
    const line = key.split(" ")[1] ?? "";
    return measuresOf(shares, NO_COVERAGE.includes(line) ? undefined : this.running.get(key));
  }
}

/** Whether a notice ended the contract early, before the first day of a financial year. */
const hasEndedBefore = ({terminated_on = ""}: TextRow, financialYear: number): boolean =>
  terminated_on !== "" && terminated_on < `${financialYear - 1}-04-01`;

function measuresOf(shares: readonly Share[], runningGbp: number | undefined): Measures {
  const total = sum(shares.map(({inYear}) => inYear));
  const always = {
    contract_count: shares.length,
    call_off_count: shares.filter(({isCallOff}) => isCallOff).length,
    ...(shares.length === 0 ? {} : {total_in_year_gbp: total / 100}),
    ...(runningGbp && shares.length > 0 ? {coverage_pct: total / runningGbp} : {}) // pennies of pounds are per cent
  };
  if (shares.length < GATE) return always;
  const bySize = shares.toSorted((a, b) => a.annual - b.annual || (a.id < b.id ? -1 : 1));
  const bySupplier = new Map<string, number>();
  for (const {suppliers, supplierKey, inYear} of shares.filter(({suppliers: n}) => n === 1))
    if (suppliers === 1) bySupplier.set(supplierKey, (bySupplier.get(supplierKey) ?? 0) + inYear);
  const percent = (of: number): number => (100 * of) / total;
  const over = (pounds: number): number =>
    percent(sum(shares.filter(({annual}) => annual > pounds * 100).map(({inYear}) => inYear)));
  const withSums = {
    ...always,
    supplier_count: bySupplier.size,
    median_annual_gbp: median(bySize.map(({annual}) => annual)) / 100,
    typical_pound_gbp: typicalPound(bySize, total) / 100
  };
  if (total === 0) return withSums;
  return {
    ...withSums,
    over_1m_pct: over(1_000_000),
    over_5m_pct: over(5_000_000),
    largest_pct: percent(Math.max(...shares.map(({inYear}) => inYear))),
    hhi_left_out_pct: percent(sum(shares.filter(({suppliers}) => suppliers !== 1).map(({inYear}) => inYear))),
    ...concentration([...bySupplier.values()])
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The smallest annual value at which the money of contracts up to that size reaches half. */
function typicalPound(bySize: readonly Share[], total: number): number {
  let upToHere = 0;
  for (const {annual, inYear} of bySize) {
    upToHere += inYear;
    if (upToHere * 2 >= total) return annual;
  }
  throw new Error("the money of a cell does not add up to its own total");
}

function concentration(money: readonly number[]): {readonly supplier_hhi?: number} {
  const total = sum(money);
  return total === 0 ? {} : {supplier_hhi: sum(money.map((one) => (one / total) ** 2))};
}

const Z = 1.959963984540054; // 97.5 % point of the normal distribution

/** The Wilson score interval of k in n at 95 %, in per cent; null unless 0 <= k <= n and n > 0 (Wilson 1927). */
export function wilson(k: number, n: number): readonly [low: number, high: number] | null {
  if (!(n > 0 && k >= 0 && k <= n)) return null;
  const p = k / n;
  const centre = p + Z ** 2 / (2 * n);
  const half = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n * n));
  const scale = 100 / (1 + Z ** 2 / n);
  return [(centre - half) * scale, (centre + half) * scale];
}

/** Days of a term, both ends included; dates are ISO text. */
export function daysInclusive(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;
}

/** The part of a contract's value that falls in a financial year, to the penny; what rounding leaves over falls in the last year. */
export function inYearGbp(contract: TextRow, financialYear: number): number {
  const {starts_on: start = "", ends_on: end = ""} = contract;
  const value = pennies(contract.value_gbp ?? "");
  const [first, last] = [yearOf(start), yearOf(end)];
  const share = (year: number): number => {
    const from = start > `${year - 1}-04-01` ? start : `${year - 1}-04-01`;
    const until = end < `${year}-03-31` ? end : `${year}-03-31`;
    return Math.round((value * daysInclusive(from, until)) / daysInclusive(start, end));
  };
  if (financialYear < first || financialYear > last) return 0;
  if (financialYear < last) return share(financialYear) / 100;
  let before = 0;
  for (let year = first; year < last; year += 1) before += share(year);
  return (value - before) / 100;
}

const yearOf = (date: string): number => Number(date.slice(0, 4)) + (date.slice(5, 7) >= "04" ? 1 : 0);

/** Six significant figures, as the site prints them and as two computations must agree. */
export const significant = (value: number): string => Number(value.toPrecision(6)).toString();
