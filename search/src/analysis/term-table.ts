// The terms of words seen before, found by a word's place in a text: no string and no object is made for them.
import type { TokenSink } from './analyser.ts';
import type { WordTerms } from './word-terms.ts';

/** Words have fewer code units than this, so that a place in one fits a byte. */
const maxKeyUnits = 255;

/** A bounded table from words to their terms; when it is full it forgets everything and starts again. */
export class TermTable {
  readonly #capacity: number;
  readonly #termsOf: (word: string) => WordTerms;
  #count = 0;
  /** Open addressing: 1 + the number of the word, or 0. */
  readonly #slots: Int32Array;
  readonly #hashes: Int32Array;
  /** Where each word's letters and terms begin; those of the next word end them. */
  readonly #keyStarts: Int32Array;
  readonly #termStarts: Int32Array;
  readonly #widths: Uint8Array;
  readonly #keys: Uint16Array;
  #terms: string[] = [];
  /** A term's place in its word: variant (1 bit), position, start and end (8 bits each). */
  readonly #places: Int32Array;

  /**
   * @param capacity how many words are kept, a power of two.
   * @param termsOf the terms of a word that is not known; not longer than 255 code units.
   */
  constructor(capacity: number, termsOf: (word: string) => WordTerms) {
    this.#capacity = capacity;
    this.#termsOf = termsOf;
    this.#slots = new Int32Array(capacity * 2);
    this.#hashes = new Int32Array(capacity);
    this.#keyStarts = new Int32Array(capacity + 1);
    this.#termStarts = new Int32Array(capacity + 1);
    this.#widths = new Uint8Array(capacity);
    this.#keys = new Uint16Array(capacity * 12 + maxKeyUnits);
    this.#places = new Int32Array(capacity * 4);
  }

  /** How many words are kept. */
  get size(): number {
    return this.#count;
  }

  /**
   * Tells the terms of the word at `[start, end)` of a text, with its first at `position`; returns how many
   * positions it takes.
   */
  tell(text: string, start: number, end: number, position: number, sink: TokenSink): number {
    const word = this.#find(text, start, end);
    const terms = this.#terms;
    const last = this.#termStarts[word + 1] ?? 0;
    for (let k = this.#termStarts[word] ?? 0; k < last; k += 1) {
      const place = this.#places[k] ?? 0;
      sink(
        terms[k] ?? '',
        position + ((place >>> 16) & 0xff),
        start + ((place >>> 8) & 0xff),
        start + (place & 0xff),
        place >>> 24 === 1,
      );
    }
    return this.#widths[word] ?? 1;
  }

  #find(text: string, start: number, end: number): number {
    let hash = end - start;
    for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.#slots[slot] ?? 0; entry !== 0; entry = this.#slots[slot] ?? 0) {
      if (this.#hashes[entry - 1] === hash && this.#isWord(entry - 1, text, start, end)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(hash, text, start, end);
  }

  #isWord(word: number, text: string, start: number, end: number): boolean {
    const from = this.#keyStarts[word] ?? 0;
    if ((this.#keyStarts[word + 1] ?? 0) - from !== end - start) return false;
    for (let i = start, k = from; i < end; i += 1, k += 1) {
      if (text.charCodeAt(i) !== this.#keys[k]) return false;
    }
    return true;
  }

  #add(hash: number, text: string, start: number, end: number): number {
    const { terms, width } = this.#termsOf(detached(text, start, end));
    let keysEnd = this.#keyStarts[this.#count] ?? 0;
    const isFull =
      this.#count === this.#capacity ||
      keysEnd + end - start > this.#keys.length ||
      this.#terms.length + terms.length > this.#places.length;
    if (isFull) {
      this.#slots.fill(0);
      this.#terms = [];
      this.#count = 0;
      keysEnd = 0;
    }
    const word = this.#count;
    for (let i = start; i < end; i += 1) this.#keys[keysEnd + i - start] = text.charCodeAt(i);
    for (const term of terms) {
      const place = (term.variant ? 1 << 24 : 0) | (term.position << 16) | (term.start << 8) | term.end;
      this.#places[this.#terms.length] = place;
      this.#terms.push(term.term);
    }
    this.#hashes[word] = hash;
    this.#widths[word] = width;
    this.#keyStarts[word + 1] = keysEnd + end - start;
    this.#termStarts[word + 1] = this.#terms.length;
    this.#count = word + 1;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = word + 1;
    return word;
  }
}

/** A word as a string of its own: a slice would keep its whole text in memory. */
function detached(text: string, start: number, end: number): string {
  const units: number[] = [];
  for (let i = start; i < end; i += 1) units.push(text.charCodeAt(i));
  return String.fromCharCode(...units);
}
