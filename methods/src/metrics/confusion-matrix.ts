// How often each true class was answered by each class: what accuracy, precision and recall are read from.

export interface ConfusionMatrix {
  readonly classes: number;
  /** [classes · classes], row by row: the true class is the row, the predicted one the column. */
  readonly counts: Float64Array;
}

/**
 * Counts the pairs of true and predicted class.
 * @param labels true classes, whole numbers in [0, classes), [n] with n ≥ 1
 * @param predictions predicted classes, [n]
 * @param classes C ≥ 2
 * @throws RangeError for different lengths, no items, or a class out of range
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): ConfusionMatrix {
  if (!Number.isSafeInteger(classes) || classes < 2) throw new RangeError('There are two classes or more.');
  if (labels.length !== predictions.length) throw new RangeError('Every label needs its prediction.');
  if (labels.length === 0) throw new RangeError('There is nothing to count.');
  const counts = new Float64Array(classes * classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? -1;
    const prediction = predictions[i] ?? -1;
    for (const value of [label, prediction]) {
      if (!Number.isInteger(value) || value < 0 || value >= classes) {
        throw new RangeError(`A class is a whole number from 0 to ${classes - 1}.`);
      }
    }
    const cell = label * classes + prediction;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return { classes, counts };
}

/** Per class, [C] each: items rightly answered with it, items that are of it, and items answered with it. */
export interface ClassCounts {
  readonly hits: Float64Array;
  readonly support: Float64Array;
  readonly predicted: Float64Array;
}

/** The row sums, column sums and diagonal of a confusion matrix. */
export function classCounts({ classes, counts }: ConfusionMatrix): ClassCounts {
  const hits = new Float64Array(classes);
  const support = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  for (let label = 0; label < classes; label++) {
    for (let prediction = 0; prediction < classes; prediction++) {
      const count = counts[label * classes + prediction] ?? 0;
      support[label] = (support[label] ?? 0) + count;
      predicted[prediction] = (predicted[prediction] ?? 0) + count;
      if (label === prediction) hits[label] = count;
    }
  }
  return { hits, support, predicted };
}
