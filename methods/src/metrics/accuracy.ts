// The share of right answers, over items and over classes.
import { type ConfusionMatrix, classCounts } from './confusion-matrix.ts';

/** Σ_c TP_c / n, in [0, 1]. */
export function accuracy(confusion: ConfusionMatrix): number {
  const { hits, support } = classCounts(confusion);
  return sum(hits) / sum(support);
}

/**
 * The mean recall of the classes that occur, in [0, 1]: what always answering one of two classes brings is ½, however
 * rare the other. A class without items has no recall and is left out, as in scikit-learn.
 */
export function balancedAccuracy(confusion: ConfusionMatrix): number {
  const { hits, support } = classCounts(confusion);
  let total = 0;
  let occurring = 0;
  for (const [c, items] of support.entries()) {
    if (items === 0) continue;
    total += (hits[c] ?? 0) / items;
    occurring++;
  }
  return total / occurring;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
