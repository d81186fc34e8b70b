// Which answers a batch is filled with under direct coverage optimisation: one that is right often enough weighs nothing,
// and in its place another is trained on, so that a batch stays as large as it is.
// Chen et al. 2025, https://arxiv.org/abs/2502.07154, and the option `threshold` of its code
import { dcoWeight } from './dco.ts';

export interface LiveAnswersOptions {
  /** As in `dcoLoss`. */
  readonly N: number;
  /** The least weight F(N, p) that an answer needs, in [0, 1]; 0.1 when left out, as in the paper's chains of thought. */
  readonly threshold?: number;
  /** How many answers a batch holds. */
  readonly count: number;
}

/**
 * The places of the first `count` answers whose weight reaches the threshold, in the order given; all of them where they
 * are fewer.
 * @param logPs log p of each answer, ≤ 0
 * @throws RangeError for a threshold outside [0, 1], or as `dcoWeight`
 */
export function liveAnswers(
  logPs: ArrayLike<number>,
  { N, threshold = 0.1, count }: LiveAnswersOptions,
): number[] {
  if (!(threshold >= 0 && threshold <= 1)) throw new RangeError('A threshold of the weight lies in [0, 1].');
  const live: number[] = [];
  for (let i = 0; i < logPs.length && live.length < count; i++) {
    if (dcoWeight(logPs[i] ?? Number.NaN, N) >= threshold) live.push(i);
  }
  return live;
}
