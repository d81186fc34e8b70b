// Direct coverage optimisation: cross-entropy that stops pushing once N draws would very likely hold a right answer.
// Chen et al. 2025, Rethinking Fine-Tuning when Scaling Test-Time Compute, https://arxiv.org/abs/2502.07154
import { lax, nn, numpy as np } from '@jax-js/jax';

/**
 * F(N, p) = N(1 − p)^{N−1} p / (1 − (1 − p)^N), the factor by which the gradient of the coverage loss
 * −log(1 − (1 − p)^N) differs from that of −log p. It is in (0, 1], falls with p, and is 1 for N = 1 and at p = 0.
 * @param logP log p ≤ 0, in float64
 * @param N draws, ≥ 1
 * @throws RangeError for values outside these
 */
export function dcoWeight(logP: number, N: number): number {
  if (!(logP <= 0)) throw new RangeError('log p is at most 0.');
  if (!(N >= 1)) throw new RangeError('N is at least 1.');
  if (N === 1) return 1;
  const p = Math.exp(logP);
  const log1mP = Math.log1p(-p);
  // log1p and expm1 keep all digits of a small p; where it is 0 itself the quotient has its limit.
  const covered = -Math.expm1(N * log1mP);
  return covered === 0 ? 1 : (N * p * Math.exp((N - 1) * log1mP)) / covered;
}

export interface DcoOptions {
  /** The draws that the loss covers, ≥ 1; with 1 it is cross-entropy. */
  readonly N: number;
  /** The answer's −log p is summed over its parts, which is the gradient of the coverage itself, or averaged. */
  readonly reduction?: 'sum' | 'mean';
  /** Floats [B, T], 1 where a part belongs to the answer; all when left out; consumed. */
  readonly mask?: np.Array;
}

/**
 * stopgrad(F(N, p)) · (−log p) for answers of several parts, p the product of the parts' probabilities: its gradient is
 * that of −log(1 − (1 − p)^N), its value is not.
 * @param logits floats [B, T, C]; consumed
 * @param labels one-hot floats [B, T, C]; consumed
 * @returns one value an answer, [B]
 */
export function dcoLoss(
  logits: np.Array,
  labels: np.Array,
  { N, reduction = 'sum', mask }: DcoOptions,
): np.Array {
  const [batch = 0, parts = 0] = logits.shape;
  const counted = mask ?? np.ones([batch, parts]);
  const logPs = nn.logSoftmax(logits, -1).mul(labels).sum(-1).mul(counted.ref);
  const logP = logPs.sum(-1);
  const counts = counted.sum(-1);
  const weight = lax.stopGradient(dcoWeights(logP.ref, N));
  const loss = reduction === 'sum' ? logP.neg() : logP.neg().div(np.maximum(counts.ref, 1));
  counts.dispose();
  return loss.mul(weight);
}

/** F(N, p) for an array of log p, in the arrays' own float32. */
function dcoWeights(logP: np.Array, N: number): np.Array {
  if (N === 1) return np.onesLike(logP);
  // At p = 1 the factor is 0; log1p(−1) is not a number that can be multiplied.
  const p = np.minimum(np.exp(logP), 1 - 2 ** -23);
  const log1mP = np.log1p(p.ref.neg());
  const tail = np.exp(log1mP.ref.mul(N - 1));
  const covered = np.expm1(log1mP.mul(N)).neg();
  const isCovered = covered.ref.greater(0);
  const quotient = p
    .mul(N)
    .mul(tail)
    .div(np.where(isCovered.ref, covered, 1));
  return np.where(isCovered, quotient, 1);
}
