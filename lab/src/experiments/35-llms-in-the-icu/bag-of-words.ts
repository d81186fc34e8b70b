// Notes as weighted counts of words and of neighbouring words: the smallest model's features.
import type { Features } from '@offprint/methods';
import type { Note } from './cohort.ts';

/** Turns notes into rows of features that were settled on the training notes. */
export type Featurizer = (notes: readonly Note[]) => Features;

/** A term counts when at least this many training notes have it. */
const leastNotes = 2;

/**
 * TF-IDF of single words and of pairs that no full stop divides, rows of length 1:
 * count · (ln((1 + n)/(1 + notes with it)) + 1), terms and frequencies from the training notes alone.
 * @see https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting
 */
export function fitTfIdf(train: readonly Note[]): Featurizer {
  const notesWith = new Map<string, number>();
  for (const note of train) {
    for (const term of new Set(termsOf(note))) notesWith.set(term, (notesWith.get(term) ?? 0) + 1);
  }
  const kept = [...notesWith].filter(([, count]) => count >= leastNotes).sort(([a], [b]) => (a < b ? -1 : 1));
  const terms = new Map(
    kept.map(([term, count], column) => [
      term,
      { column, idf: Math.log((1 + train.length) / (1 + count)) + 1 },
    ]),
  );
  const columns = kept.length;
  return (notes) => {
    const values = new Float32Array(notes.length * columns);
    for (const [row, note] of notes.entries()) {
      const weights = values.subarray(row * columns, (row + 1) * columns);
      for (const term of termsOf(note)) {
        const known = terms.get(term);
        if (known !== undefined) weights[known.column] = (weights[known.column] ?? 0) + known.idf;
      }
      const norm = Math.hypot(...weights);
      if (norm > 0) for (const [column, weight] of weights.entries()) weights[column] = weight / norm;
    }
    return { values, rows: notes.length, columns };
  };
}

function termsOf({ words }: Note): string[] {
  const terms: string[] = [];
  for (const [place, word] of words.entries()) {
    if (word === '.') continue;
    terms.push(word);
    const next = words[place + 1];
    if (next !== undefined && next !== '.') terms.push(`${word} ${next}`);
  }
  return terms;
}
