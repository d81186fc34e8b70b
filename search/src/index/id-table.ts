// The names of papers and their numbers: ids as bytes in one pool, found by an open-addressed hash table of numbers.
import { compareBytes } from './byte-order.ts';
import { ByteWriter, WordWriter } from './byte-writer.ts';

const free = 0;

/** Ordinals are given out in the order of first sight and never again; 4 bytes a paper, 6 to 11 for finding it, and its id. */
export class IdTable {
  private readonly pool = new ByteWriter();
  /** Where each id ends in the pool. */
  private readonly ends = new WordWriter();
  /** Ordinals + 1 by hash, at most three quarters full. */
  private slots = new Uint32Array(64);

  /** One above the highest ordinal. */
  get limit(): number {
    return this.ends.length;
  }

  get sizeBytes(): number {
    return this.pool.capacityBytes + this.ends.capacityBytes + this.slots.byteLength;
  }

  find(id: string): number | undefined {
    const bytes = Buffer.from(id);
    const slot = this.slotOf(bytes);
    const held = this.slots[slot] ?? free;
    return held === free ? undefined : held - 1;
  }

  /** The ordinal of an id, a new one if it is new. */
  add(id: string): number {
    const bytes = Buffer.from(id);
    const slot = this.slotOf(bytes);
    const held = this.slots[slot] ?? free;
    if (held !== free) return held - 1;
    const ordinal = this.limit;
    this.pool.copy(bytes, 0, bytes.length);
    this.ends.push(this.pool.length);
    this.slots[slot] = ordinal + 1;
    if (this.limit * 4 > this.slots.length * 3) this.grow();
    return ordinal;
  }

  idOf(ordinal: number): string {
    return Buffer.from(this.bytesOf(ordinal)).toString('utf8');
  }

  /** Code unit order of two ids, without spelling them. */
  compare(a: number, b: number): number {
    const pool = this.pool.written();
    return compareBytes(pool, this.start(a), this.ends.at(a), pool, this.start(b), this.ends.at(b));
  }

  /** The pool and the ends, for a snapshot. */
  parts(): { pool: Uint8Array; ends: Uint32Array } {
    return { pool: this.pool.written(), ends: this.ends.written() };
  }

  static from(pool: Uint8Array, ends: Uint32Array): IdTable {
    const table = new IdTable();
    table.pool.copy(pool, 0, pool.length);
    for (const end of ends) table.ends.push(end);
    table.grow();
    return table;
  }

  private start(ordinal: number): number {
    return ordinal === 0 ? 0 : this.ends.at(ordinal - 1);
  }

  private bytesOf(ordinal: number): Uint8Array {
    return this.pool.written().subarray(this.start(ordinal), this.ends.at(ordinal));
  }

  private slotOf(bytes: Uint8Array): number {
    const mask = this.slots.length - 1;
    const pool = this.pool.written();
    for (let slot = hash(bytes, 0, bytes.length) & mask; ; slot = (slot + 1) & mask) {
      const held = this.slots[slot] ?? free;
      if (held === free) return slot;
      const start = this.start(held - 1);
      if (compareBytes(bytes, 0, bytes.length, pool, start, this.ends.at(held - 1)) === 0) return slot;
    }
  }

  private grow(): void {
    let size = this.slots.length;
    while (size * 3 < this.limit * 4) size *= 2;
    this.slots = new Uint32Array(size);
    const pool = this.pool.written();
    for (let ordinal = 0; ordinal < this.limit; ordinal += 1) {
      let slot = hash(pool, this.start(ordinal), this.ends.at(ordinal)) & (size - 1);
      while (this.slots[slot] !== free) slot = (slot + 1) & (size - 1);
      this.slots[slot] = ordinal + 1;
    }
  }
}

/** FNV-1a, with its bits mixed once more for the low ones decide. */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let i = start; i < end; i += 1) value = Math.imul(value ^ (bytes[i] ?? 0), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
