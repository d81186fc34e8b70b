import { describe, expect, it } from 'vitest';
import type { Results, RunResult } from '../../experiment/results.ts';
import { claim, maskArm, publishedArms, retrainedArm } from './claim.ts';
import { rankAgreement } from './rank-agreement.ts';

/** Runs of one arm: a value a metric, wavering a little with the seed. */
function runsOf(arm: string, metrics: Readonly<Record<string, number>>, seeds = 6): RunResult[] {
  return Array.from({ length: seeds }, (_, i) => ({
    arm,
    seed: i + 1,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, value]) => [name, value + 0.001 * ((i % 3) - 1)]),
    ),
  }));
}

const results = (...runs: RunResult[][]): Results => ({ size: 'full', runs: runs.flat(), series: [] });

const retrained = runsOf(retrainedArm, { FA: 0, 'kNN forgotten': 0.75, AGL: 1, AGR: 1 });
const mask = runsOf(maskArm, { FA: 0.002, 'CKA to original': 1, 'kNN forgotten': 0.95, AGL: 0.99, AGR: 0.3 });
/** Published methods of which the first `fooling` look right by answers and are wrong by features. */
const published = (fooling: number): RunResult[] =>
  publishedArms.flatMap((arm, i) =>
    runsOf(arm, {
      FA: i < fooling ? 0 : 0.5,
      'kNN forgotten': i % 2 === 0 ? 0.9 : 0.6,
      AGL: 0.9 - 0.1 * i,
      AGR: i < fooling ? 0.2 - 0.02 * i : 0.6 - 0.02 * i,
    }),
  );

describe('the rule about forgetting', () => {
  it('confirms when the masked head fools answers and two published methods do', () => {
    expect(claim.decide(results(retrained, mask, published(2))).verdict).toBe('confirmed');
  });

  it('leaves it undecided when only one does, or the masked head does not', () => {
    expect(claim.decide(results(retrained, mask, published(1))).verdict).toBe('undecided');
    const honest = runsOf(maskArm, {
      FA: 0,
      'CKA to original': 1,
      'kNN forgotten': 0.8,
      AGL: 0.99,
      AGR: 0.3,
    });
    expect(claim.decide(results(retrained, honest, published(3))).verdict).toBe('undecided');
  });

  it('refutes when answers and features put the methods in the same order', () => {
    const orderly = [maskArm, ...publishedArms].map((arm, i) =>
      runsOf(arm, {
        FA: 0,
        'CKA to original': 0.9,
        'kNN forgotten': 0.8,
        AGL: 0.9 - 0.1 * i,
        AGR: 0.8 - 0.1 * i,
      }),
    );
    expect(claim.decide(results(retrained, ...orderly)).verdict).toBe('refuted');
  });

  it('says what is missing, and passes over a method that diverged', () => {
    expect(claim.decide(results()).verdict).toBe('undecided');
    const diverged = published(3).map((run) =>
      run.arm === publishedArms[5]
        ? { ...run, metrics: { ...run.metrics, FA: Number.NaN, AGR: Number.NaN } }
        : run,
    );
    const decision = claim.decide(results(retrained, mask, diverged));
    expect(decision.verdict).toBe('confirmed');
    expect(decision.findings.some(({ name }) => name.includes(publishedArms[5]))).toBe(false);
    expect(decision.findings.some(({ name }) => name.includes('Kendall'))).toBe(true);
  });
});

describe('the agreement of two orders', () => {
  it('is 1 for the same order and −1 for the opposite, whichever seeds are drawn', () => {
    const same = ['a', 'b', 'c'].map((arm, i) => runsOf(arm, { AGL: i, AGR: 2 * i }));
    expect(rankAgreement(results(...same), ['a', 'b', 'c'])).toEqual({ tau: 1, low: 1, high: 1 });
    const opposite = ['a', 'b', 'c'].map((arm, i) => runsOf(arm, { AGL: i, AGR: -i }));
    expect(rankAgreement(results(...opposite), ['a', 'b', 'c'])).toEqual({ tau: -1, low: -1, high: -1 });
  });

  it('is the less sure the more an order hangs on the seed', () => {
    const runs = ['a', 'b', 'c', 'd'].flatMap((arm, i) =>
      Array.from({ length: 7 }, (_, seed) => ({
        arm,
        seed,
        metrics: { AGL: i, AGR: seed % 2 === 0 ? i : -i },
      })),
    );
    const found = rankAgreement({ size: 'full', runs, series: [] }, ['a', 'b', 'c', 'd']);
    expect(found?.low).toBe(-1);
    expect(found?.high).toBe(1);
  });

  it('is unknown without all seeds of all methods', () => {
    const runs = [...runsOf('a', { AGL: 1, AGR: 1 }), ...runsOf('b', { AGL: 2, AGR: 2 }, 5)];
    expect(rankAgreement({ size: 'full', runs, series: [] }, ['a', 'b'])).toBeUndefined();
    expect(rankAgreement(results(), [])).toBeUndefined();
  });
});
