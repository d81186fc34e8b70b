// Writes the sorted terms of one field of a segment, each as what differs from the one before it.
import { blockSize } from './bit-packing.ts';
import { ByteWriter, WordWriter } from './byte-writer.ts';
import type { WrittenTerm } from './postings-writer.ts';

/** Terms share their beginnings with the term before them, anew at every sixteenth. */
export const groupSize = 16;
/** Words of a group: start of its bytes, of its tails and positions, its first block, the words its blocks have taken. */
export const groupRow = 4;

/** Takes terms in the order of `compareBytes`, each once. */
export class DictionaryWriter {
  readonly bytes = new ByteWriter();
  readonly groups = new WordWriter();
  count = 0;
  private previous = new Uint8Array(0);
  private tail = 0;
  private positions = 0;
  private block = 0;

  /** @param surface how the term is mostly written; may be the term itself. */
  add(term: Uint8Array, written: WrittenTerm, surface: Uint8Array): void {
    if (this.count % groupSize === 0) {
      this.groups.push(this.bytes.length);
      this.groups.push(this.tail);
      this.groups.push(this.positions);
      this.groups.push(this.block);
      this.previous = new Uint8Array(0);
    }
    const shared = sharedLength(this.previous, term);
    this.bytes.varint(shared);
    this.bytes.varint(term.length - shared);
    this.bytes.copy(term, shared, term.length);
    this.bytes.varint(written.documents);
    if (written.documents % blockSize !== 0) this.bytes.varint(written.tailBytes);
    this.bytes.varint(written.positionBytes);
    this.spelling(term, surface);
    this.tail += written.tailBytes;
    this.positions += written.positionBytes;
    this.block += Math.floor(written.documents / blockSize);
    this.previous = term.slice();
    this.count += 1;
  }

  /** 0 when it is the term itself, or 1 more than what they share and the rest. */
  private spelling(term: Uint8Array, surface: Uint8Array): void {
    const shared = sharedLength(term, surface);
    if (shared === term.length && shared === surface.length) this.bytes.byte(0);
    else {
      this.bytes.varint(shared + 1);
      this.bytes.varint(surface.length - shared);
      this.bytes.copy(surface, shared, surface.length);
    }
  }
}

function sharedLength(a: Uint8Array, b: Uint8Array): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared += 1;
  return shared;
}
