import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  avgWindowedForgetting,
  avgWindowedPlasticity,
  windowedForgetting,
  windowedPlasticity,
} from './windowed-change.ts';

const curve = [0.9, 0.8, 0.95, 0.4, 0.7, 0.9];
const curves = fc.array(
  fc.integer({ min: 0, max: 50 }).map((n) => n / 100),
  { minLength: 1, maxLength: 30 },
);

/** What the authors' code does with the last `window` values after each evaluation: it skips a start below the best. */
function withShortcut(values: readonly number[], window: number, sign: 1 | -1): number {
  let largest = 0;
  for (let end = 1; end <= values.length; end++) {
    const inside = values.slice(Math.max(0, end - window), end);
    let best = Number.NEGATIVE_INFINITY;
    for (const [i, start] of inside.entries()) {
      if (start < best) continue;
      best = start;
      for (const later of inside.slice(i + 1)) largest = Math.max(largest, sign * (later - start));
    }
  }
  return largest;
}

describe('windowed forgetting and plasticity', () => {
  it('give the values worked out by hand', () => {
    expect(windowedForgetting(curve, 2)).toBeCloseTo(0.55, 12);
    expect(windowedForgetting(curve, 3)).toBeCloseTo(0.55, 12);
    expect(windowedPlasticity(curve, 3)).toBeCloseTo(0.5, 12);
    expect(windowedPlasticity(curve, 2)).toBeCloseTo(0.3, 12);
  });

  it('are means over tasks', () => {
    const record = {
      accuracy: [
        [0.9, Number.NaN],
        [0.4, 0.5],
        [0.6, 0.8],
      ],
      boundaries: [0, 2],
    };
    expect(avgWindowedForgetting(record, 2)).toBeCloseTo((0.5 + 0) / 2, 12);
    expect(avgWindowedPlasticity(record, 2)).toBeCloseTo((0.2 + 0.3) / 2, 12);
  });

  it('find the rise from a low that comes after a high, which the shortcut of the authors’ code skips', () => {
    expect(windowedPlasticity([0.5, 0.1, 0.9], 3)).toBeCloseTo(0.8, 12);
    expect(withShortcut([0.5, 0.1, 0.9], 3, 1)).toBeCloseTo(0.4, 12);
    fc.assert(
      fc.property(curves, fc.integer({ min: 2, max: 10 }), (values, window) => {
        expect(withShortcut(values, window, -1)).toBe(windowedForgetting(values, window));
        expect(withShortcut(values, window, 1)).toBeLessThanOrEqual(windowedPlasticity(values, window));
      }),
    );
  });

  it('never fall as the window grows, are 0 for a curve of one direction, and do not see a constant', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 2, max: 10 }), (values, window) => {
        for (const change of [windowedForgetting, windowedPlasticity]) {
          const found = change(values, window);
          expect(change(values, window + 1)).toBeGreaterThanOrEqual(found);
          expect(
            change(
              values.map((value) => value + 0.5),
              window,
            ),
          ).toBeCloseTo(found, 12);
        }
        const rising = values.toSorted((a, b) => a - b);
        expect(windowedForgetting(rising, window)).toBe(0);
        expect(windowedPlasticity(rising.toReversed(), window)).toBe(0);
        expect(windowedPlasticity(values.toReversed(), window)).toBeCloseTo(
          windowedForgetting(values, window),
          12,
        );
      }),
    );
  });

  it('refuse a window of one, and a gap in the curve', () => {
    expect(() => windowedForgetting(curve, 1)).toThrow(RangeError);
    expect(() => windowedForgetting([0.5, Number.NaN], 2)).toThrow(RangeError);
  });
});
