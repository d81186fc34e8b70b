import { describe, expect, it } from 'vitest';
import { readableInterval, readableNumber, readableSeconds } from './readable.ts';

describe('a number for people', () => {
  it.each([
    [0, '0'],
    [-0.5, '−0.5'],
    [0.123456, '0.1235'],
    [1234.5, '1235'],
    [42, '42'],
    [123456, '123456'],
    [0.00001234, '1.234e−5'],
    [1.5e9, '1.500e+9'],
    [Number.NaN, 'no number'],
    [-Infinity, '−∞'],
  ])('%d is %s', (value, text) => expect(readableNumber(value)).toBe(text));

  it('stands in an interval with another', () => expect(readableInterval(-1, 2)).toBe('[−1, 2]'));
});

describe('a time for people', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [7500, '2 h 05 min'],
    [-3, '0 s'],
  ])('%d seconds are %s', (seconds, text) => expect(readableSeconds(seconds)).toBe(text));
});
