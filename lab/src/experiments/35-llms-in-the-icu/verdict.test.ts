import { describe, expect, it } from 'vitest';
import type { Results, RunResult } from '../../experiment/results.ts';
import { claim, largest, smallest } from './claim.ts';
import type { Note } from './cohort.ts';
import { experiment } from './experiment.ts';
import { disagreement, judge, powerToTellApart, recallByAlarms, recallsWithAlarms } from './judge.ts';
import { page } from './page.ts';

/** Eight patients, the last two with the event. */
const patients: Note[] = Array.from({ length: 8 }, (_, i) => ({ words: [], label: i >= 6 ? 1 : 0 }));
const chances = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.6, 0.05, 0.45, 0.9);

describe('what is measured', () => {
  it('of a forecast is what can be counted by hand', () => {
    const found = judge({ test: chances, smallTest: chances }, patients, patients);
    expect(found).toMatchObject({
      weightedRecall: 6 / 8,
      identityGap: 0,
      balancedAccuracy: (5 / 6 + 1 / 2) / 2,
      eventRecall: 0.5,
      eventPrecision: 0.5,
      alarms: 2 / 8,
      smallWeightedRecall: 6 / 8,
    });
    expect(found.auroc).toBeCloseTo(11 / 12, 12);
  });

  it('of a model that diverged is NaN, and no crash', () => {
    const broken = Float64Array.from(chances, (p, i) => (i === 3 ? Number.NaN : p));
    const found = judge({ test: broken, smallTest: chances }, patients, patients);
    expect(Object.values(found).every(Number.isNaN)).toBe(true);
    expect(Object.keys(found)).toEqual(
      Object.keys(judge({ test: chances, smallTest: chances }, patients, patients)),
    );
  });

  it('with so many alarms is the share of events among those at highest risk', () => {
    expect(recallsWithAlarms(chances, patients, [0, 1, 2, 3, 8])).toEqual([0, 0.5, 0.5, 1, 1]);
    // All at one risk: a share of the alarms is that share of the events, in whatever order the patients stand.
    expect(recallsWithAlarms(new Float64Array(8), patients, [0, 2, 8])).toEqual([0, 0.25, 1]);
    const many = Array.from({ length: 100 }, (_, i): Note => ({ words: [], label: i < 20 ? 1 : 0 }));
    const curve = recallByAlarms(Float64Array.from(many.keys()), many);
    expect(curve).toHaveLength(51);
    expect(curve[0]).toEqual({ alarms: 0, recall: 0 });
    expect(curve[40]).toEqual({ alarms: 0.8, recall: 0 });
    expect(curve[50]).toEqual({ alarms: 1, recall: 1 });
  });

  it('of two models is on whom they disagree, and how often a test would tell them apart', () => {
    const never = new Float64Array(8);
    expect(disagreement(chances, never, patients)).toEqual({ onlyFirstRight: 1 / 8, onlySecondRight: 1 / 8 });
    const shares = { onlyFirstRight: 0.2, onlySecondRight: 0.1 };
    const power = [44, 442, 2000].map((size) => powerToTellApart(shares, size, 200, 1));
    expect(power[0]).toBeLessThan(0.4);
    expect(power[1]).toBeGreaterThan(0.9);
    expect(power[2]).toBe(1);
    expect(powerToTellApart({ onlyFirstRight: 0.1, onlySecondRight: 0.1 }, 442, 400, 1)).toBeLessThan(0.08);
  });
});

/** Results in which the largest model is ahead by so much, a little more or less from seed to seed. */
function results(auroc: number, recall: number, seeds = 6): Results {
  const jitter = (seed: number) => 0.004 * ((seed % 3) - 1);
  const runs = Array.from({ length: seeds }, (_, i): RunResult[] => [
    { arm: smallest, seed: i + 1, metrics: { auroc: 0.65, weightedRecall: 0.8, identityGap: 0 } },
    {
      arm: largest,
      seed: i + 1,
      metrics: { auroc: 0.65 + auroc + jitter(i), weightedRecall: 0.8 + recall + jitter(i), identityGap: 0 },
    },
  ]).flat();
  return { size: 'full', runs, series: [] };
}

describe('the rule', () => {
  const verdict = (of: Results) => claim.decide(of).verdict;

  it('confirms where both ends of the ladder answer equally well', () => {
    expect(verdict(results(0.01, 0.01))).toBe('confirmed');
    expect(verdict(results(-0.1, -0.02))).toBe('confirmed');
  });

  it('refutes where the largest ranks better by more than two points, equal answers or not', () => {
    expect(verdict(results(0.06, 0))).toBe('refuted');
    expect(verdict(results(0.06, 0.2))).toBe('refuted');
  });

  it('leaves open what is neither, and what is missing or diverged', () => {
    expect(verdict(results(0, 0.07))).toBe('undecided');
    expect(verdict(results(0.06, 0, 1))).toBe('undecided');
    expect(verdict({ size: 'short', runs: [], series: [] })).toBe('undecided');
    expect(verdict(results(Number.NaN, Number.NaN))).toBe('undecided');
    expect(verdict(results(0.01, Number.NaN))).toBe('undecided');
  });

  it('tells its exact findings without any run', () => {
    const { findings } = claim.decide({ size: 'smoke', runs: [], series: [] });
    expect(findings.map(({ estimate }) => Number(estimate.toFixed(1)))).toEqual([0, 80.3, 95.6]);
    expect(findings[1]).toMatchObject({ holds: true });
  });
});

describe('the page and the plots', () => {
  it('show what exists and nothing else', () => {
    expect(experiment.plots({ size: 'full', runs: [], series: [] })).toEqual([]);
    expect(experiment.plots(results(0.01, 0)).map(({ title }) => title)).toContain('AUROC on 4,000 patients');
  });

  it('let the majority rule fall from four fifths to one half between the measures', () => {
    const [recall, balanced] = page.draw({}, undefined, {});
    const majority = (plot: typeof recall) =>
      plot?.marks.flatMap((mark) =>
        mark.kind === 'rule' && mark.label === 'never foreseeing an event' ? [mark.at] : [],
      );
    expect(majority(recall)?.[0]).toBeCloseTo(0.795, 2);
    expect(majority(balanced)).toEqual([0.5]);
    expect(recall?.caption).toContain('80.5 %');
  });

  it('draw the same again, and within bounds for every setting of the controls', () => {
    expect(page.draw({}, undefined, {})).toEqual(page.draw({}, undefined, {}));
    for (const patients of [20, 88, 2000]) {
      for (const events of [5, 50]) {
        for (const { marks } of page.draw({ patients, events }, undefined, {})) {
          for (const mark of marks) {
            if (mark.kind !== 'dots') continue;
            expect(mark.y.every((score) => score >= 0 && score <= 1)).toBe(true);
          }
        }
      }
    }
  });
});
