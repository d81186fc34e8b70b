// Two-dimensional convolution as a sum of products, one for every place of the window: the library's own is many times
// slower on wasm, forward and backward.
import { numpy as np } from '@jax-js/jax';
import type { Random } from '../random/pcg32.ts';
import { fansOf, type Initializer, uniform, uniformFanIn } from './initializers.ts';

/** A layer without a bias has no such key. */
export type ConvolutionParams = {
  /** W, [height, width, in, out]. */
  weight: np.Array;
  /** b, [out]. */
  bias?: np.Array;
};

export interface ConvolutionInit {
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the window. */
  readonly window: readonly [number, number];
  readonly bias?: boolean;
  /** What W starts from; `uniformFanIn` when left out. */
  readonly weight?: Initializer;
  /** What b starts from; U(−1/√fan in, 1/√fan in) when left out, as in PyTorch. */
  readonly biasStart?: Initializer;
}

/** `valid`: only where the window lies inside; `same`: ⌈extent / stride⌉ places, zeros around as evenly as they go. */
export type Padding = 'valid' | 'same';

export interface ConvolutionOptions {
  /** Down and right; 1 when left out. */
  readonly stride?: number;
  /** `valid` when left out. */
  readonly padding?: Padding;
}

export function initConvolution(random: Random, options: ConvolutionInit): ConvolutionParams {
  const { inChannels, outChannels, window, bias = true, weight = uniformFanIn } = options;
  const shape = [...window, inChannels, outChannels];
  const drawn = weight(random, shape);
  if (!bias) return { weight: drawn };
  const start = options.biasStart ?? uniform(1 / Math.sqrt(fansOf(shape).fanIn));
  return { weight: drawn, bias: start(random, [outChannels]) };
}

/**
 * The cross-correlation that networks call a convolution: y[b, i, j] = Σ x[b, i·s + u, j·s + v]·W[u, v] + b.
 * @param params consumed
 * @param x floats [B, height, width, in]; consumed
 * @returns floats [B, height', width', out]
 * @throws RangeError when the window does not fit
 */
export function convolution(
  { weight, bias }: ConvolutionParams,
  x: np.Array,
  { stride = 1, padding = 'valid' }: ConvolutionOptions = {},
): np.Array {
  const [windowHeight = 0, windowWidth = 0] = weight.shape;
  let sum: np.Array | undefined;
  for (const { row, column, values } of windowPlaces(x, [windowHeight, windowWidth], stride, padding, 0)) {
    const product = np.matmul(values, weight.ref.slice(row, column));
    sum = sum === undefined ? product : sum.add(product);
  }
  weight.dispose();
  if (sum === undefined) throw new RangeError('A window has at least one place.');
  return bias === undefined ? sum : sum.add(bias);
}

/** What lies under one place of a window, as the window moves over the whole array. */
export interface WindowPlace {
  readonly row: number;
  readonly column: number;
  /** [B, height', width', channels]. */
  readonly values: np.Array;
}

/**
 * Every place of a window, row by row. Strides are taken by folding rows into [height', stride], as arrays here have no
 * strided slices.
 * @param x [B, height, width, channels]; consumed
 * @param fill what lies around x under `same`
 * @throws RangeError when the window does not fit
 */
export function windowPlaces(
  x: np.Array,
  [windowHeight, windowWidth]: readonly [number, number],
  stride: number,
  padding: Padding,
  fill: number,
): WindowPlace[] {
  const [batch = 0, height = 0, width = 0, channels = 0] = x.shape;
  const rows = alongAxis(height, windowHeight, stride, padding);
  const columns = alongAxis(width, windowWidth, stride, padding);
  const padded = surrounded(x, [rows.before, rows.after], [columns.before, columns.after], fill);
  const places: WindowPlace[] = [];
  for (let row = 0; row < windowHeight; row++) {
    for (let column = 0; column < windowWidth; column++) {
      const shifted = padded.ref.slice(
        [],
        [row, row + rows.count * stride],
        [column, column + columns.count * stride],
        [],
      );
      const values =
        stride === 1
          ? shifted
          : shifted
              .reshape([batch, rows.count, stride, columns.count, stride, channels])
              .slice([], [], 0, [], 0, []);
      places.push({ row, column, values });
    }
  }
  padded.dispose();
  return places;
}

/** x with rows and columns of `fill` around it. */
function surrounded(x: np.Array, rows: [number, number], columns: [number, number], fill: number): np.Array {
  if ([...rows, ...columns].every((count) => count === 0)) return x;
  const around: [number, number][] = [[0, 0], rows, columns, [0, 0]];
  const [, height = 0, width = 0] = x.shape;
  const padded = np.pad(x, around);
  if (fill === 0) return padded;
  return np.where(np.pad(np.ones([1, height, width, 1]), around).greater(0), padded, fill);
}

/** How many places a window has along an axis, and what is added around it so that every stride is whole. */
function alongAxis(
  extent: number,
  window: number,
  stride: number,
  padding: Padding,
): { count: number; before: number; after: number } {
  if (!Number.isInteger(stride) || stride < 1) throw new RangeError('A stride is an integer from 1 up.');
  const count = padding === 'same' ? Math.ceil(extent / stride) : Math.floor((extent - window) / stride) + 1;
  if (count < 1 || window < 1) throw new RangeError('The window is larger than what it moves over.');
  const around = padding === 'same' ? Math.max(0, (count - 1) * stride + window - extent) : 0;
  const before = Math.floor(around / 2);
  return { count, before, after: Math.max(0, window - 1 + count * stride - extent - before) };
}
