import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinned } from './thin.ts';

describe('a thinned curve', () => {
  it('is the curve itself when it is short', () => expect(thinned([3, Number.NaN, 1])).toEqual([0, 1, 2]));

  it('is short, begins and ends as the curve does, and keeps its order', () =>
    fc.assert(
      fc.property(
        fc.array(fc.double(), { minLength: 1, maxLength: 2000 }),
        fc.integer({ min: 6, max: 300 }),
        (y, most) => {
          const kept = thinned(y, most);
          expect(kept.length).toBeLessThanOrEqual(Math.max(most + 2, 2));
          expect(kept.every((at, i) => i === 0 || at > (kept[i - 1] ?? at))).toBe(true);
          expect([kept[0], kept.at(-1)]).toEqual([0, y.length - 1]);
        },
      ),
    ));

  it('keeps its lowest and its highest point, and that it has a gap', () => {
    const y = Array.from({ length: 50_000 }, (_, i) => Math.sin(i / 900));
    y[31_234] = 77;
    y[17] = -5;
    y[44_444] = Number.NaN;
    const kept = thinned(y);
    expect(kept).toEqual(expect.arrayContaining([17, 31_234, 44_444]));
  });
});
