import { describe, expect, it } from 'vitest';
import { createEstimator } from './estimate.ts';

const units = [1, 2, 3, 4].map((seed) => ({ arm: 'a', seed }));
const [one = { arm: '', seed: 0 }, two = { arm: '', seed: 0 }] = units;

describe('the estimate of a run', () => {
  it('begins with what the plan believes', () =>
    expect(createEstimator(units, 2, 10).at(0)).toEqual({ share: 0, secondsLeft: 20 }));

  it('learns from what finished', () => {
    const estimator = createEstimator(units, 2, 10);
    estimator.started(one, 0);
    estimator.finished(one, 4);
    expect(estimator.at(4)).toEqual({ share: 0.25, secondsLeft: 6 });
  });

  it('believes a running unit that tells its progress', () => {
    const estimator = createEstimator(units.slice(0, 1), 1, 1000);
    estimator.started(one, 0);
    estimator.progressed(one, 0.5);
    expect(estimator.at(3)).toEqual({ share: 0.5, secondsLeft: 3 });
  });

  it('is never shorter than the longest running unit', () => {
    const estimator = createEstimator([one, two], 2, 1);
    estimator.started(one, 0);
    estimator.started(two, 0);
    estimator.progressed(one, 0.1);
    estimator.progressed(two, 0.9);
    expect(estimator.at(9).secondsLeft).toBeCloseTo(81);
  });

  it('is over when all have ended, failed ones too', () => {
    const estimator = createEstimator([one, two], 2, 1);
    estimator.started(one, 0);
    estimator.finished(one, 1);
    estimator.started(two, 0);
    estimator.failed(two);
    expect(estimator.at(5)).toEqual({ share: 1, secondsLeft: 0 });
  });

  it('takes no backward or impossible progress', () => {
    const estimator = createEstimator([one], 1, 1);
    estimator.started(one, 0);
    for (const share of [0.5, 0.25, Number.NaN, -3]) estimator.progressed(one, share);
    expect(estimator.at(1).share).toBe(0.5);
  });
});
