// Reference values of this file: scikit-learn 1.9 (sklearn.metrics), unless said otherwise.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracy, balancedAccuracy } from './accuracy.ts';
import { auprc } from './auprc.ts';
import { auroc } from './auroc.ts';
import { brier } from './brier.ts';
import { calibrationBins, ece } from './calibration.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { f1, perClass, precision, recall } from './precision-recall-f1.ts';

const labels = [0, 1, 2, 2, 1, 0, 2, 1, 0, 2];
const predictions = [0, 2, 2, 1, 1, 0, 2, 1, 1, 0];
const truth = [0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0];
const scores = [0.1, 0.9, 0.4, 0.4, 0.8, 0.3, 0.4, 0.4, 0.95, 0.6, 0.05, 0.2];

/** Items of three classes, each with its answer. */
const answers = fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 60 });
const matrixOf = (pairs: [number, number][]) =>
  confusionMatrix(
    pairs.map(([label]) => label),
    pairs.map(([, prediction]) => prediction),
    3,
  );
/** Labels with both classes, each with a score that often ties. */
const forecasts = fc
  .array(fc.tuple(fc.nat(1), fc.nat(5)), { minLength: 2, maxLength: 40 })
  .filter((pairs) => new Set(pairs.map(([label]) => label)).size === 2)
  .map((pairs) => ({ y: pairs.map(([label]) => label), s: pairs.map(([, score]) => score / 5) }));

describe('precision, recall and F1', () => {
  it('agree with the reference under every averaging', () => {
    const matrix = confusionMatrix(labels, predictions, 3);
    expect(Array.from(matrix.counts)).toEqual([2, 1, 0, 0, 2, 1, 1, 1, 2]);
    for (const score of [precision, recall, f1]) expect(score(matrix, 'micro')).toBeCloseTo(0.6, 12);
    expect(precision(matrix, 'macro')).toBeCloseTo(0.611111111111111, 12);
    expect(recall(matrix, 'macro')).toBeCloseTo(0.611111111111111, 12);
    expect(f1(matrix, 'macro')).toBeCloseTo(0.6031746031746031, 12);
    expect(precision(matrix, 'weighted')).toBeCloseTo(0.6166666666666666, 12);
    expect(recall(matrix, 'weighted')).toBeCloseTo(0.6, 12);
    expect(f1(matrix, 'weighted')).toBeCloseTo(0.6, 12);
    const each = perClass(matrix);
    expect(Array.from(each.support)).toEqual([3, 3, 4]);
    expect(each.precision[1]).toBeCloseTo(0.5, 12);
    expect(each.recall[2]).toBeCloseTo(0.5, 12);
    expect(each.f1[0]).toBeCloseTo(2 / 3, 12);
  });

  it('weighted recall is accuracy, whatever is answered', () => {
    fc.assert(
      fc.property(answers, (pairs) => {
        const matrix = matrixOf(pairs);
        expect(recall(matrix, 'weighted')).toBeCloseTo(accuracy(matrix), 12);
        expect(recall(matrix, 'micro')).toBeCloseTo(accuracy(matrix), 12);
      }),
    );
  });

  it('macro recall is balanced accuracy once every class occurs', () => {
    fc.assert(
      fc.property(answers, (pairs) => {
        const matrix = matrixOf([...pairs, [0, 1], [1, 1], [2, 0]]);
        expect(recall(matrix, 'macro')).toBeCloseTo(balancedAccuracy(matrix), 12);
      }),
    );
  });

  it('the majority rule of 355 against 87 recalls .803 weighted and ½ balanced', () => {
    const majority = confusionMatrix(
      [...new Array(355).fill(0), ...new Array(87).fill(1)],
      new Array(442).fill(0),
      2,
    );
    expect(recall(majority, 'weighted')).toBeCloseTo(355 / 442, 12);
    expect(balancedAccuracy(majority)).toBe(0.5);
    expect(f1(majority, 'macro')).toBeCloseTo(355 / (442 + 355), 12);
    expect(perClass(majority).precision[1]).toBe(0);
  });

  it('leave out of balanced accuracy what does not occur, and count it as 0 in the macro average', () => {
    const matrix = confusionMatrix([0, 0, 1, 1], [0, 0, 1, 0], 3);
    expect(balancedAccuracy(matrix)).toBe(0.75);
    expect(recall(matrix, 'macro')).toBeCloseTo(0.5, 12);
  });

  it('refuse classes that are none', () => {
    expect(() => confusionMatrix([0, 2], [0, 1], 2)).toThrow(RangeError);
    expect(() => confusionMatrix([0, 0.5], [0, 1], 2)).toThrow(RangeError);
    expect(() => confusionMatrix([0], [0, 1], 2)).toThrow(RangeError);
    expect(() => confusionMatrix([], [], 2)).toThrow(RangeError);
    expect(() => confusionMatrix([0], [0], 1)).toThrow(RangeError);
  });
});

