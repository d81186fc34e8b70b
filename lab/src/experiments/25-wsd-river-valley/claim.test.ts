import { describe, expect, it } from 'vitest';
import type { Metrics, Results } from '../../experiment/results.ts';
import { claim } from './claim.ts';

/** Six seeds of every arm; each metric moves with its seed by a little, arms of a seed together. */
function results(of: Record<string, Metrics>, seeds = 6): Results {
  const runs = Object.entries(of).flatMap(([arm, metrics]) =>
    Array.from({ length: seeds }, (_, i) => ({
      arm,
      seed: i + 1,
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([name, value]) => [name, value + 0.001 * ((i * 7 + arm.length) % 5)]),
      ),
    })),
  );
  return { size: 'full', runs, series: [] };
}

const losses = (first: number, second: number): Metrics => ({
  'loss at budget 1': first,
  'loss at budget 2': second,
});
const drops = {
  'drop in decay 1': 0.1,
  'drop in stable steps 1': 0.05,
  'drop in decay 2': 0.1,
  'drop in stable steps 2': 0.02,
};
const good = {
  WSD: { ...losses(2.5, 2.3), ...drops },
  'WSD-S': losses(2.5, 2.25),
  'cyclic cosine': losses(2.5, 2.35),
  cosine: losses(2.5, 2.3),
};

describe('the rule of paper 25', () => {
  it('confirms when the decay wins, WSD keeps up with the cosine and WSD-S beats both', () =>
    expect(claim.decide(results(good)).verdict).toBe('confirmed'));

  it('takes a WSD far better than the cosine for as good', () =>
    expect(claim.decide(results({ ...good, cosine: losses(2.8, 2.6) })).verdict).toBe('confirmed'));

  it('leaves it open when WSD-S does not beat WSD', () =>
    expect(claim.decide(results({ ...good, 'WSD-S': losses(2.5, 2.3) })).verdict).toBe('undecided'));

  it('leaves it open when the cosine is better at one budget only', () =>
    expect(claim.decide(results({ ...good, cosine: losses(2.5, 2.2) })).verdict).toBe('undecided'));

  it('refutes when the cosine is better by more than 1 % at both budgets', () =>
    expect(claim.decide(results({ ...good, cosine: losses(2.4, 2.2) })).verdict).toBe('refuted'));

  it('refutes when stable steps win more than the decay', () =>
    expect(
      claim.decide(results({ ...good, WSD: { ...good.WSD, 'drop in stable steps 2': 0.2 } })).verdict,
    ).toBe('refuted'));

  it('says nothing of one seed, of missing arms or of a run that diverged', () => {
    expect(claim.decide(results(good, 1)).verdict).toBe('undecided');
    expect(claim.decide({ size: 'full', runs: [], series: [] }).verdict).toBe('undecided');
    const diverged = claim.decide(results({ ...good, cosine: losses(Number.NaN, Number.NaN) }));
    expect(diverged.verdict).toBe('undecided');
  });
});
