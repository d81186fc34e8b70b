// Centred kernel alignment: how alike two representations of the same items are, up to rotation and scale.
// Kornblith et al. 2019, https://arxiv.org/abs/1905.00414
import { mean } from '../statistics/mean.ts';
import { checkFeatures, type Features, rowsOf } from './features.ts';
import { gram, type Kernel } from './gram.ts';

/**
 * Linear CKA, ‖YᵀX‖²_F / (‖XᵀX‖_F ‖YᵀY‖_F) of column-centred features. Unmoved by orthogonal maps and one common scale of
 * either side, not by other linear maps. Biased upwards while there are few rows for the columns: take ten times as many,
 * or `debiasedCka`. It costs no n × n matrix.
 * @param x the features of n items, n ≥ 2
 * @param y other features of the same items in the same order
 * @returns in [0, 1]
 * @throws RangeError for different rows, a shape that is not filled, a value that is not finite, or constant features
 */
export function linearCka(x: Features, y: Features): number {
  checkPair(x, y, 2);
  const a = centredColumns(x);
  const b = centredColumns(y);
  return ratio(crossNorm(a, b), crossNorm(a, a), crossNorm(b, b));
}

/**
 * CKA with the Gaussian kernel whose bandwidth σ² is each side's median squared distance.
 * @throws RangeError as `linearCka`
 */
export function rbfCka(x: Features, y: Features): number {
  return kernelCka(x, y, 'rbf');
}

/**
 * CKA from Gram matrices, HSIC(K, L)/√(HSIC(K, K) HSIC(L, L)) with HSIC = Σ (HKH)∘(HLH): linear, it is `linearCka`.
 * @throws RangeError as `linearCka`
 */
export function kernelCka(x: Features, y: Features, kernel: Kernel): number {
  checkPair(x, y, 2);
  const k = centredGram(gram(x, kernel), x.rows);
  const l = centredGram(gram(y, kernel), y.rows);
  return ratio(inner(k, l), inner(k, k), inner(l, l));
}

/**
 * CKA from the unbiased estimate of HSIC, so that unrelated features give about 0 at any number of rows; it can be
 * below 0.
 * @param x the features of n items, n ≥ 4
 * @throws RangeError as `linearCka`, and for fewer than 4 rows
 * @see Song et al. 2012, eq. 5, https://jmlr.org/papers/v13/song12a.html; Nguyen, Raghu & Kornblith 2021 for its use
 */
export function debiasedCka(x: Features, y: Features, kernel: Kernel = 'linear'): number {
  checkPair(x, y, 4);
  const n = x.rows;
  const k = gram(x, kernel);
  const l = gram(y, kernel);
  for (let i = 0; i < n; i++) {
    k[i * n + i] = 0;
    l[i * n + i] = 0;
  }
  return ratio(unbiasedHsic(k, l, n), unbiasedHsic(k, k, n), unbiasedHsic(l, l, n));
}

/**
 * The mean CKA of consecutive batches of rows; a last batch that is not full is left out. It is what is reported where
 * all rows together are too many, and biased upwards as far as a batch is small for the columns.
 * @param batchRows rows a batch, from 2 up (4 for `debiasedCka`)
 * @param measure `linearCka` when left out
 * @throws RangeError as the measure, and for a batch larger than the rows
 */
export function minibatchCka(
  x: Features,
  y: Features,
  batchRows: number,
  measure: (x: Features, y: Features) => number = linearCka,
): number {
  checkPair(x, y, 2);
  if (!Number.isSafeInteger(batchRows) || batchRows < 2 || batchRows > x.rows) {
    throw new RangeError('A batch has from 2 rows to all of them.');
  }
  const found: number[] = [];
  for (let from = 0; from + batchRows <= x.rows; from += batchRows) {
    found.push(measure(rowsOf(x, from, from + batchRows), rowsOf(y, from, from + batchRows)));
  }
  return mean(found);
}

function checkPair(x: Features, y: Features, atLeast: number): void {
  if (x.rows !== y.rows) throw new RangeError('Both sides must hold the same items.');
  checkFeatures(x, atLeast);
  checkFeatures(y, atLeast);
}

function ratio(cross: number, own: number, other: number): number {
  if (!(own > 0 && other > 0))
    throw new RangeError('Features that are the same for all items have no alignment.');
  return cross / Math.sqrt(own * other);
}

/** The columns, one after the other, each with its mean taken off. */
function centredColumns({ values, rows, columns }: Features): Float64Array[] {
  return Array.from({ length: columns }, (_, c) => {
    const column = Float64Array.from({ length: rows }, (_, i) => values[i * columns + c] ?? 0);
    const centre = mean(column);
    return column.map((value) => value - centre);
  });
}

/** ‖BᵀA‖²_F. */
function crossNorm(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  let sum = 0;
  for (const left of a) for (const right of b) sum += inner(left, right) ** 2;
  return sum;
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** HKH with H = I − 11ᵀ/n, in place. */
function centredGram(k: Float64Array, n: number): Float64Array {
  const rowMeans = Float64Array.from({ length: n }, (_, i) => mean(k.subarray(i * n, (i + 1) * n)));
  const centre = mean(rowMeans);
  return k.map((value, place) => {
    const row = Math.floor(place / n);
    return value - (rowMeans[row] ?? 0) - (rowMeans[place - row * n] ?? 0) + centre;
  });
}

/** Song et al.'s estimate of HSIC from Gram matrices whose diagonals are 0. */
function unbiasedHsic(k: Float64Array, l: Float64Array, n: number): number {
  const rowSums = (m: Float64Array) =>
    Float64Array.from({ length: n }, (_, i) => m.subarray(i * n, (i + 1) * n).reduce((sum, v) => sum + v, 0));
  const ofK = rowSums(k);
  const ofL = rowSums(l);
  const total = (sums: Float64Array) => sums.reduce((sum, v) => sum + v, 0);
  const products = (total(ofK) * total(ofL)) / ((n - 1) * (n - 2));
  return (inner(k, l) + products - (2 / (n - 2)) * inner(ofK, ofL)) / (n * (n - 3));
}
