import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  avgAccuracy,
  avgForgetting,
  type ContinualRecord,
  evaluatedEvery,
  learningCurveArea,
  minAccuracy,
  taskCurve,
  worstCaseAccuracy,
} from './continual-metrics.ts';

const unseen = Number.NaN;

/** Two tasks of three evaluations each. */
const golden: ContinualRecord = {
  accuracy: [
    [0.9, unseen],
    [0.8, unseen],
    [0.95, unseen],
    [0.4, 0.5],
    [0.7, 0.8],
    [0.9, 0.85],
  ],
  boundaries: [2, 5],
};

const share = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
/** Up to four tasks of twelve evaluations each. */
const records = fc.integer({ min: 2, max: 4 }).chain((tasks) =>
  fc
    .array(fc.array(share, { minLength: tasks, maxLength: tasks }), {
      minLength: 12 * tasks,
      maxLength: 12 * tasks,
    })
    .map(
      (rows): ContinualRecord => ({
        accuracy: rows.map((row, step) => row.map((value, task) => (step >= 12 * task ? value : unseen))),
        boundaries: Array.from({ length: tasks }, (_, task) => 12 * task + 11),
      }),
    ),
);

describe('the metrics of continual evaluation', () => {
  it('give the values worked out by hand', () => {
    expect(minAccuracy(golden)).toBeCloseTo(0.4, 12);
    expect(worstCaseAccuracy(golden)).toBeCloseTo(0.625, 12);
    expect(avgAccuracy(golden)).toBeCloseTo(0.875, 12);
    expect(avgForgetting(golden)).toBeCloseTo(0.05, 12);
    expect(learningCurveArea(golden, 2)).toBeCloseTo((0.85 + 0.65) / 2, 12);
    expect(learningCurveArea(golden)).toBeCloseTo((2.65 / 3 + 2.15 / 3) / 2, 12);
  });

  it('count every old task over all that came after it', () => {
    const record: ContinualRecord = {
      accuracy: [
        [0.9, unseen, unseen],
        [0.2, 0.8, unseen],
        [0.6, 0.7, 0.5],
        [0.5, 0.6, 1],
      ],
      boundaries: [0, 1, 3],
    };
    expect(minAccuracy(record)).toBeCloseTo((0.2 + 0.6) / 2, 12);
    expect(avgForgetting(record)).toBeCloseTo((0.4 + 0.2) / 2, 12);
    expect(worstCaseAccuracy(record)).toBeCloseTo(1 / 3 + (2 / 3) * 0.4, 12);
  });

  it('look for the lowest after the end of the task, not at it: what only rose since never fell', () => {
    const record: ContinualRecord = {
      accuracy: [
        [0.4, unseen],
        [0.6, 0.5],
        [0.7, 0.9],
      ],
      boundaries: [0, 2],
    };
    expect(minAccuracy(record)).toBe(0.6);
    expect(worstCaseAccuracy(record)).toBeCloseTo((0.9 + 0.6) / 2, 12);
  });

  it('know no old task where there is only one', () => {
    const record = { accuracy: [[0.1], [0.7]], boundaries: [1] };
    expect(minAccuracy(record)).toBeNaN();
    expect(avgForgetting(record)).toBeNaN();
    expect(worstCaseAccuracy(record)).toBe(0.7);
  });

  it('never put the minimum above what the ends of tasks show, nor the worst case above the accuracy', () => {
    fc.assert(
      fc.property(records, (record) => {
        const least = minAccuracy(record);
        const last = record.accuracy.at(-1) ?? [];
        const old = Array.from(last).slice(0, -1);
        expect(least).toBeLessThanOrEqual(old.reduce((sum, value) => sum + value, 0) / old.length + 1e-12);
        expect(least).toBeLessThanOrEqual(
          minAccuracy(evaluatedEvery(record, Number.POSITIVE_INFINITY)) + 1e-12,
        );
        expect(worstCaseAccuracy(record)).toBeLessThanOrEqual(avgAccuracy(record) + 1e-12);
      }),
    );
  });

  it('never fall as the evaluation gets coarser along nested periods, and agree at the ends of tasks', () => {
    fc.assert(
      fc.property(records, (record) => {
        let before = minAccuracy(record);
        for (const period of [1, 2, 4, 12, Number.POSITIVE_INFINITY]) {
          const coarse = evaluatedEvery(record, period);
          expect(minAccuracy(coarse)).toBeGreaterThanOrEqual(before - 1e-12);
          expect(avgAccuracy(coarse)).toBeCloseTo(avgAccuracy(record), 12);
          expect(avgForgetting(coarse)).toBeCloseTo(avgForgetting(record), 12);
          before = minAccuracy(coarse);
        }
        expect(evaluatedEvery(record, 1)).toEqual(record);
        expect(evaluatedEvery(record, 12).accuracy).toHaveLength(record.boundaries.length);
      }),
    );
  });

  it('leave out of a curve what came before the task', () => {
    expect(taskCurve(golden, 1)).toEqual([0.5, 0.8, 0.85]);
  });

  it('refuse ends of tasks that do not fit, and a task that was not evaluated', () => {
    expect(() => minAccuracy({ accuracy: [[1], [1]], boundaries: [0] })).toThrow(RangeError);
    expect(() => minAccuracy({ accuracy: [[1], [1]], boundaries: [1, 1] })).toThrow(RangeError);
    expect(() => avgAccuracy({ accuracy: [], boundaries: [] })).toThrow(RangeError);
    expect(() => minAccuracy({ accuracy: [[1], [unseen, 1]], boundaries: [0, 1] })).toThrow(/Task 0/);
    expect(() => learningCurveArea(golden, 0)).toThrow(RangeError);
    expect(() => evaluatedEvery(golden, 1.5)).toThrow(RangeError);
    expect(() => evaluatedEvery(golden, 0)).toThrow(RangeError);
  });
});
