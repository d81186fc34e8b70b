// A table with a vector for every row of a vocabulary, and a text's vector as their sum brought to length 1.
import type { Bags } from './bags.ts';

export interface TokenTable {
  readonly dimensions: number;
  /** Row by row; a row's weight is the length of its vector. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/** Vectors of some texts, row by row, and how long their sums were before they were brought to length 1. */
export interface Embedded {
  readonly vectors: Float32Array<ArrayBuffer>;
  readonly norms: Float64Array;
}

/** The unit vectors of the texts `which` of `bags`; a text without any known row has the zero vector. */
export function embed(table: TokenTable, bags: Bags, which: ArrayLike<number>): Embedded {
  const { dimensions } = table;
  const vectors = new Float32Array(which.length * dimensions);
  const norms = new Float64Array(which.length);
  const sum = new Float64Array(dimensions);
  for (let place = 0; place < which.length; place++) {
    const norm = sumRows(table, bags, which[place] ?? 0, sum);
    norms[place] = norm;
    if (norm === 0) continue;
    for (let d = 0; d < dimensions; d++) vectors[place * dimensions + d] = (sum[d] ?? 0) / norm;
  }
  return { vectors, norms };
}

/** Σ counts · rows of one text into `sum`; returns its length. */
function sumRows(table: TokenTable, bags: Bags, text: number, sum: Float64Array): number {
  const { dimensions, vectors } = table;
  sum.fill(0);
  const end = bags.offsets[text + 1] ?? 0;
  for (let j = bags.offsets[text] ?? 0; j < end; j++) {
    const base = (bags.rows[j] ?? 0) * dimensions;
    const count = bags.counts[j] ?? 0;
    for (let d = 0; d < dimensions; d++) sum[d] = (sum[d] ?? 0) + count * (vectors[base + d] ?? 0);
  }
  let squares = 0;
  for (let d = 0; d < dimensions; d++) squares += (sum[d] ?? 0) ** 2;
  return Math.sqrt(squares);
}

/** All texts' numbers, for `embed`. */
export function everyText(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}
