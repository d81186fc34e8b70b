// Products and inverses of small dense float64 matrices, row after row: what updates outside a gradient are made of.

/**
 * A·B.
 * @param a [n, k]
 * @param b [k, m]
 * @returns [n, m]
 */
export function multiply(a: Float64Array, b: Float64Array, n: number, k: number, m: number): Float64Array {
  const product = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const factor = a[i * k + j] ?? 0;
      if (factor === 0) continue;
      for (let c = 0; c < m; c++)
        product[i * m + c] = (product[i * m + c] ?? 0) + factor * (b[j * m + c] ?? 0);
    }
  }
  return product;
}

/** target += factor·left·rightᵀ, [n, m] with n and m the vectors' lengths. */
export function addOuter(
  target: Float64Array,
  left: Float64Array,
  right: Float64Array,
  factor: number,
): void {
  const m = right.length;
  for (let i = 0; i < left.length; i++) {
    const scaled = factor * (left[i] ?? 0);
    if (scaled === 0) continue;
    for (let j = 0; j < m; j++) target[i * m + j] = (target[i * m + j] ?? 0) + scaled * (right[j] ?? 0);
  }
}

/** Σ aᵢbᵢ, over the length of a. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** [n, n], 1 on the diagonal. */
export function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

/**
 * A⁻¹ by Gauss–Jordan elimination with row pivots.
 * @param matrix A, [n, n]; kept
 * @returns [n, n], or undefined when A has no inverse in double precision
 */
export function invert(matrix: Float64Array, n: number): Float64Array | undefined {
  const left = matrix.slice();
  const right = identity(n);
  const rowOf = (of: Float64Array, i: number): Float64Array => of.subarray(i * n, (i + 1) * n);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++) {
      if (Math.abs(left[i * n + column] ?? 0) > Math.abs(left[pivot * n + column] ?? 0)) pivot = i;
    }
    const scale = left[pivot * n + column] ?? 0;
    if (!(Math.abs(scale) > 1e-300 && Number.isFinite(scale))) return undefined;
    for (const side of [left, right]) {
      const kept = rowOf(side, column).slice();
      const pivotRow = rowOf(side, pivot).map((value) => value / scale);
      rowOf(side, pivot).set(kept);
      rowOf(side, column).set(pivotRow);
    }
    for (let i = 0; i < n; i++) {
      const factor = left[i * n + column] ?? 0;
      if (i === column || factor === 0) continue;
      for (const side of [left, right]) {
        for (let j = 0; j < n; j++) {
          side[i * n + j] = (side[i * n + j] ?? 0) - factor * (side[column * n + j] ?? 0);
        }
      }
    }
  }
  return right;
}
