// The regression against the same problem solved densely, by elimination in doubles.
import { pcg32 } from '@offprint/methods';
import { describe, expect, it } from 'vitest';
import { ridge } from './ridge.ts';

const dimensions = 3;
const size = 6;

/** Twelve texts over six rows; row 5 stands in none of them. */
function problem() {
  const random = pcg32(5);
  const offsets = [0];
  const rows: number[] = [];
  const values: number[] = [];
  for (let text = 0; text < 12; text++) {
    for (let row = 0; row < 5; row++)
      if (random.nextBelow(2) === 0) {
        rows.push(row);
        values.push(random.nextUnit() + 0.2);
      }
    offsets.push(rows.length);
  }
  const residuals = Float32Array.from({ length: 12 * dimensions }, () => random.nextUnit() - 0.5);
  const bags = {
    offsets: Uint32Array.from(offsets),
    rows: Uint32Array.from(rows),
    counts: new Float32Array(rows.length).fill(1),
  };
  return { matrix: { bags, values: Float32Array.from(values) }, residuals };
}

describe('the ridge regression', () => {
  it('finds what elimination on the dense normal equations finds', () => {
    const { matrix, residuals } = problem();
    const penalty = 0.3;
    const found = ridge(matrix, residuals, size, dimensions, { penalty, iterations: 30 });
    const dense = denseRidge(matrix, residuals, penalty);
    for (const [i, value] of dense.entries()) expect(found[i]).toBeCloseTo(value, 4);
  });

  it('leaves a row alone that no text holds', () => {
    const { matrix, residuals } = problem();
    const found = ridge(matrix, residuals, size, dimensions, { penalty: 0.3, iterations: 30 });
    expect([...found.subarray(5 * dimensions)]).toEqual([0, 0, 0]);
  });

  it('moves nothing when there is nothing left to explain', () => {
    const { matrix, residuals } = problem();
    const found = ridge(matrix, residuals.fill(0), size, dimensions, { penalty: 0.3, iterations: 5 });
    expect(found.every((value) => value === 0)).toBe(true);
  });
});

function denseRidge(
  { bags, values }: ReturnType<typeof problem>['matrix'],
  residuals: Float32Array,
  penalty: number,
): number[] {
  const texts = bags.offsets.length - 1;
  const a = Array.from({ length: texts }, (_, text) => {
    const row = new Array<number>(size).fill(0);
    for (let j = bags.offsets[text] ?? 0; j < (bags.offsets[text + 1] ?? 0); j++)
      row[bags.rows[j] ?? 0] = values[j] ?? 0;
    return row;
  });
  const system = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_, j) => {
      const product = a.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0);
      return product + (i === j ? penalty : 0);
    }),
    ...Array.from({ length: dimensions }, (_, d) =>
      a.reduce((sum, row, text) => sum + (row[i] ?? 0) * (residuals[text * dimensions + d] ?? 0), 0),
    ),
  ]);
  for (let pivot = 0; pivot < size; pivot++) {
    const top = system[pivot] ?? [];
    const scale = top[pivot] ?? 1;
    for (let j = 0; j < top.length; j++) top[j] = (top[j] ?? 0) / scale;
    for (const [i, row] of system.entries()) {
      const factor = row[pivot] ?? 0;
      if (i !== pivot) for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0);
    }
  }
  return system.flatMap((row) => row.slice(size));
}
