// Three ways to score the rows for the query that is loaded: all of them, a few by name, the closest by sign.
import type { Bitset } from '../bitset.ts';
import type { BestRows } from './best-rows.ts';
import { noOrdinal, type RowTable } from './row-table.ts';
import { rowsPerBlock, type VectorBlocks } from './vector-blocks.ts';

/** Offers every accepted row with its eight-bit score. */
export function scoreAll(
  blocks: VectorBlocks,
  table: RowTable,
  accept: Bitset | undefined,
  best: BestRows,
): void {
  let threshold = best.threshold;
  for (let first = 0; first < table.rowCount; first += rowsPerBlock) {
    const rows = Math.min(rowsPerBlock, table.rowCount - first);
    const scores = blocks.scoreBlock(first / rowsPerBlock, rows);
    for (let i = 0; i < rows; i += 1) {
      // The score of a free row is NaN, which is not above anything.
      const score = scores[i] ?? 0;
      if (score >= threshold) {
        const ordinal = table.ordinalOf(first + i);
        if (isAccepted(accept, ordinal)) {
          best.offer(ordinal, score);
          threshold = best.threshold;
        }
      }
    }
  }
}

/** The same, going through what is accepted instead of through all rows: for filters that leave little. */
export function scoreAccepted(blocks: VectorBlocks, table: RowTable, accept: Bitset, best: BestRows): void {
  for (let word = 0; word < accept.words.length; word += 1) {
    for (let bits = accept.words[word] ?? 0; bits !== 0; bits &= bits - 1) {
      const ordinal = word * 32 + (31 - Math.clz32(bits & -bits));
      const row = ordinal < accept.size ? table.rowOf(ordinal) : -1;
      if (row >= 0) best.offer(ordinal, blocks.scoreOne(row));
    }
  }
}

/**
 * Offers the accepted rows whose signs differ least from the query's: at least `wanted` of them where there are so
 * many, and all at the distance of the last.
 */
export function scoreClosestBySign(
  blocks: VectorBlocks,
  table: RowTable,
  accept: Bitset | undefined,
  wanted: number,
  best: BestRows,
): void {
  const closest = new ClosestRows(blocks.dimensions, wanted);
  for (let first = 0; first < table.rowCount; first += rowsPerBlock) {
    const rows = Math.min(rowsPerBlock, table.rowCount - first);
    const distances = blocks.measureBlock(first / rowsPerBlock, rows);
    let { farthest } = closest;
    for (let i = 0; i < rows; i += 1) {
      const distance = distances[i] ?? 0;
      if (distance > farthest || !isUsed(table.ordinalOf(first + i), accept)) continue;
      closest.add(first + i, distance);
      farthest = closest.farthest;
    }
  }
  closest.each((row) => best.offer(table.ordinalOf(row), blocks.scoreOne(row)));
}

/** Rows within the smallest distance that holds so many of them; the distance shrinks while they come. */
class ClosestRows {
  farthest: number;
  readonly #wanted: number;
  readonly #perDistance: Uint32Array;
  readonly #rows: number[] = [];
  readonly #distances: number[] = [];
  #within = 0;

  constructor(greatest: number, wanted: number) {
    this.farthest = greatest;
    this.#wanted = wanted;
    this.#perDistance = new Uint32Array(greatest + 1);
  }

  /** Takes a row no farther than `farthest`. */
  add(row: number, distance: number): void {
    this.#rows.push(row);
    this.#distances.push(distance);
    this.#perDistance[distance] = (this.#perDistance[distance] ?? 0) + 1;
    this.#within += 1;
    for (;;) {
      const outermost = this.#perDistance[this.farthest] ?? 0;
      if (this.farthest === 0 || this.#within - outermost < this.#wanted) return;
      this.#within -= outermost;
      this.farthest -= 1;
    }
  }

  each(visit: (row: number) => void): void {
    for (let i = 0; i < this.#rows.length; i += 1)
      if ((this.#distances[i] ?? 0) <= this.farthest) visit(this.#rows[i] ?? 0);
  }
}

function isUsed(ordinal: number, accept: Bitset | undefined): boolean {
  return ordinal !== noOrdinal && isAccepted(accept, ordinal);
}

function isAccepted(accept: Bitset | undefined, ordinal: number): boolean {
  return accept === undefined || (ordinal < accept.size && accept.has(ordinal));
}
