// Whether what is called likely happens as often as it is called so.
import { checkForecast } from './check-binary.ts';

export interface CalibrationBin {
  /** The bin holds probabilities in (low, high], the first one 0 too. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean probability and share of ones in the bin; NaN in an empty one. */
  readonly confidence: number;
  readonly frequency: number;
}

/**
 * The reliability diagram: probabilities in bins of equal width beside what happened.
 * @param labels 0 or 1, [n]: whether it happened, or for the top class whether the answer was right
 * @param probabilities what was said of it, [n]
 * @param bins how many, 15 when left out
 * @throws RangeError for different lengths, no items, another label, no probability, or no bins
 */
export function calibrationBins(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  bins = 15,
): CalibrationBin[] {
  checkForecast(labels, probabilities);
  if (!Number.isSafeInteger(bins) || bins < 1) throw new RangeError('Bins are a whole number from 1 up.');
  const counts = new Float64Array(bins);
  const said = new Float64Array(bins);
  const happened = new Float64Array(bins);
  for (let i = 0; i < labels.length; i++) {
    const p = probabilities[i] ?? 0;
    const bin = Math.max(0, Math.ceil(p * bins) - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
    said[bin] = (said[bin] ?? 0) + p;
    happened[bin] = (happened[bin] ?? 0) + (labels[i] ?? 0);
  }
  return Array.from(counts, (count, bin) => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    count,
    confidence: (said[bin] ?? 0) / count,
    frequency: (happened[bin] ?? 0) / count,
  }));
}

/**
 * The expected calibration error, Σ_b (n_b/n) |frequency_b − confidence_b|, over bins of equal width. It is never
 * negative, so a calibrated forecast on few items still scores above 0: compare at equal n.
 * @param labels as `calibrationBins`
 * @param probabilities as `calibrationBins`
 * @param bins how many, 15 when left out
 * @throws RangeError as `calibrationBins`
 * @see Naeini et al. 2015; Guo et al. 2017, https://arxiv.org/abs/1706.04599, eq. 3
 */
export function ece(labels: ArrayLike<number>, probabilities: ArrayLike<number>, bins = 15): number {
  let sum = 0;
  for (const { count, confidence, frequency } of calibrationBins(labels, probabilities, bins)) {
    if (count > 0) sum += count * Math.abs(frequency - confidence);
  }
  return sum / labels.length;
}
