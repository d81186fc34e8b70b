import { describe, expect, it } from 'vitest';
import { dcoWeight } from './dco.ts';
import { liveAnswers } from './live-answers.ts';

describe('a batch of answers that still teach', () => {
  const logPs = [0.9, 1e-4, 0.5, 0.01, 1, 1e-9].map(Math.log);

  it('passes over those whose weight is below the threshold and takes the next in their place', () => {
    expect(logPs.map((logP) => dcoWeight(logP, 64) >= 0.1)).toEqual([false, true, false, true, false, true]);
    expect(liveAnswers(logPs, { N: 64, count: 2 })).toEqual([1, 3]);
    expect(liveAnswers(logPs, { N: 64, count: 9 })).toEqual([1, 3, 5]);
    expect(liveAnswers(logPs, { N: 64, threshold: 0.9, count: 9 })).toEqual([1, 5]);
  });

  it('takes all answers for one draw, where the loss is cross-entropy', () => {
    expect(liveAnswers(logPs, { N: 1, count: 9 })).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('refuses a threshold that no weight can have', () => {
    expect(() => liveAnswers(logPs, { N: 4, threshold: 1.5, count: 1 })).toThrow(RangeError);
    expect(() => liveAnswers([1], { N: 4, count: 1 })).toThrow(RangeError);
  });
});
