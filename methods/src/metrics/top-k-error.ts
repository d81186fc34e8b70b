// Whether the right class is among the first k: what a list of k places is judged by.

/**
 * How many classes are scored above the right one, of each example; of those scored the same, half. 0 is first.
 * @param scores [examples · classes], example after example
 * @param labels integers [examples] in [0, classes)
 * @returns [examples]; infinite where a score of the example is not a number
 * @throws RangeError when the lengths do not fit or a label is not a class
 */
export function ranksOfLabels(scores: ArrayLike<number>, labels: ArrayLike<number>): Float64Array {
  const examples = labels.length;
  const classes = examples === 0 ? 0 : scores.length / examples;
  if (!Number.isInteger(classes)) throw new RangeError('There is a score for every class of every example.');
  return Float64Array.from({ length: examples }, (_, i) => {
    const label = labels[i] ?? -1;
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new RangeError('A label is not one of the classes.');
    }
    const own = scores[i * classes + label] ?? Number.NaN;
    let above = 0;
    for (let k = 0; k < classes; k++) {
      const other = scores[i * classes + k] ?? Number.NaN;
      if (other > own) above++;
      else if (other === own) above += k === label ? 0 : 0.5;
      else if (!(other < own)) return Number.POSITIVE_INFINITY;
    }
    return above;
  });
}

/**
 * For each k the share of examples whose right class is not among the k best scored, in the order of `ks`.
 * @throws RangeError as `ranksOfLabels` does, or for no examples
 */
export function topKError(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  ks: readonly number[],
): number[] {
  const ranks = ranksOfLabels(scores, labels);
  if (ranks.length === 0) throw new RangeError('There are no examples.');
  return ks.map((k) => ranks.reduce((missed, rank) => missed + (rank >= k ? 1 : 0), 0) / ranks.length);
}
