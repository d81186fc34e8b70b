// What a student knows by name: the teacher's word pieces, and the words its catalogue uses often that are none.
import type { WordPiece } from '@offprint/search';

export interface VocabularyOptions {
  /** A word of fewer papers is left to its pieces; 5 when left out. */
  readonly leastPapers?: number;
  /** At most so many words beside the pieces; 20,000 when left out. */
  readonly mostWords?: number;
}

/** At most so many pieces of one text are read. */
const longestText = 8192;

/**
 * The words that a catalogue uses often and that the teacher's vocabulary cuts into pieces, the most frequent first
 * (ties by word, so that the same catalogue gives the same list).
 */
export function frequentWords(
  texts: Iterable<string>,
  wordPiece: WordPiece,
  { leastPapers = 5, mostWords = 20_000 }: VocabularyOptions = {},
): string[] {
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

/** Cuts texts into the rows of a student's table: whole words where it knows them, pieces elsewhere. */
export class StudentVocabulary {
  readonly words: readonly string[];
  readonly #wordPiece: WordPiece;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #buffer = new Int32Array(longestText);

  constructor(wordPiece: WordPiece, words: readonly string[]) {
    this.#wordPiece = wordPiece;
    this.words = words;
    const pieces = wordPiece.vocabulary.pieces.length;
    this.#rows = new Map(words.map((word, i) => [word, pieces + i]));
  }

  /** How many rows a table over this vocabulary has. */
  get size(): number {
    return this.#wordPiece.vocabulary.pieces.length + this.words.length;
  }

  /** Every row as a text by itself: what the teacher is asked to place it. */
  rowTexts(): string[] {
    const pieces = this.#wordPiece.vocabulary.pieces.map((piece) => piece.replace(/^##(?=.)/, ''));
    return [...pieces, ...this.words];
  }

  /** The rows of a text in its order. */
  tokenise(text: string): Int32Array {
    const starts: number[] = [];
    const whole: number[] = [];
    const written = this.#wordPiece.write(text, this.#buffer, (word, at) => {
      starts.push(at);
      whole.push(this.#rows.get(word) ?? -1);
    });
    const rows = new Int32Array(written);
    let count = 0;
    for (let i = 0; i < starts.length; i++) {
      const row = whole[i] ?? -1;
      if (row >= 0) rows[count++] = row;
      else {
        const end = starts[i + 1] ?? written;
        for (let at = starts[i] ?? 0; at < end; at++) rows[count++] = this.#buffer[at] ?? 0;
      }
    }
    return rows.slice(0, count);
  }
}
