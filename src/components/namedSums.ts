/** A sum that was named, the spending it was named for, and what would happen to contract size. */
export interface NamedSum {
  readonly who: string;
  readonly billions: number;
  readonly of: number; // £bn of spending
  readonly ofWhat: string;
  readonly scale: "halved" | "doubled";
}

/** Both sums of March 2014 against both totals the committee named, in the prices of the time. */
export const NAMED_SUMS: readonly NamedSum[] = [
  {who: "Locality and Vanguard", billions: 16, of: 162, ofWhat: "all council spending", scale: "halved"},
  {who: "Locality and Vanguard", billions: 16, of: 45, ofWhat: "what councils buy from third parties", scale: "halved"},
  {who: "the committee", billions: 1.8, of: 162, ofWhat: "all council spending", scale: "doubled"},
  {who: "the committee", billions: 1.8, of: 45, ofWhat: "what councils buy from third parties", scale: "doubled"}
];

/** The elasticity b of unit cost to contract scale at which the sum comes out: cost changes by 2^-b when scale is halved, 2^b when doubled. */
export function elasticityNeeded({billions, of, scale}: NamedSum): number {
  const exponent = Math.log2(1 - billions / of);
  return scale === "halved" ? -exponent : exponent;
}

/** The sum, in £bn, that an elasticity gives: below 0 is a rise in cost. */
export const sumAt = (elasticity: number, {of, scale}: NamedSum): number =>
  of * (1 - 2 ** (scale === "halved" ? -elasticity : elasticity));
