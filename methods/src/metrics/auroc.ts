// The chance that a positive is scored above a negative: ranking alone, whatever the threshold.
import { midRanks } from '../statistics/ranks.ts';
import { checkBinary } from './check-binary.ts';

/**
 * The area under the ROC curve by ranks, (R₁ − n₁(n₁+1)/2)/(n₁n₀); equal scores count one half.
 * @param labels 0 or 1, [n]
 * @param scores higher for more likely 1, [n]
 * @returns in [0, 1]; ½ is chance
 * @throws RangeError for different lengths, another label, a score that is not finite, or only one class
 * @see Hanley & McNeil 1982, Radiology 143
 */
export function auroc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const positives = checkBinary(labels, scores);
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) throw new RangeError('Both classes must occur.');
  let rankSum = 0;
  for (const [i, rank] of midRanks(scores).entries()) if (labels[i] === 1) rankSum += rank;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
