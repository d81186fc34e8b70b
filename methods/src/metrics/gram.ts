// Gram matrices: every item's similarity to every other under a kernel.
import { quantileOfSorted } from '../statistics/quantile.ts';
import type { Features } from './features.ts';

/** What makes two items alike: their inner product, or a Gaussian of their distance. */
export type Kernel = 'linear' | 'rbf';

/** K = XXᵀ, or exp(−d²/(2σ²)) with σ² the median of the squared distances above 0; [n · n], row by row. */
export function gram(features: Features, kernel: Kernel): Float64Array {
  const products = innerProducts(features);
  return kernel === 'linear' ? products : radial(products, features.rows);
}

function innerProducts({ values, rows, columns }: Features): Float64Array {
  const products = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let c = 0; c < columns; c++)
        sum += (values[i * columns + c] ?? 0) * (values[j * columns + c] ?? 0);
      products[i * rows + j] = sum;
      products[j * rows + i] = sum;
    }
  }
  return products;
}

function radial(products: Float64Array, rows: number): Float64Array {
  const squared = new Float64Array(rows * rows);
  const above: number[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const distance =
        (products[i * rows + i] ?? 0) + (products[j * rows + j] ?? 0) - 2 * (products[i * rows + j] ?? 0);
      const clipped = Math.max(0, distance);
      squared[i * rows + j] = clipped;
      squared[j * rows + i] = clipped;
      if (clipped > 0) above.push(clipped);
    }
  }
  // All items alike: any bandwidth gives ones.
  if (above.length === 0) return squared.fill(1);
  const bandwidth = quantileOfSorted(Float64Array.from(above).sort(), 0.5);
  return squared.map((distance) => Math.exp(-distance / (2 * bandwidth)));
}
