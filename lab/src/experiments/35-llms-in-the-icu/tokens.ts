// Notes as rows of numbers for the models that read words in order.
import type { Note } from './cohort.ts';

/** What stands after the end of a note, and what hides a word in pre-training. */
export const padToken = 0;
export const maskToken = 1;
const unknownToken = 2;

export interface Vocabulary {
  /** How many tokens there are, the three special ones included. */
  readonly size: number;
  tokenOf(word: string): number;
}

/** The words of the notes, the most frequent first, equally frequent ones by spelling. */
export function makeVocabulary(notes: readonly Note[]): Vocabulary {
  const counts = new Map<string, number>();
  for (const { words } of notes) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
  const tokens = new Map(words.map((word, i) => [word, i + 3]));
  return { size: words.length + 3, tokenOf: (word) => tokens.get(word) ?? unknownToken };
}

/** Notes as tokens, padded to one length. */
export interface TokenRows {
  /** [rows · context], row by row. */
  readonly tokens: Int32Array<ArrayBuffer>;
  readonly rows: number;
  readonly context: number;
}

/** Longer notes lose what stands beyond the context, which the order of findings makes a finding like any other. */
export function encodeNotes(notes: readonly Note[], vocabulary: Vocabulary, context: number): TokenRows {
  const tokens = new Int32Array(notes.length * context).fill(padToken);
  for (const [row, { words }] of notes.entries()) {
    for (const [place, word] of words.slice(0, context).entries()) {
      tokens[row * context + place] = vocabulary.tokenOf(word);
    }
  }
  return { tokens, rows: notes.length, context };
}

/** The rows named, in that order. */
export function takeRows({ tokens, context }: TokenRows, rows: readonly number[]): TokenRows {
  const taken = new Int32Array(rows.length * context);
  for (const [i, row] of rows.entries()) {
    taken.set(tokens.subarray(row * context, (row + 1) * context), i * context);
  }
  return { tokens: taken, rows: rows.length, context };
}
