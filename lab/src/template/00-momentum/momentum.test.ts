import { describe, expect, it } from 'vitest';
import { claim, finalLoss } from './claim.ts';
import { experiment } from './experiment.ts';
import { page } from './page.ts';

const results = (differences: readonly number[]) => ({
  size: 'full' as const,
  runs: differences.flatMap((difference, i) => [
    { arm: 'gradient descent', seed: i + 1, metrics: { [finalLoss]: 0 } },
    { arm: 'momentum', seed: i + 1, metrics: { [finalLoss]: difference } },
  ]),
  series: [],
});

describe('the rule about momentum', () => {
  it('follows the interval, and says so when there is too little', () => {
    expect(claim.decide(results([-1, -1.1, -0.9])).verdict).toBe('confirmed');
    expect(claim.decide(results([1, 1.1, 0.9])).verdict).toBe('refuted');
    expect(claim.decide(results([-1, 1, 0])).verdict).toBe('undecided');
    expect(claim.decide(results([-1])).verdict).toBe('undecided');
    expect(claim.decide(results([-1, Number.NaN])).verdict).toBe('undecided');
  });
});

describe('the page about momentum', () => {
  it('draws for every place of its handles', () => {
    for (const decay of [0, 0.95])
      for (const condition of [1, 1000])
        for (const mark of page.draw({ decay, condition }, undefined, {})[0]?.marks ?? [])
          if (mark.kind === 'line') expect(mark.y.every(Number.isFinite)).toBe(true);
  });
});

describe('the experiment about momentum', () => {
  it('has both arms at every size', () => {
    for (const { arms } of Object.values(experiment.plans))
      expect(arms).toEqual(['gradient descent', 'momentum']);
  });
});
