import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranksOfLabels, topKError } from './top-k-error.ts';

describe('the error among the first k', () => {
  const scores = [0.1, 0.9, 0.5, 0.3, 7, 2, 1, 0];

  it('counts the classes that stand before the right one', () =>
    expect([...ranksOfLabels(scores, [2, 3])]).toEqual([1, 3]));

  it('is the share of examples that a list of k leaves out', () =>
    expect(topKError(scores, [2, 3], [1, 2, 3, 4])).toEqual([1, 0.5, 0.5, 0]));

  it('gives a tie half: all scores alike are no success', () =>
    expect([...ranksOfLabels([1, 1, 1, 1, 1], [0])]).toEqual([2]));

  it('is that of a sorted list when no scores are alike', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 20 }), fc.nat(), (each, n) => {
        const label = n % each.length;
        const sorted = each.toSorted((x, y) => y - x);
        expect(ranksOfLabels(each, [label])[0]).toBe(sorted.indexOf(each[label] ?? 0));
      }),
    );
  });

  it('misses whatever is not a number', () => {
    expect(topKError([Number.NaN, 1], [0], [2])).toEqual([1]);
    expect(topKError([1, Number.NaN], [0], [2])).toEqual([1]);
  });

  it('refuses what does not fit', () => {
    expect(() => ranksOfLabels([1, 2, 3], [0, 1])).toThrow(RangeError);
    expect(() => ranksOfLabels([1, 2], [2])).toThrow(RangeError);
    expect(() => topKError([], [], [1])).toThrow(RangeError);
  });
});
