// LoL: a query that saw more feedback must not retrieve worse than the same query with less.
// Zhu et al. 2022, LoL: A Comparative Regularization Loss over Query Reformulation Losses for Pseudo-Relevance
// Feedback, https://arxiv.org/abs/2204.11545
import { nn, numpy as np } from '@jax-js/jax';
import { masked } from '../losses/masked.ts';
import type { Random } from '../random/pcg32.ts';

/**
 * The reformulation loss L_rf = −log( e^{q·d⁺} / Σ e^{q·d} ) over the whole pool. Of several positives the worst-scored
 * one is the label and the others are left out of the sum.
 * @param queries floats [B, d]; consumed
 * @param pool floats [P, d]; consumed
 * @param positives floats [B, P], 1 where a document answers the query; each row has at least one; consumed
 * @param mask floats [B, P], 0 where a document is not in a query's pool; consumed. Positives always are.
 * @returns one value a query, [B]
 */
export function inPoolCrossEntropy(
  queries: np.Array,
  pool: np.Array,
  positives: np.Array,
  mask?: np.Array,
): np.Array {
  const scores = np.matmul(queries, pool.transpose());
  const isPositive = positives.greater(0);
  const worst = np.min(np.where(isPositive.ref, scores.ref, -masked), -1);
  const negatives = np.where(isPositive, masked, scores);
  const contrasted = mask === undefined ? negatives : np.where(mask.greater(0), negatives, masked);
  return nn.softplus(nn.logsumexp(contrasted, -1).sub(worst));
}

/**
 * The comparative term: the mean over all pairs of revisions of max(0, L_rf(more feedback) − L_rf(less feedback)).
 * Gradient flows into both members of a pair, and into none where they are equal.
 * @param losses floats [Q, R], the reformulation losses of R revisions of Q queries; consumed
 * @param order whether the columns' feedback depths fall (`desc`, as they are sampled) or rise
 * @returns one value a query, [Q]; 0 for a single revision
 */
export function comparativeRegularization(losses: np.Array, order: 'desc' | 'asc' = 'desc'): np.Array {
  const revisions = losses.shape[1] ?? 0;
  const pairs = (revisions * (revisions - 1)) / 2;
  const rises = np.subtract(np.expandDims(losses.ref, 2), np.expandDims(losses, 1));
  const deeperFirst =
    order === 'desc'
      ? np.triu(np.ones([revisions, revisions]), 1)
      : np.tril(np.ones([revisions, revisions]), -1);
  const harmful = np.where(rises.ref.greater(0), rises, 0).mul(deeperFirst);
  return harmful.sum([1, 2]).div(Math.max(1, pairs));
}

/**
 * Distinct feedback depths from {0, …, K}, deepest first; 0 is no feedback.
 * @throws RangeError when there are not `n` depths to draw
 */
export function sampleFeedbackDepths(random: Random, K: number, n: number): number[] {
  if (!Number.isInteger(n) || n < 1 || !Number.isInteger(K) || n > K + 1) {
    throw new RangeError('As many distinct depths are drawn as there are from 0 to K, or fewer.');
  }
  return sampleWithoutReplacement(
    random,
    Array.from({ length: K + 1 }, (_, depth) => depth),
    n,
  ).sort((a, b) => b - a);
}

/**
 * Feedback sets for the depths: the deepest a random sample of the candidates, the shallower ones its prefixes.
 * @param candidates the top of a run
 * @throws RangeError when a depth exceeds the candidates
 */
export function sampleNestedFeedback<T>(
  random: Random,
  candidates: readonly T[],
  depths: readonly number[],
): T[][] {
  const deepest = Math.max(0, ...depths);
  if (deepest > candidates.length)
    throw new RangeError('There are not as many candidates as the deepest set takes.');
  const sample = sampleWithoutReplacement(random, candidates, deepest);
  return depths.map((depth) => sample.slice(0, depth));
}

/**
 * (improved − hurt) / all, in [−1, 1]: how reliably feedback helps.
 * @param before a measure of every query without feedback; `after` the same queries with it
 * @throws RangeError when the lengths differ or there is no query
 * @see Collins-Thompson 2009, Reducing the risk of query expansion
 */
export function robustnessIndex(before: ArrayLike<number>, after: ArrayLike<number>): number {
  if (before.length !== after.length || before.length === 0) {
    throw new RangeError('Both measures are of the same queries, at least one.');
  }
  let balance = 0;
  for (let i = 0; i < before.length; i++) balance += Math.sign((after[i] ?? 0) - (before[i] ?? 0));
  return balance / before.length;
}

function sampleWithoutReplacement<T>(random: Random, items: readonly T[], n: number): T[] {
  const left = [...items];
  return Array.from({ length: n }, () => left.splice(random.nextBelow(left.length), 1)).flat();
}
