// WordPiece: a text as the numbers that BERT knows its pieces by. Written for speed: every word is cut once and remembered.
// The algorithm: Wu et al. 2016, arXiv:1609.08144, greedy longest match first, as in google-research/bert.
import { characterClass, classOf, isAstralPunctuation, normaliseForBert } from './bert-characters.ts';
import { firstHash, hashOn, WordTable } from './word-table.ts';

/** What a tokenizer of the BERT family knows. */
export interface WordPieceVocabulary {
  /** Pieces by number; those that continue a word begin with `##`. */
  readonly pieces: readonly string[];
  /** The numbers of the pieces with a meaning of their own. */
  readonly unknown: number;
  readonly first: number;
  readonly last: number;
}

/** Longer words are unknown, as BERT was trained. Counted in code points. */
const longestWord = 100;
/**
 * Cuts texts into pieces. Special pieces (`[CLS]`, `[SEP]`) are never read out of a text: what someone wrote is
 * text, whatever it looks like.
 */
export class WordPiece {
  readonly vocabulary: WordPieceVocabulary;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #words = new WordTable();
  readonly #longestPiece: number;

  readonly #wholeWords: ReadonlyMap<string, number>;

  /** @param wholeWords numbers that some words have besides their pieces, written after these. */
  constructor(vocabulary: WordPieceVocabulary, wholeWords: ReadonlyMap<string, number> = new Map()) {
    this.vocabulary = vocabulary;
    this.#wholeWords = wholeWords;
    this.#numbers = new Map(vocabulary.pieces.map((piece, number) => [piece, number]));
    this.#longestPiece = vocabulary.pieces.reduce((longest, { length }) => Math.max(longest, length), 0);
  }

  /** The number of a piece as the vocabulary spells it. */
  numberOf(piece: string): number | undefined {
    return this.#numbers.get(piece);
  }

  /**
   * Writes a text's pieces, without the first and last special ones, and stops when `into` is full.
   *
   * @param onWord told each word (normalised) and where its pieces begin in `into`, before they are written.
   * @returns how many pieces were written.
   */
  write(text: string, into: Int32Array, onWord?: (word: string, at: number) => void): number {
    const normal = normaliseForBert(text);
    let written = 0;
    for (let i = 0; i < normal.length && written < into.length; ) {
      let kind = kindAt(normal, i);
      if (kind === characterClass.space) {
        i += 1;
        continue;
      }
      const begin = i;
      let hash = firstHash;
      do {
        const unit = normal.charCodeAt(i);
        hash = hashOn(hash, unit);
        i += 1;
        // The second half of a pair belongs to the first.
        if (unit >= 0xd800 && unit < 0xdc00 && (normal.codePointAt(i - 1) ?? 0) > 0xffff) {
          hash = hashOn(hash, normal.charCodeAt(i));
          i += 1;
        }
        if (kind === characterClass.alone) break;
        kind = i < normal.length ? kindAt(normal, i) : characterClass.space;
      } while (kind === characterClass.word);
      onWord?.(normal.slice(begin, i), written);
      const end = this.#words.write(normal, begin, i, hash, into, written);
      written = end < 0 ? this.#learn(normal.slice(begin, i), hash, into, written) : end;
    }
    return written;
  }

  /**
   * A text as the model reads it: first, pieces, last.
   *
   * @param longest at most so many numbers in all, at least 2; what is beyond is left out.
   */
  encode(text: string, longest: number): Int32Array {
    const numbers = new Int32Array(Math.max(longest, 2));
    const count = this.write(text, numbers.subarray(1, numbers.length - 1));
    numbers[0] = this.vocabulary.first;
    numbers[count + 1] = this.vocabulary.last;
    return numbers.slice(0, count + 2);
  }

  #learn(word: string, hash: number, into: Int32Array, at: number): number {
    const whole = this.#wholeWords.get(word);
    const pieces = whole === undefined ? this.#cut(word) : Int32Array.of(...this.#cut(word), whole);
    this.#words.add(word, hash, pieces);
    const fitting = pieces.subarray(0, into.length - at);
    into.set(fitting, at);
    return at + fitting.length;
  }

  #cut(word: string): Int32Array {
    const { unknown } = this.vocabulary;
    const whole = this.#numbers.get(word);
    if (whole !== undefined) return Int32Array.of(whole);
    const points = [...word];
    if (points.length > longestWord) return Int32Array.of(unknown);
    const pieces: number[] = [];
    for (let begin = 0; begin < points.length; ) {
      let end = Math.min(points.length, begin + this.#longestPiece);
      let number: number | undefined;
      for (; end > begin; end -= 1) {
        const piece = points.slice(begin, end).join('');
        number = this.#numbers.get(begin === 0 ? piece : `##${piece}`);
        if (number !== undefined) break;
      }
      if (number === undefined) return Int32Array.of(unknown);
      pieces.push(number);
      begin = end;
    }
    return Int32Array.from(pieces);
  }
}

/** Whether a word goes on, ends or stands alone at a place of a text. */
function kindAt(text: string, at: number): number {
  const kind = classOf(text.charCodeAt(at));
  if (kind !== characterClass.astral) return kind;
  return isAstralPunctuation(text.codePointAt(at) ?? 0) ? characterClass.alone : characterClass.word;
}
