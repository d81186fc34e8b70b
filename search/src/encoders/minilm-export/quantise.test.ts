import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantiseColumns, quantiseRows, transpose } from './quantise.ts';

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      values: fc
        .array(fc.float({ min: -9, max: 9, noNaN: true }), {
          minLength: rows * columns,
          maxLength: rows * columns,
        })
        .map((values) => Float32Array.from(values)),
    }),
  );

describe('eight-bit weights', () => {
  it('are never further from the weight than half a step of their column', () => {
    fc.assert(
      fc.property(matrix, fc.constantFrom(63, 127), ({ columns, values }, limit) => {
        const quantised = quantiseColumns(values, columns, limit);
        for (const [i, value] of values.entries()) {
          const scale = quantised.scales[i % columns] ?? 0;
          expect(Math.abs(quantised.values[i] ?? 0)).toBeLessThanOrEqual(limit);
          expect(Math.abs((quantised.values[i] ?? 0) * scale - value)).toBeLessThanOrEqual(scale * 0.5001);
        }
      }),
    );
  });

  it('by row are those by column of the turned table', () => {
    fc.assert(
      fc.property(matrix, ({ rows, columns, values }) => {
        const byRow = quantiseRows(values, columns);
        const byColumn = quantiseColumns(transpose(values, rows, columns), rows, 127);
        expect(byRow.scales).toEqual(byColumn.scales);
        expect(transpose(Float32Array.from(byRow.values), rows, columns)).toEqual(
          Float32Array.from(byColumn.values),
        );
      }),
    );
  });
});
