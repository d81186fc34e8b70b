// Precision, recall and F1, per class and averaged. Averaged by support, recall is accuracy under another name.
import { type ConfusionMatrix, classCounts } from './confusion-matrix.ts';

/**
 * How classes become one number: `micro` pools the counts (which for one answer an item is accuracy), `macro` gives every
 * class one voice, `weighted` as many as it has items.
 */
export type Averaging = 'micro' | 'macro' | 'weighted';

export interface PerClass {
  /** TP/(TP + FP), [C]; 0 for a class that was never answered. */
  readonly precision: Float64Array;
  /** TP/(TP + FN), [C]; 0 for a class without items. */
  readonly recall: Float64Array;
  /** 2TP/(2TP + FP + FN), [C]; 0 for a class that neither occurs nor was answered. */
  readonly f1: Float64Array;
  /** Items of each class, [C]. */
  readonly support: Float64Array;
}

/**
 * The three scores of every class; where a denominator is 0 the score is 0.
 * @see https://scikit-learn.org/stable/modules/model_evaluation.html#multiclass-and-multilabel-classification
 */
export function perClass(confusion: ConfusionMatrix): PerClass {
  const { hits, support, predicted } = classCounts(confusion);
  const ratio = (above: number, below: number): number => (below === 0 ? 0 : above / below);
  return {
    precision: hits.map((hit, c) => ratio(hit, predicted[c] ?? 0)),
    recall: hits.map((hit, c) => ratio(hit, support[c] ?? 0)),
    f1: hits.map((hit, c) => ratio(2 * hit, (predicted[c] ?? 0) + (support[c] ?? 0))),
    support,
  };
}

/** Recall in [0, 1]. Weighted, Σ_c (n_c/n)·(TP_c/n_c) = Σ_c TP_c/n: exactly accuracy. */
export function recall(confusion: ConfusionMatrix, average: Averaging): number {
  return averaged(confusion, average, 'recall');
}

/** Precision in [0, 1]. */
export function precision(confusion: ConfusionMatrix, average: Averaging): number {
  return averaged(confusion, average, 'precision');
}

/** F1 in [0, 1]; macro and weighted average the classes' F1, not their precision and recall. */
export function f1(confusion: ConfusionMatrix, average: Averaging): number {
  return averaged(confusion, average, 'f1');
}

function averaged(
  confusion: ConfusionMatrix,
  average: Averaging,
  score: 'precision' | 'recall' | 'f1',
): number {
  const scores = perClass(confusion);
  const total = scores.support.reduce((sum, items) => sum + items, 0);
  if (average === 'micro') {
    // One answer an item: every false positive of a class is another's false negative, so all three are accuracy.
    return classCounts(confusion).hits.reduce((sum, hit) => sum + hit, 0) / total;
  }
  let sum = 0;
  for (const [c, value] of scores[score].entries()) {
    sum += average === 'macro' ? value / confusion.classes : (value * (scores.support[c] ?? 0)) / total;
  }
  return sum;
}
