// The scan over vectors in plain loops: what the compiled one must give, to the last bit.
import { quantiseQuery } from '../vectors/quantised.ts';

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
      const { row, scale: rowScale } = quantiseRow(vector);
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

/** A vector in eight bits and what 1 is worth in them; halves go to the even number. */
function quantiseRow(vector: Float32Array): { row: number[]; scale: number } {
  const scale = Math.fround(Math.max(...vector.map(Math.abs)) / 127);
  if (scale < Math.fround(1e-30)) return { row: Array<number>(vector.length).fill(0), scale: 0 };
  const perUnit = Math.fround(1 / scale);
  const toEven = (value: number): number => {
    const below = Math.floor(value);
    if (value - below !== 0.5) return Math.round(value);
    return below % 2 === 0 ? below : below + 1;
  };
  return { row: Array.from(vector, (value) => toEven(Math.fround(value * perUnit))), scale };
}
