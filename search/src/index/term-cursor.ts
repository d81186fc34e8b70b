// A place in the postings of one term of one segment: moves to the next document at or after a given one, block by block.
import { blockSize, unpack, unpackAscending } from './bit-packing.ts';
import { ByteReader } from './byte-writer.ts';
import type { TermEntry } from './dictionary.ts';
import { blockRow } from './postings-writer.ts';
import type { FieldPostings } from './segment.ts';

/** Behind the last document. */
export const noDocument = 0xffff_ffff;

/**
 * Reads the postings of one term after another; its buffers are kept between `open` calls. The fields are
 * public because the loops that score stand outside: `documents[index..count)` are what is left of the block.
 */
export class TermCursor {
  readonly documents = new Uint32Array(blockSize);
  /** `abstractCount << titleBits | titleCount` for each of `documents`. */
  readonly counts = new Uint32Array(blockSize);
  titleBits = 0;
  index = 0;
  count = 0;
  /** Where the cursor stands; `noDocument` at the end. */
  document = noDocument;
  /** How many blocks the term has, the tail being the last one. */
  blocks = 0;
  /** The block that is unpacked. */
  block = -1;
  private field: FieldPostings | undefined;
  private rows: Uint32Array = new Uint32Array(0);
  private firstRow = 0;
  private fullBlocks = 0;
  private tailCount = 0;
  private termPositions = 0;
  private tailPositions = 0;
  private tailImpact = 0;
  private tailPostings = 0;
  /** How often a block was unpacked: when it changes, `documents` has. */
  loads = 0;

  /** Goes to the first document of a term. */
  open(field: FieldPostings, entry: TermEntry): void {
    this.field = field;
    this.rows = field.blocks;
    this.firstRow = entry.firstBlock * blockRow;
    this.fullBlocks = Math.floor(entry.documents / blockSize);
    this.tailCount = entry.documents % blockSize;
    this.blocks = this.fullBlocks + (this.tailCount > 0 ? 1 : 0);
    this.termPositions = entry.positions;
    if (this.tailCount > 0) {
      const reader = new ByteReader(field.tails, entry.tail);
      this.tailImpact = reader.byte();
      this.tailPositions = this.termPositions + (this.fullBlocks > 0 ? reader.varint() : 0);
      this.tailPostings = reader.offset;
    }
    this.block = -1;
    this.load(0);
  }

  /** The last document of a block; `noDocument - 1` for the tail, which does not say. */
  lastOf(block: number): number {
    return block < this.fullBlocks ? (this.rows[this.firstRow + block * blockRow] ?? 0) : noDocument - 1;
  }

  /** The highest saturation in a block, in 255ths. */
  impactOf(block: number): number {
    if (block >= this.fullBlocks) return this.tailImpact;
    return (this.rows[this.firstRow + block * blockRow + 3] ?? 0) >>> 16;
  }

  /** The first block from `from` on that may hold documents at or after `target`; `blocks` when there is none. */
  blockOf(target: number, from: number): number {
    let low = from;
    let step = 1;
    while (low + step < this.blocks && this.lastOf(low + step - 1) < target) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, this.blocks);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.lastOf(middle) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Goes to the first document at or after `target`. Never goes back. */
  seek(target: number): number {
    if (this.document >= target) return this.document;
    if (this.lastOf(this.block) < target) {
      const block = this.blockOf(target, this.block + 1);
      if (block >= this.blocks) return this.end();
      this.load(block);
    }
    return this.seekInBlock(target);
  }

  /** Unpacks a block and goes to its first document. */
  load(block: number): void {
    const { field } = this;
    if (field === undefined || block >= this.blocks) {
      this.end();
      return;
    }
    this.block = block;
    this.loads += 1;
    this.index = 0;
    const base = block === 0 ? -1 : this.lastOf(block - 1);
    if (block < this.fullBlocks) {
      const row = this.firstRow + block * blockRow;
      const start = this.rows[row + 1] ?? 0;
      const shape = this.rows[row + 3] ?? 0;
      const gapBits = shape & 31;
      this.titleBits = (shape >>> 5) & 31;
      this.count = blockSize;
      unpackAscending(field.packed, start, gapBits, base, this.documents);
      unpack(field.packed, start + gapBits * 4, (shape >>> 10) & 31, this.counts);
    } else this.readTail(field.tails, base);
    this.document = this.documents[0] ?? noDocument;
  }

  /** Goes behind the last document. */
  end(): number {
    this.block = this.blocks;
    this.index = 0;
    this.count = 0;
    this.document = noDocument;
    return noDocument;
  }

  /** Goes on by one document. */
  next(): number {
    this.index += 1;
    if (this.index < this.count) this.document = this.documents[this.index] ?? noDocument;
    else this.load(this.block + 1);
    return this.document;
  }

  get titleCount(): number {
    return (this.counts[this.index] ?? 0) & ((1 << this.titleBits) - 1);
  }

  get abstractCount(): number {
    return (this.counts[this.index] ?? 0) >>> this.titleBits;
  }

  /** Where the positions of the block's first document begin. */
  get blockPositions(): number {
    if (this.block >= this.fullBlocks) return this.tailPositions;
    return this.rows[this.firstRow + this.block * blockRow + 2] ?? 0;
  }

  private seekInBlock(target: number): number {
    const { documents, count } = this;
    let low = this.index;
    let step = 1;
    while (low + step < count && (documents[low + step - 1] ?? 0) < target) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, count);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((documents[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    // Only the tail can end before the target: the last document of other blocks is known.
    if (low >= count) return this.end();
    this.index = low;
    this.document = documents[low] ?? noDocument;
    return this.document;
  }

  private readTail(tails: Uint8Array, base: number): void {
    const reader = new ByteReader(tails, this.tailPostings);
    const titleBits = 15;
    this.titleBits = titleBits;
    this.count = this.tailCount;
    let last = base;
    for (let i = 0; i < this.tailCount; i += 1) {
      const gap = reader.varint();
      last += 1 + (gap >>> 1);
      this.documents[i] = last;
      if ((gap & 1) === 1) this.counts[i] = 1 << titleBits;
      else {
        const title = reader.varint();
        this.counts[i] = (reader.varint() << titleBits) | title;
      }
    }
  }
}
