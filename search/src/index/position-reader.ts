// Where a term stands in the document its cursor is at: read only for phrases.
import { readPositions, skipPositions } from './position-code.ts';
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
    const { cursor } = this;
    this.titles = cursor.titleCount;
    this.total = this.titles + cursor.abstractCount;
    if (this.places.length < this.total) this.places = new Uint32Array(this.total * 2);
    readPositions(this.bytes, this.start(), this.titles, this.total, this.places);
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
      const total = (counts & mask) + (counts >>> cursor.titleBits);
      const offset = skipPositions(bytes, starts[this.known] ?? 0, total);
      this.known += 1;
      starts[this.known] = offset;
    }
    return starts[cursor.index] ?? 0;
  }
}
