// Which row of the scan holds which ordinal's vector, and where that vector stands in full precision.
import { SearchError } from '../errors.ts';

/** Ordinals to rows and back. Rows that were freed are used again. */
export class RowTable {
  /** By row: whose it is (`noOrdinal` when free), and where its exact vector stands (−1: nowhere). */
  #ordinals = new Uint32Array(0);
  #positions = new Int32Array(0);
  /** By ordinal: its row, −1 without one. */
  #rows = new Int32Array(0);
  #rowCount = 0;
  readonly #freed: number[] = [];

  /** Rows that are or were in use; all rows are below. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** How many ordinals have a row. */
  get size(): number {
    return this.#rowCount - this.#freed.length;
  }

  get sizeBytes(): number {
    return this.#ordinals.byteLength + this.#positions.byteLength + this.#rows.byteLength;
  }

  /** The row of an ordinal, −1 without one. */
  rowOf(ordinal: number): number {
    return this.#rows[ordinal] ?? -1;
  }

  ordinalOf(row: number): number {
    return this.#ordinals[row] ?? noOrdinal;
  }

  positionOf(row: number): number {
    return this.#positions[row] ?? -1;
  }

  /** The ordinal's row, or a free one that is now its row. */
  take(ordinal: number, position: number): number {
    if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal > 0x7ffffffe)
      throw new SearchError('bad-input', 'An ordinal is a whole number from 0.', { field: 'ordinal' });
    let row = this.rowOf(ordinal);
    if (row < 0) {
      row = this.#freed.pop() ?? this.#rowCount;
      this.#rowCount = Math.max(this.#rowCount, row + 1);
      this.#makeRoom(row, ordinal);
    }
    this.#ordinals[row] = ordinal;
    this.#positions[row] = position;
    this.#rows[ordinal] = row;
    return row;
  }

  /** Frees the ordinal's row and returns it, −1 when there was none. */
  free(ordinal: number): number {
    const row = this.rowOf(ordinal);
    if (row < 0) return row;
    this.#ordinals[row] = noOrdinal;
    this.#rows[ordinal] = -1;
    this.#freed.push(row);
    return row;
  }

  #makeRoom(row: number, ordinal: number): void {
    if (row >= this.#ordinals.length) {
      const length = grown(this.#ordinals.length, row);
      const ordinals = new Uint32Array(length);
      ordinals.set(this.#ordinals);
      this.#ordinals = ordinals;
      const positions = new Int32Array(length);
      positions.set(this.#positions);
      this.#positions = positions;
    }
    if (ordinal >= this.#rows.length) {
      const rows = new Int32Array(grown(this.#rows.length, ordinal)).fill(-1);
      rows.set(this.#rows);
      this.#rows = rows;
    }
  }
}

/** Whose a free row is. */
export const noOrdinal = 0xffffffff;

function grown(length: number, index: number): number {
  return Math.max(index + 1, Math.ceil(length * 1.5), 64);
}
