// The pool of one search: what either ranking proposes, scored by both, in the order in which it is shown.
import { type Candidate, type Fused, type Fusion, fuse } from '../fusion/fuse.ts';

/** Scores of papers by ordinal, in two arrays of one length. */
export interface Scored {
  readonly ordinals: Uint32Array;
  readonly scores: Float64Array | Float32Array;
}

/** The union of both proposals. Each ranking scores what only the other one proposed. */
export function unite(
  words: Scored,
  meaning: Scored,
  score: {
    readonly words: (ordinals: Uint32Array) => Float64Array;
    /** NaN where a paper has no vector. */
    readonly meaning: (ordinals: Uint32Array) => Float32Array | Float64Array;
  },
): Candidate[] {
  const similarities = new Map<number, number>();
  const note = (ordinals: Uint32Array, scores: Scored['scores']): void => {
    for (const [i, ordinal] of ordinals.entries()) similarities.set(ordinal, scores[i] ?? Number.NaN);
  };
  note(meaning.ordinals, meaning.scores);
  const proposedByWords = new Set(words.ordinals);
  const wordsOnly = words.ordinals.filter((ordinal) => !similarities.has(ordinal));
  const meaningOnly = meaning.ordinals.filter((ordinal) => !proposedByWords.has(ordinal));
  note(wordsOnly, score.meaning(wordsOnly));
  const missingWords = score.words(meaningOnly);
  const candidate = (ordinal: number, wordScore: number): Candidate => {
    const similarity = similarities.get(ordinal);
    return {
      ordinal,
      words: wordScore,
      meaning: similarity === undefined || Number.isNaN(similarity) ? null : similarity,
    };
  };
  return [
    ...Array.from(words.ordinals, (ordinal, i) => candidate(ordinal, words.scores[i] ?? 0)),
    ...Array.from(meaningOnly, (ordinal, i) => candidate(ordinal, missingWords[i] ?? 0)),
  ];
}

/** A member of the pool: what each ranking says of it and where that puts it. */
export interface Pooled extends Fused {
  readonly candidate: Candidate;
}

/** Fuses and orders the candidates: best first, ties by id in code unit order. */
export function rank(
  candidates: readonly Candidate[],
  fusion: Fusion,
  idOf: (ordinal: number) => string,
): Pooled[] {
  const pooled = fuse(candidates, fusion).map((fused, i): Pooled => {
    const candidate = candidates[i] ?? { ordinal: fused.ordinal, words: 0, meaning: null };
    return { ...fused, candidate };
  });
  return pooled.sort((a, b) => b.score - a.score || byCodeUnits(idOf(a.ordinal), idOf(b.ordinal)));
}

/** The order of ids wherever scores are equal. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
