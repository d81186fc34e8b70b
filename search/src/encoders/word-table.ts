// Words and their pieces, remembered without an object or a string a word: looking one up costs no allocation.

/** Words remembered; then all are forgotten, so that memory is bounded whatever is read. */
const mostWords = 1 << 17;
/** Words longer than this are not remembered: they hardly ever come again. */
export const longestRememberedWord = 48;
const mostUnits = mostWords * 12;
const mostPieces = mostWords * 4;

/** Continues a hash (FNV-1a, by UTF-16 unit) that began as `firstHash`. */
export function hashOn(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}
export const firstHash = 0x811c9dc5 | 0;

/** A hash table from stretches of text to the numbers of their pieces. */
export class WordTable {
  /** Entry plus one, 0 where empty; twice as long as there are words at most. */
  readonly #slots = new Int32Array(mostWords * 2);
  readonly #hashes = new Int32Array(mostWords);
  /** Where an entry's units and pieces begin; where the next one's begin is where they end. */
  readonly #unitsAt = new Int32Array(mostWords + 1);
  readonly #piecesAt = new Int32Array(mostWords + 1);
  readonly #units = new Uint16Array(mostUnits);
  readonly #pieces = new Int32Array(mostPieces);
  #size = 0;

  /**
   * Writes the pieces of `text[begin, end)` into an array from a place on, as far as there is room.
   *
   * @returns where the pieces end, or −1 when the word is not remembered.
   */
  write(text: string, begin: number, end: number, hash: number, into: Int32Array, at: number): number {
    const entry = this.#find(text, begin, end, hash);
    if (entry < 0) return -1;
    let to = at;
    const last = this.#piecesAt[entry + 1] ?? 0;
    for (let from = this.#piecesAt[entry] ?? 0; from < last && to < into.length; from += 1) {
      into[to] = this.#pieces[from] ?? 0;
      to += 1;
    }
    return to;
  }

  /** Remembers a word that is not remembered. */
  add(word: string, hash: number, pieces: Int32Array): void {
    if (word.length > longestRememberedWord) return;
    let units = this.#unitsAt[this.#size] ?? 0;
    let numbers = this.#piecesAt[this.#size] ?? 0;
    if (this.#size === mostWords || units + word.length > mostUnits || numbers + pieces.length > mostPieces) {
      this.#slots.fill(0);
      this.#size = 0;
      units = 0;
      numbers = 0;
    }
    for (let i = 0; i < word.length; i += 1) this.#units[units + i] = word.charCodeAt(i);
    this.#pieces.set(pieces, numbers);
    this.#hashes[this.#size] = hash;
    this.#size += 1;
    this.#unitsAt[this.#size] = units + word.length;
    this.#piecesAt[this.#size] = numbers + pieces.length;
    let slot = this.#slotOf(hash);
    while ((this.#slots[slot] ?? 0) !== 0) slot = (slot + 1) & (this.#slots.length - 1);
    this.#slots[slot] = this.#size;
  }

  #find(text: string, begin: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = this.#slotOf(hash); ; slot = (slot + 1) & mask) {
      const entry = (this.#slots[slot] ?? 0) - 1;
      if (entry < 0 || (this.#hashes[entry] === hash && this.#isWord(entry, text, begin, end))) return entry;
    }
  }

  #isWord(entry: number, text: string, begin: number, end: number): boolean {
    const units = this.#unitsAt[entry] ?? 0;
    if ((this.#unitsAt[entry + 1] ?? 0) - units !== end - begin) return false;
    for (let i = begin; i < end; i += 1)
      if (this.#units[units + i - begin] !== text.charCodeAt(i)) return false;
    return true;
  }

  #slotOf(hash: number): number {
    // The low bits of the hash depend on the last unit most; its high bits are mixed in.
    return (hash ^ (hash >>> 15)) & (this.#slots.length - 1);
  }
}
