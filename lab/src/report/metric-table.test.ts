import { describe, expect, it } from 'vitest';
import { metricLines } from './metric-table.ts';

const run = (arm: string, seed: number, metrics: Record<string, number>) => ({ arm, seed, metrics });

describe('the table of metrics', () => {
  it('has a line a metric and arm, with the t-interval over seeds', () => {
    const lines = metricLines({
      size: 'full',
      series: [],
      runs: [run('a', 1, { loss: 1, time: 5 }), run('b', 1, { loss: 7 }), run('a', 2, { loss: 3, time: 5 })],
    });
    expect(lines.map(({ metric, arm, runs, mean }) => [metric, arm, runs, mean])).toEqual([
      ['loss', 'a', 2, 2],
      ['loss', 'b', 1, 7],
      ['time', 'a', 2, 5],
    ]);
    // t with one degree of freedom: tan(0.475 π) = 12.7062, times a standard error of 1.
    expect(lines[0]?.interval?.high).toBeCloseTo(2 + 12.7062, 3);
    expect(lines[1]?.interval).toBeUndefined();
  });

  it('counts what diverged apart and keeps it out of the mean', () => {
    const lines = metricLines({
      size: 'full',
      series: [],
      runs: [run('a', 1, { loss: 1 }), run('a', 2, { loss: Number.NaN }), run('a', 3, { loss: Infinity })],
    });
    expect(lines).toEqual([{ metric: 'loss', arm: 'a', runs: 3, diverged: 2, mean: 1 }]);
  });

  it('has no mean where all diverged', () => {
    const [line] = metricLines({ size: 'full', series: [], runs: [run('a', 1, { loss: Number.NaN })] });
    expect(line).toEqual({ metric: 'loss', arm: 'a', runs: 1, diverged: 1, mean: Number.NaN });
  });
});