describe('areas under curves', () => {
  it('agree with the reference where scores tie', () => {
    expect(auroc(truth, scores)).toBeCloseTo(0.8857142857142857, 12);
    expect(auprc(truth, scores)).toBeCloseTo(0.85, 12);
  });

  it('AUROC is the chance that a positive beats a negative, ties counted half', () => {
    fc.assert(
      fc.property(forecasts, ({ y, s }) => {
        let wins = 0;
        let pairs = 0;
        for (const [i, label] of y.entries())
          for (const [j, other] of y.entries()) {
            if (label !== 1 || other !== 0) continue;
            pairs++;
            const gap = (s[i] ?? 0) - (s[j] ?? 0);
            wins += gap > 0 ? 1 : gap === 0 ? 0.5 : 0;
          }
        expect(auroc(y, s)).toBeCloseTo(wins / pairs, 12);
      }),
    );
  });

  it('do not change under a rising function of the scores; AUROC mirrors when they are turned', () => {
    fc.assert(
      fc.property(forecasts, ({ y, s }) => {
        const risen = s.map((v) => Math.exp(3 * v) - 7);
        expect(auroc(y, risen)).toBeCloseTo(auroc(y, s), 12);
        expect(auprc(y, risen)).toBeCloseTo(auprc(y, s), 12);
        expect(
          auroc(
            y,
            s.map((v) => -v),
          ),
        ).toBeCloseTo(1 - auroc(y, s), 12);
      }),
    );
  });

  it('of equal scores are chance: ½ and the prevalence', () => {
    expect(auroc([0, 0, 0, 1], [2, 2, 2, 2])).toBe(0.5);
    expect(auprc([0, 0, 0, 1], [2, 2, 2, 2])).toBe(0.25);
  });

  it('refuse what has no curve', () => {
    expect(() => auroc([1, 1], [0, 1])).toThrow(RangeError);
    expect(() => auroc([0, 2], [0, 1])).toThrow(RangeError);
    expect(() => auroc([0, 1], [0, Number.NaN])).toThrow(RangeError);
    expect(() => auroc([0, 1], [0])).toThrow(RangeError);
    expect(() => auprc([0, 0], [0, 1])).toThrow(RangeError);
  });
});

describe('probability forecasts', () => {
  it("have Brier's score of the reference", () => {
    expect(brier(truth, scores)).toBeCloseTo(0.13291666666666666, 12);
    expect(brier([0, 0, 0, 1], [0.25, 0.25, 0.25, 0.25])).toBeCloseTo(0.1875, 12);
    expect(brier([0, 1], [0, 1])).toBe(0);
  });

  it('are calibrated when each bin says what happens in it', () => {
    expect(ece([0, 0, 0, 1, 1, 1, 1, 0], [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75], 10)).toBe(0);
    // Two bins of two: |½ − .3| and |1 − .8|, each with half the items.
    expect(ece([0, 1, 1, 1], [0.3, 0.3, 0.8, 0.8], 10)).toBeCloseTo(0.2, 12);
    // One bin compares the means alone.
    expect(ece(truth, scores, 1)).toBeCloseTo(Math.abs(5 / 12 - 5.5 / 12), 12);
  });

  it('fall into bins that close above, the first one below too', () => {
    const bins = calibrationBins([0, 1, 0, 1], [0, 0.5, 0.51, 1], 2);
    expect(bins.map(({ count }) => count)).toEqual([2, 2]);
    expect(bins[0]).toMatchObject({ low: 0, high: 0.5, confidence: 0.25, frequency: 0.5 });
    expect(calibrationBins([1], [1], 4).map(({ frequency }) => frequency)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      1,
    ]);
  });

  it('refuse what is no probability', () => {
    expect(() => brier([0, 1], [0, 1.1])).toThrow(RangeError);
    expect(() => ece([0, 1], [0, -0.1])).toThrow(RangeError);
    expect(() => ece([0, 1], [0, 1], 0)).toThrow(RangeError);
    expect(() => brier([], [])).toThrow(RangeError);
  });
});
