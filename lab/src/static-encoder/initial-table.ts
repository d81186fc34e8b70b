// Where a student begins: every token where the teacher puts it alone, the less telling ones the shorter.
import type { TokenTable } from './token-table.ts';

export interface InitialTableOptions {
  /** a: a token of frequency p weighs a / (a + p); 1e-4 when left out. */
  readonly smoothing?: number;
}

/**
 * The teacher's vectors of all tokens, freed of what they have in common, each weighted by how rare its token is.
 * Without the common part tokens differ in direction by meaning alone, which is most of what makes a start good.
 *
 * @param tokenVectors unit rows, one for every row of the vocabulary.
 * @param frequencies how often each row occurs in the catalogue.
 * @see Arora, Liang & Ma 2017, A Simple but Tough-to-Beat Baseline for Sentence Embeddings (weights, common part)
 */
export function initialTable(
  tokenVectors: Float32Array,
  frequencies: Float64Array,
  dimensions: number,
  { smoothing = 1e-4 }: InitialTableOptions = {},
): { readonly table: TokenTable; readonly weights: Float64Array } {
  const weights = rarityWeights(frequencies, smoothing);
  const common = new Float64Array(dimensions);
  for (const [i, value] of tokenVectors.entries())
    common[i % dimensions] = (common[i % dimensions] ?? 0) + value / frequencies.length;
  const vectors = tokenVectors.map(
    (value, i) => (weights[Math.floor(i / dimensions)] ?? 0) * (value - (common[i % dimensions] ?? 0)),
  );
  return { table: { dimensions, vectors }, weights };
}

/** a / (a + p) for every row, p its share of all tokens. */
function rarityWeights(frequencies: Float64Array, smoothing: number): Float64Array {
  const total = Math.max(
    1,
    frequencies.reduce((sum, count) => sum + count, 0),
  );
  return frequencies.map((count) => smoothing / (smoothing + count / total));
}
