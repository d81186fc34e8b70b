// The area under the precision-recall curve: ranking seen from the rare class.
import { checkBinary } from './check-binary.ts';

/**
 * Average precision, Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores from above. No line is drawn between the points, which
 * would be too kind; equal scores enter together.
 * @param labels 0 or 1, [n]
 * @param scores higher for more likely 1, [n]
 * @returns in [0, 1]; chance is the share of positives
 * @throws RangeError for different lengths, another label, a score that is not finite, or no positive
 * @see Davis & Goadrich 2006, https://doi.org/10.1145/1143844.1143874; scikit-learn's average_precision_score
 */
export function auprc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const positives = checkBinary(labels, scores);
  if (positives === 0) throw new RangeError('A positive must occur.');
  const order = Array.from({ length: labels.length }, (_, i) => i);
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  let hits = 0;
  let counted = 0;
  let area = 0;
  for (const [place, i] of order.entries()) {
    hits += labels[i] ?? 0;
    const next = order[place + 1];
    if (next !== undefined && scores[next] === scores[i]) continue;
    area += ((hits - counted) / positives) * (hits / (place + 1));
    counted = hits;
  }
  return area;
}
