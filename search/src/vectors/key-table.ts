// Keys to positions for millions of keys: two typed arrays, no object a key.
import { keyBytes } from './content-key.ts';

/** A hash table with open addressing. Keys are hashes already, so their first bits say where they belong. */
export class KeyTable {
  #keys = new Uint8Array(64 * keyBytes);
  #positions = new Int32Array(64);
  /** Indexes into the two above plus one, 0 where empty; a power of two long, at most half full. */
  #slots = new Int32Array(128);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The position of a key, −1 when there is none. */
  get(key: Uint8Array): number {
    const entry = this.#slots[this.#slotOf(key)] ?? 0;
    return entry === 0 ? -1 : (this.#positions[entry - 1] ?? -1);
  }

  set(key: Uint8Array, position: number): void {
    const slot = this.#slotOf(key);
    const entry = this.#slots[slot] ?? 0;
    if (entry > 0) {
      this.#positions[entry - 1] = position;
      return;
    }
    if (this.#size === this.#positions.length) {
      this.#grow();
      this.set(key, position);
      return;
    }
    this.#keys.set(key, this.#size * keyBytes);
    this.#positions[this.#size] = position;
    this.#size += 1;
    this.#slots[slot] = this.#size;
  }

  #grow(): void {
    const keys = new Uint8Array(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    const positions = new Int32Array(this.#positions.length * 2);
    positions.set(this.#positions);
    this.#positions = positions;
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let entry = 0; entry < this.#size; entry += 1)
      this.#slots[this.#slotOf(keys.subarray(entry * keyBytes, (entry + 1) * keyBytes))] = entry + 1;
  }

  /** Where a key is, or where it would go. */
  #slotOf(key: Uint8Array): number {
    const mask = this.#slots.length - 1;
    const start = (key[0] ?? 0) | ((key[1] ?? 0) << 8) | ((key[2] ?? 0) << 16) | ((key[3] ?? 0) << 24);
    for (let slot = start & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0 || this.#isKeyOf(entry - 1, key)) return slot;
    }
  }

  #isKeyOf(entry: number, key: Uint8Array): boolean {
    for (let i = 0; i < keyBytes; i += 1) if (this.#keys[entry * keyBytes + i] !== key[i]) return false;
    return true;
  }
}
