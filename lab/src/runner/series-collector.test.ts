import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeriesCollector, rounded, thinned } from './series-collector.ts';

describe('a reported curve', () => {
  it('keeps its first and last point and at most 200, in their order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (count) => {
        const values = Array.from({ length: count }, (_, i) => i);
        const kept = thinned(values);
        expect(kept).toHaveLength(Math.min(count, 200));
        expect([kept[0], kept.at(-1)]).toEqual([0, count - 1]);
        expect(new Set(kept).size).toBe(kept.length);
        expect(kept).toEqual([...kept].sort((a, b) => a - b));
      }),
    );
  });

  it('has six significant digits, and keeps what is no number', () =>
    expect([0.123456789, 12345678, -1e-20, Number.NaN, Infinity].map(rounded)).toEqual([
      0.123457,
      12345700,
      -1e-20,
      Number.NaN,
      Infinity,
    ]));

  it('may stay at an x but not go back', () => {
    const collector = createSeriesCollector();
    collector.add('a', 1, 5);
    collector.add('b', 0, 7);
    collector.add('a', 1, 6);
    expect(() => collector.add('a', 0.5, 0)).toThrow(RangeError);
    expect(() => collector.add('a', Number.NaN, 0)).toThrow(RangeError);
    expect(collector.collected()).toEqual([
      { name: 'a', x: [1, 1], y: [5, 6] },
      { name: 'b', x: [0], y: [7] },
    ]);
  });
});
