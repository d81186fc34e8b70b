// What a student knows by name: the teacher's word pieces, and the words its catalogue uses often that are none.
import { WordPiece, type WordPieceVocabulary } from '@offprint/search';

export interface VocabularyOptions {
  /** A word of fewer papers is left to its pieces; 3 when left out. */
  readonly leastPapers?: number;
  /** At most so many words beside the pieces; 20,000 when left out. */
  readonly mostWords?: number;
}

/** Pieces, then words: the rows of a student's table in their order. */
export interface StudentVocabulary {
  readonly pieces: WordPieceVocabulary;
  readonly words: readonly string[];
  readonly size: number;
  /** The rows of a text in its order: its pieces, and after those of a known whole word that word's own row. */
  tokenise(text: string): Int32Array;
  /** Every row as a text by itself: what the teacher is asked to place. */
  rowTexts(): string[];
}

/** At most so many pieces of one text are read, as when the student runs. */
const longestText = 4096;

/**
 * The words that a catalogue uses often and that the teacher's vocabulary cuts into pieces, the most frequent first
 * (ties by word, so that the same catalogue gives the same list).
 */
export function frequentWords(
  texts: Iterable<string>,
  pieces: WordPieceVocabulary,
  { leastPapers = 3, mostWords = 20_000 }: VocabularyOptions = {},
): string[] {
  const wordPiece = new WordPiece(pieces);
  const papers = new Map<string, number>();
  const buffer = new Int32Array(longestText);
  for (const text of texts) {
    const met = new Set<string>();
    wordPiece.write(text, buffer, (word) => {
      if (wordPiece.numberOf(word) === undefined) met.add(word);
    });
    for (const word of met) papers.set(word, (papers.get(word) ?? 0) + 1);
  }
  return [...papers]
    .filter(([word, count]) => count >= leastPapers && /\p{L}/u.test(word))
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, mostWords)
    .map(([word]) => word);
}

/** A vocabulary over the teacher's pieces and some whole words. */
export function studentVocabulary(pieces: WordPieceVocabulary, words: readonly string[]): StudentVocabulary {
  const first = pieces.pieces.length;
  const wordPiece = new WordPiece(pieces, new Map(words.map((word, i) => [word, first + i])));
  const buffer = new Int32Array(longestText);
  return {
    pieces,
    words,
    size: first + words.length,
    tokenise: (text) => buffer.slice(0, wordPiece.write(text, buffer)),
    rowTexts: () => [...pieces.pieces.map((piece) => piece.replace(/^##(?=.)/, '')), ...words],
  };
}
