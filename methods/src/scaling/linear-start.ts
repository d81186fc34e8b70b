// Where the fit of a law starts: the constants in which it is linear, by least squares for given exponents.
import { solvePositiveDefinite } from './solve-positive-definite.ts';

/**
 * Least squares of y on 1 and the given columns; a constant that would not be positive becomes a small share of the
 * largest loss over its column, so that its logarithm can be searched from.
 * @param losses y, [n]
 * @param columns each [n]
 * @returns the intercept and one constant a column, all positive
 */
export function linearStart(losses: Float64Array, columns: readonly Float64Array[]): number[] {
  // Columns are brought to size 1, or a small one would drown in the rounding of the others.
  const sizes = columns.map(
    (column) => column.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1,
  );
  const design = [
    new Float64Array(losses.length).fill(1),
    ...columns.map((column, j) => column.map((value) => value / (sizes[j] ?? 1))),
  ];
  const dot = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const solution = solvePositiveDefinite(
    design.map((row, j) =>
      design.map((column, k) => dot(row, column) + (j === k ? 1e-12 * losses.length : 0)),
    ),
    design.map((column) => dot(column, losses)),
  );
  const least = 1e-3 * losses.reduce((most, loss) => Math.max(most, loss), 0);
  return design.map((_, j) => Math.max(solution?.[j] ?? 0, least) / (j === 0 ? 1 : (sizes[j - 1] ?? 1)));
}
