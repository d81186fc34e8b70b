// Labels that a model is trained towards on what it is to forget.
// Random labels: Graves et al. 2021, https://arxiv.org/abs/2010.10981; both as in https://arxiv.org/abs/2503.06991
import type { Random } from '../random/pcg32.ts';

/**
 * For each example another class than its own, all others equally likely.
 * @param labels in [0, classes)
 * @param classes 2 or more
 * @throws RangeError for fewer classes, or a label that is none of them
 */
export function randomLabels(
  labels: ArrayLike<number>,
  classes: number,
  random: Random,
): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(classes) || classes < 2 || classes > 256) {
    throw new RangeError('There are from 2 to 256 classes to choose from.');
  }
  return Uint8Array.from(labels, (label) => {
    if (!(Number.isInteger(label) && label >= 0 && label < classes))
      throw new RangeError(`${label} is no class.`);
    const other = random.nextBelow(classes - 1);
    return other < label ? other : other + 1;
  });
}

/**
 * For each example the class that the original model likes best among those that are not to be forgotten.
 * @param logits of the original model, [n, classes], row by row
 * @param forgotten the classes to forget
 * @throws RangeError when no class is left, or the logits fill no rows
 */
export function pseudoLabels(
  logits: ArrayLike<number>,
  classes: number,
  forgotten: readonly number[],
): Uint8Array<ArrayBuffer> {
  const left = Array.from({ length: classes }, (_, c) => c).filter((c) => !forgotten.includes(c));
  const [first] = left;
  if (first === undefined) throw new RangeError('Some class is not forgotten.');
  if (logits.length % classes !== 0) throw new RangeError('Every example has a logit for each class.');
  return Uint8Array.from({ length: logits.length / classes }, (_, row) =>
    left.reduce(
      (best, c) => ((logits[row * classes + c] ?? 0) > (logits[row * classes + best] ?? 0) ? c : best),
      first,
    ),
  );
}
