import type { Schedule } from '@offprint/methods';
import { describe, expect, it } from 'vitest';
import {
  type Budgets,
  cosineOracle,
  decaySteps,
  restartedCosine,
  stable,
  wsd,
  wsdSimplified,
} from './tried-schedules.ts';

const budgets: Budgets = { steps: [200, 400], warmup: 20, decayFraction: 0.1, minRatio: 0.1 };
const rates = (schedule: Schedule, from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => schedule(from + i));

describe('the four ways to two budgets', () => {
  it('decay over a tenth of each budget', () => expect(decaySteps(budgets)).toEqual([20, 40]));

  it('WSD leaves the main branch for its decay alone', () => {
    for (const [total, decay] of [
      [200, 20],
      [400, 40],
    ] as const) {
      const fork = total - decay;
      expect(rates(wsd(1, budgets, total, decay), 0, fork)).toEqual(rates(stable(1, budgets), 0, fork));
      expect(wsd(1, budgets, total, decay)(total - 1)).toBeLessThan(0.15);
    }
  });

  it('WSD-S is WSD to the first budget, then high again at once, with the decay of WSD at the second', () => {
    expect(rates(wsdSimplified(1, budgets), 0, 200)).toEqual(rates(wsd(1, budgets, 200, 20), 0, 200));
    expect(rates(wsdSimplified(1, budgets), 200, 360)).toEqual(rates(() => 1, 200, 360));
    expect(rates(wsdSimplified(1, budgets), 360, 400)).toEqual(rates(wsd(1, budgets, 400, 40), 360, 400));
  });

  it('the restarted cosine is the cosine of the first budget until there', () => {
    expect(rates(restartedCosine(1, budgets), 0, 200)).toEqual(rates(cosineOracle(1, budgets, 200), 0, 200));
    expect(restartedCosine(1, budgets)(200)).toBe(1);
  });

  it('all end at a tenth of the peak and warm up alike', () => {
    const all = [wsd(1, budgets, 400, 40), wsdSimplified(1, budgets), restartedCosine(1, budgets)];
    for (const schedule of [...all, cosineOracle(1, budgets, 400)]) {
      expect(rates(schedule, 0, 20)).toEqual(rates(stable(1, budgets), 0, 20));
      expect(schedule(399)).toBeLessThan(0.13);
    }
  });
});
