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
  const perDistance = new Uint32Array(blocks.dimensions + 1);
  const isWhole = accept === undefined && table.size === table.rowCount;
  const measured: Uint16Array[] = [];
  for (let first = 0; first < table.rowCount; first += rowsPerBlock) {
    const rows = Math.min(rowsPerBlock, table.rowCount - first);
    const distances = blocks.measureBlock(first / rowsPerBlock, rows);
    measured.push(distances);
    for (let i = 0; i < rows; i += 1) {
      if (!isWhole && !isUsed(table.ordinalOf(first + i), accept)) continue;
      const distance = distances[i] ?? 0;
      perDistance[distance] = (perDistance[distance] ?? 0) + 1;
    }
  }
  const farthest = distanceOf(wanted, perDistance);
  for (const [block, distances] of measured.entries())
    for (let i = 0; i < distances.length; i += 1) {
      if ((distances[i] ?? 0) > farthest) continue;
      const row = block * rowsPerBlock + i;
      const ordinal = table.ordinalOf(row);
      if (isUsed(ordinal, accept)) best.offer(ordinal, blocks.scoreOne(row));
    }
}

/** The smallest distance within which there are `wanted` rows. */
function distanceOf(wanted: number, perDistance: Uint32Array): number {
  let total = 0;
  for (const [distance, rows] of perDistance.entries()) {
    total += rows;
    if (total >= wanted) return distance;
  }
  return perDistance.length;
}

function isUsed(ordinal: number, accept: Bitset | undefined): boolean {
  return ordinal !== noOrdinal && isAccepted(accept, ordinal);
}

function isAccepted(accept: Bitset | undefined, ordinal: number): boolean {
  return accept === undefined || (ordinal < accept.size && accept.has(ordinal));
}
