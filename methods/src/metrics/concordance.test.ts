import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auroc } from './auroc.ts';
import { harrellC } from './concordance.ts';

describe("Harrell's C", () => {
  it('counts the pairs whose order is known, by hand: 22½ of 29', () => {
    const found = harrellC(
      [5, 3, 9, 9, 2, 7, 7, 4, 1, 8],
      [1, 0, 1, 0, 1, 1, 1, 0, 1, 0],
      [0.4, 0.9, 0.1, 0.3, 0.8, 0.4, 0.6, 0.2, 0.7, 0.4],
    );
    expect(found).toEqual({ c: 22.5 / 29, comparable: 29 });
  });

  it('knows nothing of who outlived a censored one, and that one censored at the event’s time lived longer', () => {
    expect(harrellC([1, 2, 3], [0, 1, 0], [9, 1, 0])).toEqual({ c: 1, comparable: 1 });
    expect(harrellC([2, 2], [1, 0], [1, 0])).toEqual({ c: 1, comparable: 1 });
    expect(() => harrellC([2, 2], [1, 1], [1, 0])).toThrow(RangeError);
  });

  it('is AUROC when events fall at one time and all others are censored later', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(4)), { minLength: 2, maxLength: 30 }), (drawn) => {
        const events = drawn.map(([event]) => event);
        fc.pre(new Set(events).size === 2);
        const risks = drawn.map(([, risk]) => risk);
        const times = events.map((event) => (event === 1 ? 1 : 2));
        expect(harrellC(times, events, risks).c).toBeCloseTo(auroc(events, risks), 12);
      }),
    );
  });

  it('mirrors when risks are turned', () => {
    const times = [5, 3, 9, 2, 7];
    const events = [1, 1, 0, 1, 1];
    const risks = [0.1, 0.4, 0.3, 0.2, 0.3];
    const turned = harrellC(
      times,
      events,
      risks.map((r) => -r),
    );
    expect(turned.c).toBeCloseTo(1 - harrellC(times, events, risks).c, 12);
  });

  it('refuses what is not survival data', () => {
    expect(() => harrellC([1, 2], [1], [1, 2])).toThrow(RangeError);
    expect(() => harrellC([-1, 2], [1, 0], [1, 2])).toThrow(RangeError);
    expect(() => harrellC([1, 2], [1, 2], [1, 2])).toThrow(RangeError);
    expect(() => harrellC([1, 2], [1, 0], [1, Number.NaN])).toThrow(RangeError);
    expect(() => harrellC([1, 2], [0, 0], [1, 2])).toThrow(RangeError);
  });
});
