// Images made smaller: the largest or the mean value under a moving window, or the mean of a whole image.
import { numpy as np } from '@jax-js/jax';
import { type Padding, windowPlaces } from './convolution.ts';

export interface PoolingOptions {
  /** Height and width of the window. */
  readonly window: readonly [number, number];
  /** Down and right; the window's height when left out. */
  readonly stride?: number;
  /** `valid` when left out. */
  readonly padding?: Padding;
}

/**
 * The largest value under the window; what lies around the image never is. Of equal values under windows that do not
 * overlap each gets its share of the gradient, under others the first gets it all.
 * @param x floats [B, height, width, channels]; consumed
 * @returns floats [B, height', width', channels]
 * @throws RangeError when the window does not fit
 */
export function maxPool(
  x: np.Array,
  { window, stride = window[0], padding = 'valid' }: PoolingOptions,
): np.Array {
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const [rows, columns] = [height / stride, width / stride];
  // Side by side and without a rest windows are axes of their own: much less work backwards.
  if (window.every((extent) => extent === stride) && Number.isInteger(rows) && Number.isInteger(columns)) {
    return x.reshape([batch, rows, stride, columns, stride, channels]).max([2, 4]);
  }
  const places = windowPlaces(x, window, stride, padding, lowest);
  return places.map(({ values }) => values).reduce((largest, values) => np.maximum(largest, values));
}

/** Finite, below every value that a network has. */
const lowest = -3e38;

/**
 * The mean of the values under the window; with `same`, of those inside the image.
 * @param x floats [B, height, width, channels]; consumed
 * @returns floats [B, height', width', channels]
 * @throws RangeError when the window does not fit
 */
export function averagePool(
  x: np.Array,
  { window, stride = window[0], padding = 'valid' }: PoolingOptions,
): np.Array {
  const [, height = 0, width = 0] = x.shape;
  const sumOf = (values: np.Array): np.Array =>
    windowPlaces(values, window, stride, padding, 0)
      .map((place) => place.values)
      .reduce((sum, place) => sum.add(place));
  if (padding === 'valid') return sumOf(x).div(window[0] * window[1]);
  return sumOf(x).div(sumOf(np.ones([1, height, width, 1])));
}

/**
 * The mean over all places of an image.
 * @param x floats [B, height, width, channels]; consumed
 * @returns floats [B, channels]
 */
export function globalAveragePool(x: np.Array): np.Array {
  return x.mean([1, 2]);
}
