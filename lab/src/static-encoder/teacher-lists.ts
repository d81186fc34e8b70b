// What the teacher says to a question: twenty papers with its scores, by words and meaning together.
import { percentileNormalize } from '@offprint/methods';
import { fuse, VectorIndex } from '@offprint/search';
import type { SyntheticQuery } from './synthetic-queries.ts';
import type { WordScores } from './word-scores.ts';

/** A question with the papers it is to be trained on, best first. */
export interface TeacherList {
  readonly query: SyntheticQuery;
  /** The question's place among those given. */
  readonly place: number;
  readonly papers: readonly number[];
  /** The teacher's scores, falling, in [0, 1] over all lists. */
  readonly scores: Float32Array;
}

/** As the search service ranks: half words, half meaning. */
export const teacherFusion = { kind: 'weighted', meaning: 0.5, floor: 0 } as const;

const listLength = 20;
/** How many papers each half of a fused ranking proposes. */
export interface PoolDepth {
  readonly words: number;
  readonly meaning: number;
}

/** Enough for lists of twenty. */
const listDepth: PoolDepth = { words: 100, meaning: 100 };

/** The teacher: scores by words, and its vectors of all papers. */
export interface Teacher {
  readonly words: WordScores;
  readonly vectors: VectorIndex;
}

/** An exact index over rows of vectors, ordinals being rows. */
export function indexOfRows(vectors: Float32Array, dimensions: number): VectorIndex {
  const index = new VectorIndex({ dimensions });
  for (let row = 0; row * dimensions < vectors.length; row++)
    index.set(row, vectors.subarray(row * dimensions, (row + 1) * dimensions));
  return index;
}

/** The fused ranking of papers for one question, best first. */
export function teacherRanking(
  { words, vectors }: Teacher,
  text: string,
  vector: Float32Array,
  depth: PoolDepth = listDepth,
): { readonly paper: number; readonly score: number }[] {
  const byWords = words.search(text, depth.words);
  const byMeaning = vectors.search(vector, { k: depth.meaning });
  const wordScore = new Map(byWords.map(({ place, score }) => [place, score]));
  const pool = Uint32Array.from(new Set([...wordScore.keys(), ...byMeaning.ordinals]));
  const similarities = vectors.similarity(vector, pool);
  const candidates = [...pool].map((ordinal, i) => ({
    ordinal,
    words: wordScore.get(ordinal) ?? 0,
    meaning: similarities[i] ?? null,
  }));
  return fuse(candidates, teacherFusion)
    .map(({ ordinal, score }) => ({ paper: ordinal, score }))
    .sort((a, b) => b.score - a.score || a.paper - b.paper);
}

/**
 * The lists of all questions that pass the paper's filters: twenty candidates at least, and the paper that the
 * question was made of ranked first. The filter on the teacher's raw top score has no place here: fused scores are
 * relative to the best of their question, so that every top is alike.
 *
 * @param queryVectors the teacher's, row by row.
 */
export function teacherLists(
  teacher: Teacher,
  queries: readonly SyntheticQuery[],
  queryVectors: Float32Array,
  onQuery?: (done: number) => void,
): TeacherList[] {
  const { dimensions } = teacher.vectors;
  const kept: Omit<TeacherList, 'scores'>[] = [];
  const scores: number[] = [];
  for (const [place, query] of queries.entries()) {
    const vector = queryVectors.subarray(place * dimensions, (place + 1) * dimensions);
    const list = teacherRanking(teacher, query.text, vector).slice(0, listLength);
    onQuery?.(place + 1);
    if (list.length < listLength || list[0]?.paper !== query.source) continue;
    kept.push({ query, place, papers: list.map(({ paper }) => paper) });
    for (const { score } of list) scores.push(score);
  }
  if (kept.length === 0) return [];
  const normal = Float32Array.from(percentileNormalize(scores));
  return kept.map((list, i) => ({ ...list, scores: normal.slice(i * listLength, (i + 1) * listLength) }));
}
