// Numbers of one list beside those of another, each to so many digits.
import { expect } from 'vitest';

export const expectClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 9): void => {
  expect(actual).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i] ?? Number.NaN, digits);
};
