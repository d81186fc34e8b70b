// Where a term stands in the document its cursor is at: read only for phrases.
import type { TermCursor } from './term-cursor.ts';

/** Reads positions of the documents of one cursor; knows the block's places after the first look. */
export class PositionReader {
  /** Positions in the title, then those in the abstract, ascending in each. */
  places = new Uint32Array(16);
  /** How many of them are in the title, and how many there are. */
  titles = 0;
  total = 0;
  private readonly cursor: TermCursor;
  private bytes: Uint8Array = new Uint8Array(0);
  private starts = new Uint32Array(129);
  private known = 0;
  private loads = -1;

  constructor(cursor: TermCursor) {
    this.cursor = cursor;
  }

  open(positions: Uint8Array): void {
    this.bytes = positions;
    this.loads = -1;
  }

  /** Reads the places of the term in the document under the cursor. */
  read(): void {
    const { cursor, bytes } = this;
    const titles = cursor.titleCount;
    const total = titles + cursor.abstractCount;
    if (this.places.length < total) this.places = new Uint32Array(total * 2);
    const { places } = this;
    this.titles = titles;
    this.total = total;
    let offset = this.start();
    let position = 0;
    for (let i = 0; i < total; i += 1) {
      let byte = bytes[offset] ?? 0;
      offset += 1;
      let gap = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[offset] ?? 0;
        offset += 1;
        gap |= (byte & 127) << shift;
      }
      position = i === titles ? gap : position + gap;
      places[i] = position;
    }
  }

  /** Whether the term stands at a position, in the title or in the abstract. */
  standsAt(position: number, inTitle: boolean): boolean {
    const { places } = this;
    const end = inTitle ? this.titles : this.total;
    let low = inTitle ? 0 : this.titles;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low < end && places[low] === position;
  }

  /** Where the positions of the cursor's document begin: those before it in the block are stepped over once. */
  private start(): number {
    const { cursor, bytes, starts } = this;
    if (this.loads !== cursor.loads) {
      this.loads = cursor.loads;
      this.known = 0;
      starts[0] = cursor.blockPositions;
    }
    const mask = (1 << cursor.titleBits) - 1;
    while (this.known < cursor.index) {
      const counts = cursor.counts[this.known] ?? 0;
      let left = (counts & mask) + (counts >>> cursor.titleBits);
      let offset = starts[this.known] ?? 0;
      while (left > 0) {
        if ((bytes[offset] ?? 0) < 128) left -= 1;
        offset += 1;
      }
      this.known += 1;
      starts[this.known] = offset;
    }
    return starts[cursor.index] ?? 0;
  }
}
