// Projections on a few columns, as typed arrays: a permutation test solves the same small regression a thousand times.
// Columns that others already explain are dropped, as R's lm does, so an unbalanced panel needs no care from its caller.

export type Column = Float64Array;

export function dot(a: Column, b: Column): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

/** Columns of length one, at right angles to each other, that span the given ones (modified Gram-Schmidt, done twice). */
export function orthonormalBasis(columns: readonly Column[], tolerance = 1e-9): Column[] {
  const basis: Column[] = [];
  for (const column of columns) {
    const length = Math.sqrt(dot(column, column));
    const rest = residual(column, basis);
    const left = Math.sqrt(dot(rest, rest));
    if (left > tolerance * length) basis.push(rest.map((value) => value / left));
  }
  return basis;
}

/** What the basis does not explain of a column. */
export function residual(column: Column, basis: readonly Column[]): Column {
  const rest = Float64Array.from(column);
  takeOut(rest, basis);
  return rest;
}

/** Takes out of a column, in place, what the basis explains: twice, because the second pass removes what rounding left of the first. */
export function takeOut(column: Column, basis: readonly Column[]): void {
  for (let pass = 0; pass < 2; pass += 1)
    for (const unit of basis) {
      const share = dot(unit, column);
      for (let i = 0; i < column.length; i += 1) column[i]! -= share * unit[i]!;
    }
}
