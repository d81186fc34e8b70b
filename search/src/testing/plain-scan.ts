// The scan over vectors in plain loops: what the compiled one must give, to the last bit.
import { quantiseQuery, quantiseRow } from '../vectors/quantised.ts';

/** Ordinals and eight-bit similarities of the k best, by definition. */
export function plainSearch(
  vectors: ReadonlyMap<number, Float32Array>,
  query: Float32Array,
  k: number,
  isAccepted: (ordinal: number) => boolean = () => true,
): { ordinals: number[]; similarities: number[] } {
  const { values, scale } = quantiseQuery(query, Math.ceil(query.length / 16) * 16);
  const scored = [...vectors]
    .filter(([ordinal]) => isAccepted(ordinal))
    .map(([ordinal, vector]) => {
      const row = new Int8Array(vector.length);
      const rowScale = quantiseRow(vector, row);
      const sum = row.reduce((total, value, i) => total + value * (values[i] ?? 0), 0);
      return { ordinal, score: Math.fround(Math.fround(sum) * rowScale) };
    })
    .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal)
    .slice(0, k);
  return {
    ordinals: scored.map(({ ordinal }) => ordinal),
    similarities: scored.map(({ score }) => Math.fround(score * scale)),
  };
}

/** The same in full precision. */
export function exactSearch(
  vectors: ReadonlyMap<number, Float32Array>,
  query: Float32Array,
  k: number,
): number[] {
  return [...vectors]
    .map(([ordinal, vector]) => ({
      ordinal,
      score: Math.fround(vector.reduce((total, value, i) => total + value * (query[i] ?? 0), 0)),
    }))
    .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal)
    .slice(0, k)
    .map(({ ordinal }) => ordinal);
}
