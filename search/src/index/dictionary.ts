// The terms of one field of a segment, sorted and front-coded: where a term's postings begin, and how it is mostly written.

import { blockSize } from './bit-packing.ts';
import { compareBytes } from './byte-order.ts';
import { ByteReader } from './byte-writer.ts';
import { groupRow, groupSize } from './dictionary-writer.ts';

/** Where a term's postings are. */
export interface TermEntry {
  readonly documents: number;
  /** Row of its first full block; it has `floor(documents / 128)`. */
  readonly firstBlock: number;
  readonly tail: number;
  readonly positions: number;
}

const encoder = new TextEncoder();

/** A walk over the terms of a dictionary in order. `term` and `surface` are spelt in buffers that the next step overwrites. */
export class TermWalk {
  term: Uint8Array<ArrayBufferLike> = new Uint8Array(64);
  termLength = 0;
  surface: Uint8Array<ArrayBufferLike> = new Uint8Array(64);
  surfaceLength = 0;
  documents = 0;
  firstBlock = 0;
  tail = 0;
  tailBytes = 0;
  positions = 0;
  positionBytes = 0;
  private readonly dictionary: Dictionary;
  private readonly reader: ByteReader;
  private index = -1;

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary;
    this.reader = new ByteReader(dictionary.bytes);
  }

  /** Whether it stands at a term. */
  get going(): boolean {
    return this.index < this.dictionary.count;
  }

  /** Goes to the next term. @returns false after the last one. */
  next(): boolean {
    this.index += 1;
    if (this.index >= this.dictionary.count) return false;
    if (this.index % groupSize === 0) this.enter(this.index / groupSize);
    else {
      this.firstBlock += Math.floor(this.documents / blockSize);
      this.tail += this.tailBytes;
      this.positions += this.positionBytes;
    }
    const { reader } = this;
    const shared = reader.varint();
    const added = reader.varint();
    this.termLength = shared + added;
    if (this.term.length < this.termLength) this.term = grown(this.term, this.termLength);
    for (let i = shared; i < this.termLength; i += 1) this.term[i] = reader.byte();
    this.documents = reader.varint();
    this.tailBytes = this.documents % blockSize === 0 ? 0 : reader.varint();
    this.positionBytes = reader.varint();
    this.readSpelling();
    return true;
  }

  /** Goes to the first term that is not before `target`. @returns false when there is none. */
  seek(target: Uint8Array): boolean {
    const { count } = this.dictionary;
    let low = 0;
    let high = Math.ceil(count / groupSize) - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.dictionary.compareHead(middle, target) <= 0) low = middle;
      else high = middle - 1;
    }
    this.index = low * groupSize - 1;
    while (this.next()) if (this.compare(target) >= 0) return true;
    return false;
  }

  compare(target: Uint8Array): number {
    return compareBytes(this.term, 0, this.termLength, target, 0, target.length);
  }

  text(): string {
    return spelt(this.term, this.termLength);
  }

  surfaceText(): string {
    return spelt(this.surface, this.surfaceLength);
  }

  entry(): TermEntry {
    const { documents, firstBlock, tail, positions } = this;
    return { documents, firstBlock, tail, positions };
  }

  private readSpelling(): void {
    const { reader } = this;
    const marked = reader.varint();
    const kept = marked === 0 ? this.termLength : marked - 1;
    this.surfaceLength = kept + (marked === 0 ? 0 : reader.varint());
    if (this.surface.length < this.surfaceLength) this.surface = grown(this.surface, this.surfaceLength);
    for (let i = 0; i < kept; i += 1) this.surface[i] = this.term[i] ?? 0;
    for (let i = kept; i < this.surfaceLength; i += 1) this.surface[i] = reader.byte();
  }

  private enter(group: number): void {
    const { groups } = this.dictionary;
    const row = group * groupRow;
    this.reader.offset = groups[row] ?? 0;
    this.tail = groups[row + 1] ?? 0;
    this.positions = groups[row + 2] ?? 0;
    this.firstBlock = groups[row + 3] ?? 0;
  }
}

/** A finished dictionary, a view of a segment. */
export class Dictionary {
  readonly bytes: Uint8Array;
  readonly groups: Uint32Array;
  readonly count: number;
  private readonly finder: TermWalk;

  constructor(bytes: Uint8Array, groups: Uint32Array, count: number) {
    this.bytes = bytes;
    this.groups = groups;
    this.count = count;
    this.finder = new TermWalk(this);
  }

  /** Where the postings of a term are, if the segment has it. */
  find(term: string): TermEntry | undefined {
    const target = encoder.encode(term);
    return this.finder.seek(target) && this.finder.compare(target) === 0 ? this.finder.entry() : undefined;
  }

  /** How many documents hold the term. */
  documentsWith(term: string): number {
    const target = encoder.encode(term);
    return this.finder.seek(target) && this.finder.compare(target) === 0 ? this.finder.documents : 0;
  }

  /** Compares the first term of a group. */
  compareHead(group: number, target: Uint8Array): number {
    const reader = new ByteReader(this.bytes, this.groups[group * groupRow] ?? 0);
    reader.varint();
    const length = reader.varint();
    return compareBytes(this.bytes, reader.offset, reader.offset + length, target, 0, target.length);
  }
}

/** A walk that begins at the first term starting with `prefix`, with what tells when it is over. */
export function startsWith(walk: TermWalk, prefix: Uint8Array): boolean {
  if (walk.termLength < prefix.length) return false;
  for (let i = 0; i < prefix.length; i += 1) if (walk.term[i] !== prefix[i]) return false;
  return true;
}

function spelt(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('utf8');
}

function grown(bytes: Uint8Array, length: number): Uint8Array {
  const larger = new Uint8Array(length * 2);
  larger.set(bytes);
  return larger;
}
