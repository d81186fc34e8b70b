// A small symmetric positive definite system, solved by Cholesky: what a least-squares step of a few unknowns needs.

/**
 * Solves A x = b.
 * @param matrix A as rows, [n, n], symmetric
 * @param right b, [n]
 * @returns x, [n], or undefined when A is not positive definite in double precision
 */
export function solvePositiveDefinite(
  matrix: readonly ArrayLike<number>[],
  right: ArrayLike<number>,
): Float64Array | undefined {
  const n = right.length;
  const factor = Array.from({ length: n }, () => new Float64Array(n));
  const at = (i: number, j: number): number => factor[i]?.[j] ?? 0;
  for (let i = 0; i < n; i++) {
    const row = factor[i] ?? new Float64Array(n);
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]?.[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      if (i === j && !(sum > 0 && Number.isFinite(sum))) return undefined;
      row[j] = i === j ? Math.sqrt(sum) : sum / at(j, j);
    }
  }
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = right[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= at(i, k) * (x[k] ?? 0);
    x[i] = sum / at(i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= at(k, i) * (x[k] ?? 0);
    x[i] = sum / at(i, i);
  }
  return x;
}
