import { describe, expect, it } from 'vitest';
import type { Results } from '../../experiment/results.ts';
import { armName, claim, longer, type Trunk, trunks } from './claim.ts';
import { multiplications } from './network.ts';
import { firstBelow, ratiosToLoss } from './time-to-loss.ts';
import { trainings } from './trainings.ts';

interface Race {
  /** Iterations of eight masks over those of one. */
  readonly iterations: number;
  readonly stepTime: number;
  /** Test errors of one and of eight masks. */
  readonly errors: readonly [number, number];
}

const asThePaperSays: Race = { iterations: 0.7, stepTime: 1.1, errors: [0.2, 0.18] };

/** Six seeds whose losses fall as 1/(iterations), sooner under eight masks. */
function results(changed: Partial<Record<Trunk, Partial<Race>>> = {}): Results {
  const runs: Results['runs'][number][] = [];
  const series: Results['series'][number][] = [];
  for (const trunk of trunks)
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const race = { ...asThePaperSays, ...changed[trunk] };
      for (const samples of [1, 8]) {
        const speed = samples === 1 ? 1 : 1 / (race.iterations + seed * 1e-3);
        const x = Array.from({ length: 25 }, (_, i) => 20 * i);
        series.push({
          arm: armName(trunk, samples),
          seed,
          name: 'training loss',
          x,
          y: x.map((at) => 100 / (100 + at * speed)),
        });
        runs.push({
          arm: armName(trunk, samples),
          seed,
          metrics: {
            'test error': race.errors[samples === 1 ? 0 : 1] + seed * (samples === 1 ? 1e-4 : 2e-4),
            'milliseconds a step': samples === 1 ? 5 : 5 * race.stepTime,
          },
        });
      }
    }
  return { size: 'full', runs, series };
}

describe('the rule of paper 37', () => {
  it('confirms what the paper reports', () => expect(claim.decide(results()).verdict).toBe('confirmed'));

  it('is undecided where convolutions win by iterations and lose by the clock', () =>
    expect(claim.decide(results({ convolutions: { stepTime: 2 } })).verdict).toBe('undecided'));

  it('asks the perceptron for no seconds, only for iterations and errors', () => {
    expect(claim.decide(results({ mlp: { stepTime: 3 } })).verdict).toBe('confirmed');
    expect(claim.decide(results({ mlp: { errors: [0.18, 0.2] } })).verdict).toBe('undecided');
  });

  it('refutes where neither network is faster', () => {
    const slower = { iterations: 1.2 };
    expect(claim.decide(results({ mlp: slower, convolutions: slower })).verdict).toBe('refuted');
    expect(claim.decide(results({ mlp: slower })).verdict).toBe('undecided');
  });

  it('takes a loss that is never reached, and an arm that diverged, for no gain', () => {
    const never = { iterations: 100 };
    expect(claim.decide(results({ mlp: never, convolutions: never })).verdict).toBe('refuted');
    const diverged = { errors: [0.2, Number.NaN] as const };
    expect(claim.decide(results({ mlp: diverged })).verdict).toBe('undecided');
  });

  it('is undecided when nothing ran', () =>
    expect(claim.decide({ size: 'full', runs: [], series: [] })).toMatchObject({
      verdict: 'undecided',
      sentence: 'Too few runs to decide.',
    }));
});

describe('the way to a training loss', () => {
  it('is read between the points of a curve, and endless where it is never there', () => {
    const curve = { x: [0, 20, 40], y: [1, 0.6, 0.2] };
    expect(firstBelow(curve, 0.4)).toBeCloseTo(30, 12);
    expect(firstBelow(curve, 1)).toBe(0);
    expect(firstBelow(curve, 0.1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('in seconds is that in iterations times what a step costs more', () => {
    const [arm, baseline] = [armName('mlp', 8), armName('mlp', 1)];
    for (const { iterations, stepTime, seconds } of ratiosToLoss(results(), arm, baseline)) {
      expect(iterations).toBeGreaterThan(0.65);
      expect(iterations).toBeLessThan(0.75);
      expect(stepTime).toBeCloseTo(1.1, 12);
      expect(seconds).toBeCloseTo(iterations * 1.1, 12);
    }
  });

  it('pairs the seeds that both arms have', () => {
    const { series, ...rest } = results();
    const without = series.filter(({ arm, seed }) => arm !== armName('mlp', 8) || seed !== 3);
    expect(ratiosToLoss({ ...rest, series: without }, armName('mlp', 8), armName('mlp', 1))).toHaveLength(5);
  });
});

describe('the arms of paper 37', () => {
  const size = { steps: 480, batch: 100, lookEvery: 20, trainingPictures: 4000, testPictures: 3000 };
  const arms = trainings(size, [1, 2, 8, 32]);

  it('train one mask for as many multiplications as eight, to the next look', () => {
    for (const trunk of trunks) {
      const { trunk: before, head: behind } = multiplications(trunk);
      const { steps = 0 } = arms[armName(trunk, 1, longer)] ?? {};
      const exact = (480 * (before + 8 * behind)) / (before + behind);
      expect(steps).toBeGreaterThanOrEqual(exact);
      expect(steps).toBeLessThan(exact + 20);
    }
  });

  it('have a network without any dropout among them', () =>
    expect(Object.values(arms).filter(({ rate }) => rate === 0)).toHaveLength(2));
});
