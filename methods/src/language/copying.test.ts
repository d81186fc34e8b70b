import { describe, expect, it } from 'vitest';
import { lossPerCopy, prefixMatchingScore, repeatSegment } from './copying.ts';

const segment = [5, 9, 2, 7];
const tokens = repeatSegment(segment, 4);

/** Attention of T × T from a rule. */
const attention = (length: number, weight: (at: number, to: number) => number): Float64Array =>
  Float64Array.from({ length: length * length }, (_, i) => weight(Math.floor(i / length), i % length));

describe('the prefix-matching score', () => {
  it('is 1 for attention that goes to the token after the last occurrence', () => {
    const induction = attention(16, (at, to) => (to === (at < 4 ? at : at - 3) ? 1 : 0));
    expect(prefixMatchingScore(induction, tokens)).toBe(1);
  });

  it('is 0 for attention to the last occurrence itself', () => {
    expect(
      prefixMatchingScore(
        attention(16, (at, to) => (to === Math.max(0, at - 4) ? 1 : 0)),
        tokens,
      ),
    ).toBe(0);
  });

  it('is the share of matching places under uniform causal attention, close to one in a segment', () => {
    const uniform = attention(16, (at, to) => (to <= at ? 1 / (at + 1) : 0));
    const expected = Array.from({ length: 12 }, (_, i) => Math.floor((i + 4) / 4) / (i + 5));
    expect(prefixMatchingScore(uniform, tokens)).toBeCloseTo(expected.reduce((a, b) => a + b) / 12, 14);
  });

  it('says NaN where nothing recurs, and refuses attention of another length', () => {
    expect(
      prefixMatchingScore(
        attention(4, () => 0.25),
        segment,
      ),
    ).toBeNaN();
    expect(() => prefixMatchingScore([1, 0, 1], tokens)).toThrow(RangeError);
  });
});

describe('the copy test', () => {
  it('repeats a segment in its order', () => {
    expect([...repeatSegment([1, 2], 3)]).toEqual([1, 2, 1, 2, 1, 2]);
  });

  it('has a mean for every copy, the first without its first token', () => {
    // Tokens 1 … 11 of three copies of four.
    expect(lossPerCopy([3, 3, 3, 1, 2, 3, 2, 0, 0, 4, 0], 4)).toEqual([3, 2, 1]);
  });

  it('refuses losses that are not of whole copies', () => {
    expect(() => lossPerCopy([1, 2, 3, 4], 4)).toThrow(RangeError);
    expect(() => lossPerCopy([1, 2, 3], 1)).toThrow(RangeError);
  });
});
