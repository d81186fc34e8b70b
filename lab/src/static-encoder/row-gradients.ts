// From the gradient of texts' vectors to that of the rows they are sums of: the half of backpropagation by hand.
import type { Bags } from './bags.ts';
import type { RowGradients } from './sparse-adam.ts';
import type { Embedded } from './token-table.ts';

/**
 * ∂L/∂E from ∂L/∂e, for e = S/|S| and S = Σ count · E: first through the length, (g − (g·e) e)/|S|, then to every
 * row of the text. Doing it here keeps a table of tens of thousands of rows out of the traced program, where a
 * gather would have to be a product with a one-hot matrix.
 *
 * @param which the texts, in the order of `embedded` and of `gradients`.
 */
export function rowGradients(
  bags: Bags,
  which: ArrayLike<number>,
  { vectors, norms }: Embedded,
  gradients: Float32Array,
  dimensions: number,
): RowGradients {
  const places = new Map<number, number>();
  for (let i = 0; i < which.length; i++) {
    const text = which[i] ?? 0;
    for (let j = bags.offsets[text] ?? 0; j < (bags.offsets[text + 1] ?? 0); j++) {
      const row = bags.rows[j] ?? 0;
      if (!places.has(row)) places.set(row, places.size);
    }
  }
  const sums = new Float32Array(places.size * dimensions);
  const through = new Float64Array(dimensions);
  for (let i = 0; i < which.length; i++) {
    const norm = norms[i] ?? 0;
    if (norm === 0) continue;
    const base = i * dimensions;
    let along = 0;
    for (let d = 0; d < dimensions; d++) along += (gradients[base + d] ?? 0) * (vectors[base + d] ?? 0);
    for (let d = 0; d < dimensions; d++)
      through[d] = ((gradients[base + d] ?? 0) - along * (vectors[base + d] ?? 0)) / norm;
    const text = which[i] ?? 0;
    for (let j = bags.offsets[text] ?? 0; j < (bags.offsets[text + 1] ?? 0); j++) {
      const to = (places.get(bags.rows[j] ?? 0) ?? 0) * dimensions;
      const count = bags.counts[j] ?? 0;
      for (let d = 0; d < dimensions; d++) sums[to + d] = (sums[to + d] ?? 0) + count * (through[d] ?? 0);
    }
  }
  return { rows: Uint32Array.from(places.keys()), gradients: sums };
}
