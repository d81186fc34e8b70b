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

/** W and b to start from, drawn in this order. */
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
  const [windowHeight = 0, windowWidth = 0, channels = 0] = weight.shape;
  let sum: np.Array | undefined;
  for (const { row, column, values } of windowPlaces(x, [windowHeight, windowWidth], stride, padding, 0)) {
    const kernel = weight.ref.slice(row, column);
    // For one channel a product of matrices is a multiplication, and nine of these become one loop.
    const product = channels === 1 ? values.mul(kernel.reshape([-1])) : np.matmul(values, kernel);
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
 * Every place of a window, row by row. Strides are taken by folding an axis into [places, stride], as arrays here have no
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
  const needed = surrounded(x, rows, columns, fill);
  const folded = needed.reshape([batch, rows.folds, stride, columns.folds, stride, channels]);
  const places: WindowPlace[] = [];
  for (let row = 0; row < windowHeight; row++) {
    for (let column = 0; column < windowWidth; column++) {
      const [down, right] = [Math.floor(row / stride), Math.floor(column / stride)];
      const values = folded.ref.slice(
        [],
        [down, down + rows.count],
        row % stride,
        [right, right + columns.count],
        column % stride,
        [],
      );
      places.push({ row, column, values });
    }
  }
  folded.dispose();
  return places;
}

/** x with rows and columns of `fill` around it, or without the last ones that no place needs. */
function surrounded(x: np.Array, rows: Axis, columns: Axis, fill: number): np.Array {
  const [, height = 0, width = 0] = x.shape;
  const cut = x.slice([], [0, height + Math.min(0, rows.after)], [0, width + Math.min(0, columns.after)], []);
  const around: [number, number][] = [rows, columns].map(({ before, after }) => [before, Math.max(0, after)]);
  if (around.flat().every((count) => count === 0)) return cut;
  const all: [number, number][] = [[0, 0], ...around, [0, 0]];
  const inside = fill === 0 ? undefined : np.pad(np.ones([1, ...cut.shape.slice(1, 3), 1]), all);
  const padded = np.pad(cut, all);
  return inside === undefined ? padded : np.where(inside.greater(0), padded, fill);
}

/** A window along one axis. */
interface Axis {
  /** How many places it has. */
  readonly count: number;
  /** Into how many strides the axis is folded. */
  readonly folds: number;
  /** How much is added in front so that every place is whole. */
  readonly before: number;
  /** And behind; below 0 what is cut off. */
  readonly after: number;
}

function alongAxis(extent: number, window: number, stride: number, padding: Padding): Axis {
  if (!Number.isInteger(stride) || stride < 1) throw new RangeError('A stride is an integer from 1 up.');
  const count = padding === 'same' ? Math.ceil(extent / stride) : Math.floor((extent - window) / stride) + 1;
  if (count < 1 || window < 1) throw new RangeError('The window is larger than what it moves over.');
  const around = padding === 'same' ? Math.max(0, (count - 1) * stride + window - extent) : 0;
  const before = Math.floor(around / 2);
  const folds = count + Math.floor((window - 1) / stride);
  return { count, folds, before, after: folds * stride - extent - before };
}
