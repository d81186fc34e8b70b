import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosine } from '../schedules/schedule.ts';
import { annealingArea, forwardArea } from './annealing-area.ts';
import { expectClose } from './testing/expect-close.ts';

const rates = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
const lambdas = fc.double({ min: 0, max: 0.99, noNaN: true });

describe('the two areas', () => {
  it('are those worked out by hand for a short schedule', () => {
    const schedule = [1, 1, 0.5, 0.25, 0.25, 0.1];
    expectClose(forwardArea(schedule), [1, 2, 2.5, 2.75, 3, 3.1]);
    expectClose(annealingArea(schedule, { lambda: 0.9 }), [0, 0, 0.5, 1.2, 1.83, 2.547]);
  });

  it('of a constant rate hold no annealing', () =>
    expect([...annealingArea(new Float64Array(50).fill(0.3))]).toEqual(new Array(50).fill(0)));

  it('agree with the double sum Σ_k (η_{k−1} − η_k)(1 − λ^{s−k+1})/(1 − λ)', () => {
    fc.assert(
      fc.property(rates, lambdas, (schedule, lambda) => {
        const expected = schedule.map((_, s) => {
          let sum = 0;
          for (let k = 1; k <= s; k++)
            sum +=
              (((schedule[k - 1] ?? 0) - (schedule[k] ?? 0)) * (1 - lambda ** (s - k + 1))) / (1 - lambda);
          return sum;
        });
        expectClose(annealingArea(schedule, { lambda }), expected);
      }),
    );
  });

  it('are linear in the schedule', () => {
    fc.assert(
      fc.property(rates, lambdas, fc.double({ min: 0, max: 9, noNaN: true }), (schedule, lambda, factor) => {
        const scaled = schedule.map((rate) => factor * rate);
        const other = schedule.map((_, i) => Math.sin(i) ** 2);
        const sum = scaled.map((rate, i) => rate + (other[i] ?? 0));
        for (const area of [forwardArea, (each: number[]) => annealingArea(each, { lambda })]) {
          const otherArea = area(other);
          const expected = area(schedule).map((value, i) => factor * value + (otherArea[i] ?? 0));
          expectClose(area(sum), expected);
        }
      }),
    );
  });

  it('at twice the resolution with half the rates hold the same S1, and S2 in the limit', () => {
    const sampled = (steps: number) =>
      Float64Array.from({ length: steps }, (_, i) => cosine({ peak: 1 / steps, steps })(i));
    const [coarse, fine] = [sampled(4000), sampled(8000)];
    expect(forwardArea(fine).at(-1)).toBeCloseTo(forwardArea(coarse).at(-1) ?? 0, 3);
    // The memory of 1/(1 − λ) steps lasts as long when the step is half as long: λ becomes √λ.
    const s2 = annealingArea(coarse, { lambda: 0.998 }).at(-1) ?? 0;
    const refined = annealingArea(fine, { lambda: Math.sqrt(0.998) }).at(-1) ?? 0;
    expect(refined / s2).toBeCloseTo(1, 2);
  });

  it('leave the rise of a warm-up out, and count a later rise against annealing', () => {
    const schedule = [0, 1, 2, 2, 1, 2];
    expectClose(annealingArea(schedule, { lambda: 0.5, warmup: 2 }), [0, 0, 0, 0, 1, 0.5]);
    expect(annealingArea(schedule, { lambda: 0.5 })[2]).toBeLessThan(0);
  });

  it('refuse a λ that does not fade', () =>
    expect(() => annealingArea([1], { lambda: 1 })).toThrow(RangeError));
});
