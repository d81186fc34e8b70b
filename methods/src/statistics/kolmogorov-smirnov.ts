// Whether two samples come from one distribution, by the largest gap between their empirical distributions.

export interface KolmogorovSmirnov {
  /** D = max |F₁ − F₂|, in [0, 1]. */
  readonly statistic: number;
  /** Two-sided: P(D at least this large | one distribution), given the ties that were met. */
  readonly pValue: number;
  readonly exact: boolean;
}

/** Up to this product of the sizes the p-value is counted exactly. */
const exactUpTo = 1_000_000;

/**
 * The two-sample Kolmogorov–Smirnov test. Exact by counting lattice paths while n₁·n₂ ≤ 10⁶, ties included; beyond,
 * Kolmogorov's limit Q(√(n₁n₂/(n₁+n₂))·D), which is conservative with ties.
 * @throws RangeError for an empty sample or a value that is not finite
 * @see Schröer & Trenkler 1995, https://doi.org/10.1016/0167-9473(94)00040-P; Smirnov 1939 for the limit
 */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): KolmogorovSmirnov {
  if (a.length === 0 || b.length === 0) throw new RangeError('An empty sample has no distribution.');
  const pooled = Float64Array.from([...Array.from(a), ...Array.from(b)]);
  if (!pooled.every(Number.isFinite)) throw new RangeError('A value is not a finite number.');
  pooled.sort();
  const n = a.length;
  const m = b.length;
  const sortedA = Float64Array.from(a).sort();
  // Where a value ends in the pooled order; only there are both distributions known.
  const ends = Array.from(pooled, (value, i) => i + 1 === pooled.length || pooled[i + 1] !== value);
  let gap = 0;
  let ofA = 0;
  for (const [i, value] of pooled.entries()) {
    if (!ends[i]) continue;
    while (ofA < n && (sortedA[ofA] ?? 0) <= value) ofA++;
    // In units of 1/(n₁n₂) the gap is a whole number, so that equal gaps compare equal.
    gap = Math.max(gap, Math.abs(ofA * m - (i + 1 - ofA) * n));
  }
  const statistic = gap / (n * m);
  const exact = n * m <= exactUpTo;
  const pValue = exact
    ? reachingShare(n, m, gap, ends)
    : kolmogorovTail(Math.sqrt((n * m) / (n + m)) * statistic);
  return { statistic, pValue, exact };
}

/**
 * The share of all orders of n and m items whose gap reaches `gap` at one of the ends. `reached[j]` is the chance, for
 * i items of the first and j of the second taken, to have reached it already: every order of what is taken is equally
 * likely, so the last one taken is of the first sample with chance i/(i+j).
 */
function reachingShare(n: number, m: number, gap: number, ends: readonly boolean[]): number {
  const reached = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (i + j === 0) {
        reached[j] = gap === 0 ? 1 : 0;
        continue;
      }
      const atEnd = ends[i + j - 1] === true;
      if (atEnd && Math.abs(i * m - j * n) >= gap) reached[j] = 1;
      else {
        const fromFirst = i > 0 ? (i / (i + j)) * (reached[j] ?? 0) : 0;
        const fromSecond = j > 0 ? (j / (i + j)) * (reached[j - 1] ?? 0) : 0;
        reached[j] = fromFirst + fromSecond;
      }
    }
  }
  return Math.min(1, reached[m] ?? 0);
}

/**
 * Q(x) = 2 Σ (−1)^{k−1} e^{−2k²x²} = P(K > x) for Kolmogorov's distribution; below 1 by the equal theta series
 * 1 − √(2π)/x Σ e^{−(2k−1)²π²/(8x²)}, where the first one would cancel.
 * @param x from 0 up
 * @throws RangeError for a negative x
 */
export function kolmogorovTail(x: number): number {
  if (!(x >= 0)) throw new RangeError('The statistic is 0 or more.');
  if (x < 1) {
    if (x < 0.04) return 1;
    let sum = 0;
    for (let k = 1; k < 20; k += 2) sum += Math.exp(-(k * k * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 1; k < 20; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return 2 * sum;
}
