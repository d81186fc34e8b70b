// What every measure of a yes-or-no forecast asks of its input first.

/**
 * @param labels 0 or 1
 * @param scores one finite number a label
 * @returns how many labels are 1
 * @throws RangeError for different lengths, no items, another label, or a score that is not finite
 */
export function checkBinary(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  if (labels.length !== scores.length) throw new RangeError('Every label needs its score.');
  if (labels.length === 0) throw new RangeError('There is nothing to measure.');
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label !== 0 && label !== 1) throw new RangeError('A label is 0 or 1.');
    if (!Number.isFinite(scores[i])) throw new RangeError('A score is not a finite number.');
    positives += label;
  }
  return positives;
}

/**
 * As `checkBinary`, for scores that are probabilities.
 * @throws RangeError also for a score outside [0, 1]
 */
export function checkForecast(labels: ArrayLike<number>, probabilities: ArrayLike<number>): void {
  checkBinary(labels, probabilities);
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i] ?? -1;
    if (p < 0 || p > 1) throw new RangeError('A probability lies in [0, 1].');
  }
}
