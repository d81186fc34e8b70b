// WordPiece: a text as the numbers that BERT knows its pieces by. Written for speed: every word is cut once and remembered.
// The algorithm: Wu et al. 2016, arXiv:1609.08144, greedy longest match first, as in google-research/bert.
import { characterClass, classOf, isAstralPunctuation, normaliseForBert } from './bert-characters.ts';

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
/** Words remembered; then forgotten all at once, so that memory is bounded whatever is read. */
const rememberedWords = 200_000;
/** Words longer than this are cut anew every time: they hardly ever come again. */
const longestRememberedWord = 40;

/**
 * Cuts texts into pieces. Special pieces (`[CLS]`, `[SEP]`) are never read out of a text: what someone wrote is
 * text, whatever it looks like.
 */
export class WordPiece {
  readonly vocabulary: WordPieceVocabulary;
  readonly #numbers: ReadonlyMap<string, number>;
  /** A word's pieces: the number itself when there is one, else all of them. */
  readonly #words = new Map<string, number | Int32Array>();
  readonly #longestPiece: number;

  constructor(vocabulary: WordPieceVocabulary) {
    this.vocabulary = vocabulary;
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
    const limit = into.length;
    let written = 0;
    let begin = -1;
    for (let i = 0; i <= normal.length && written < limit; i += 1) {
      const unit = i < normal.length ? normal.charCodeAt(i) : 32;
      let kind = classOf(unit);
      let units = 1;
      if (kind === characterClass.astral) {
        const point = normal.codePointAt(i) ?? unit;
        units = point > 0xffff ? 2 : 1;
        kind = isAstralPunctuation(point) ? characterClass.alone : characterClass.word;
      }
      if (kind === characterClass.word) {
        if (begin < 0) begin = i;
      } else {
        if (begin >= 0) {
          const word = normal.slice(begin, i);
          onWord?.(word, written);
          written = this.#writeWord(word, into, written);
          begin = -1;
        }
        if (kind === characterClass.alone && written < limit) {
          const word = normal.slice(i, i + units);
          onWord?.(word, written);
          written = this.#writeWord(word, into, written);
        }
      }
      i += units - 1;
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

  #writeWord(word: string, into: Int32Array, at: number): number {
    let pieces = this.#words.get(word);
    if (pieces === undefined) {
      pieces = this.#cut(word);
      if (word.length <= longestRememberedWord) {
        if (this.#words.size >= rememberedWords) this.#words.clear();
        // A slice keeps the whole text alive; what is remembered is a copy of its own.
        this.#words.set(Buffer.from(word, 'utf16le').toString('utf16le'), pieces);
      }
    }
    if (typeof pieces === 'number') {
      into[at] = pieces;
      return at + 1;
    }
    const count = Math.min(pieces.length, into.length - at);
    for (let i = 0; i < count; i += 1) into[at + i] = pieces[i] ?? 0;
    return at + count;
  }

  #cut(word: string): number | Int32Array {
    const { unknown } = this.vocabulary;
    const whole = this.#numbers.get(word);
    if (whole !== undefined) return whole;
    const points = [...word];
    if (points.length > longestWord) return unknown;
    const pieces: number[] = [];
    for (let begin = 0; begin < points.length; ) {
      let end = Math.min(points.length, begin + this.#longestPiece);
      let number: number | undefined;
      for (; end > begin; end -= 1) {
        const piece = points.slice(begin, end).join('');
        number = this.#numbers.get(begin === 0 ? piece : `##${piece}`);
        if (number !== undefined) break;
      }
      if (number === undefined) return unknown;
      pieces.push(number);
      begin = end;
    }
    return pieces.length === 1 ? (pieces[0] ?? unknown) : Int32Array.from(pieces);
  }
}
