// The chance that at least one of N independent answers is right, exactly and estimated from samples.

/**
 * pass@N = 1 − (1 − p)^N, without cancellation for small p.
 * @param p probability of a right answer in one draw, in [0, 1]
 * @param N draws, ≥ 1
 * @throws RangeError for values outside these
 * @see Chen et al. 2021, https://arxiv.org/abs/2107.03374, section 2.1
 */
export function passAtN(p: number, N: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError('A probability lies in [0, 1].');
  if (!(N >= 1)) throw new RangeError('N is at least 1.');
  return -Math.expm1(N * Math.log1p(-p));
}

/**
 * The unbiased estimate of pass@k from n ≥ k samples of which c were right: 1 − C(n − c, k)/C(n, k), the share of the
 * subsets of k that hold a right one.
 * @throws RangeError unless 0 ≤ c ≤ n and 1 ≤ k ≤ n, all whole
 * @see Chen et al. 2021, https://arxiv.org/abs/2107.03374, equation 1
 */
export function passAtKEstimator(n: number, c: number, k: number): number {
  const areWhole = Number.isInteger(n) && Number.isInteger(c) && Number.isInteger(k);
  if (!areWhole || c < 0 || c > n || k < 1 || k > n)
    throw new RangeError('Whole numbers with 0 ≤ c ≤ n and 1 ≤ k ≤ n.');
  if (n - c < k) return 1;
  let allWrong = 1;
  for (let i = n - c + 1; i <= n; i += 1) allWrong *= 1 - k / i;
  return 1 - allWrong;
}
