import { describe, expect, it } from 'vitest';
import { gapByChance, stabilityGap } from './stability-gap.ts';

const unseen = Number.NaN;

describe('the stability gap', () => {
  it('is how far a task falls below the ends between which it falls', () => {
    const record = { accuracy: [[0.9], [0.3, 0.5], [0.8, 0.9]], boundaries: [0, 2] };
    expect(stabilityGap(record)).toBeCloseTo(0.5, 12);
  });

  it('is none for a learner that goes on improving, or that forgets and stays so', () => {
    const improving = {
      accuracy: [
        [0.5, unseen],
        [0.6, 0.5],
        [0.9, 0.9],
      ],
      boundaries: [0, 2],
    };
    expect(stabilityGap(improving)).toBe(0);
    const forgetting = {
      accuracy: [
        [0.9, unseen],
        [0.4, 0.5],
        [0.1, 0.9],
      ],
      boundaries: [0, 2],
    };
    expect(stabilityGap(forgetting)).toBe(0);
  });

  it('is the mean over all tasks but the last', () => {
    const record = {
      accuracy: [
        [1, unseen, unseen],
        [0.2, 0.5, unseen],
        [0.8, 1, unseen],
        [0.8, 0.6, 0.5],
        [0.8, 0.9, 1],
      ],
      boundaries: [0, 2, 4],
    };
    expect(stabilityGap(record)).toBeCloseTo((0.6 + 0.3) / 2, 12);
  });

  it('shown by chance shrinks with the test set, and is none where nothing can vary', () => {
    const flat = {
      accuracy: Array.from({ length: 60 }, (_, step) => [0.8, step < 20 ? unseen : 0.8]),
      boundaries: [19, 59],
    };
    expect(gapByChance(flat, 100)).toBeGreaterThan(0.05);
    expect(gapByChance(flat, 10_000)).toBeLessThan(0.015);
    const certain = {
      accuracy: flat.accuracy.map((row) => row.map((value) => (value > 0 ? 1 : value))),
      boundaries: [19, 59],
    };
    expect(gapByChance(certain, 100)).toBeCloseTo(0, 12);
  });
});
