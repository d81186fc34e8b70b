// Losses of every room against another implementation in float64, forward and backward (../testing/reference-losses.py).
import { DType, init, nn, numpy as np } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { ewcPenalty } from '../continual/ewc.ts';
import { lwfLoss } from '../continual/lwf.ts';
import { listwiseKlLoss } from '../distillation/listwise-kl.ts';
import { multiSampleLoss } from '../layers/multi-sample-dropout.ts';
import type { NamedLeaves } from '../optimizers/named-leaves.ts';
import { comparativeRegularization, inPoolCrossEntropy } from '../retrieval/lol.ts';
import { readReferences, wave } from '../testing/reference.ts';
import {
  arrayAt as at,
  type Case,
  expectConsumed,
  expectReference,
  expectSlope,
  referenced,
} from '../testing/referenced-case.ts';
import { contrastiveUnlearningLoss } from '../unlearning/contrastive-unlearning.ts';
import { gradientAscentLoss } from '../unlearning/gradient-ascent.ts';
import { dcoLoss } from './dco.ts';
import { focalLoss } from './focal.ts';
import { infoNceLoss } from './info-nce.ts';
import { logSphericalSoftmax } from './log-spherical-softmax.ts';
import { logTaylorSoftmax } from './log-taylor-softmax.ts';
import { sequenceLogProb } from './sequence-log-prob.ts';
import { smoothLabels } from './smooth-labels.ts';
import { softmaxCrossEntropy, softmaxCrossEntropyWithIntegerLabels } from './softmax-cross-entropy.ts';
import {
  logSphericalView,
  logTaylorView,
  type SphericalLoss,
  squaredErrorView,
  zLossView,
} from './spherical-family.ts';
import { oneHotSquaredError } from './squared-error.ts';
import { zLoss } from './z-loss.ts';

const integers = (values: readonly number[]) => np.array(Int32Array.from(values));
const classOf = [2, 0, 3];
const labels = () => integers(classOf);
const oneHot = () => nn.oneHot(labels(), 4);
const soft = () =>
  np.array([
    [0.1, 0.2, 0.3, 0.4],
    [1, 0, 0, 0],
    [0.25, 0.25, 0.25, 0.25],
  ]);
const answerLabels = () => integers([2, 0, 1, 2, 0, 1]);
const answers = () => nn.oneHot(answerLabels(), 3).reshape([3, 2, 3]);
const parts = () =>
  np.array([
    [1, 1],
    [1, 0],
    [1, 1],
  ]);
const rivals = () =>
  np.array([
    [1, 0, 1, 1],
    [1, 1, 1, 0],
    [0, 1, 1, 1],
  ]);
const teacherScores = () =>
  np.array([
    [0.9, 0.6, 0.1, 0],
    [0.3, 0.8, 0.2, 0.7],
    [0, 0.2, 0.5, 0.31],
  ]);
const relevant = () =>
  np.array([
    [1, 0, 1, 0],
    [0, 1, 0, 0],
  ]);
const pooled = () =>
  np.array([
    [1, 1, 1, 0],
    [1, 1, 1, 1],
  ]);
const pairOf = (p: NamedLeaves, part: string) => ({ w: at(p, `w${part}`), b: at(p, `b${part}`) });
const scores = (p: NamedLeaves) => at(p, 'x').mul(3);

const cases: Readonly<Record<string, Case>> = {
  crossEntropyIntegerLabels: (p) => softmaxCrossEntropyWithIntegerLabels(at(p, 'x').mul(7), labels()),
  crossEntropySoftLabels: (p) => softmaxCrossEntropy(at(p, 'x').mul(7), soft()),
  crossEntropySmoothLabels: (p) => softmaxCrossEntropy(scores(p), smoothLabels(oneHot(), 0.2)),
  zLoss: (p) => zLoss(scores(p), labels(), { a: 0.7, b: 1.5 }),
  logTaylorSoftmax: (p) => logTaylorSoftmax(scores(p), labels()),
  logSphericalSoftmax: (p) => logSphericalSoftmax(scores(p), labels(), { epsilon: 0.05 }),
  oneHotSquaredError: (p) => oneHotSquaredError(scores(p), labels()),
  focal: (p) => focalLoss(scores(p), labels(), { gamma: 2, alpha: [0.5, 1, 2, 0.25] }),
  focalBroken: (p) => focalLoss(scores(p), labels(), { gamma: 1.5 }),
  focalUnfocused: (p) => focalLoss(scores(p), labels(), { gamma: 0, alpha: [0.5, 1, 2, 0.25] }),
  infoNce: (p) => infoNceLoss(at(p, 'q'), at(p, 'd'), { temp: 0.5 }),
  infoNceMaskedTrusted: (p) =>
    infoNceLoss(at(p, 'q'), at(p, 'd'), { temp: 0.5, mask: rivals(), teacherScores: teacherScores() }),
  sequenceLogProb: (p) => sequenceLogProb(scores(p), answerLabels().reshape([3, 2])),
  sequenceLogProbMasked: (p) => sequenceLogProb(scores(p), answerLabels().reshape([3, 2]), parts()),
  dcoOneDraw: (p) => dcoLoss(scores(p), answers(), { N: 1 }),
  dco: (p) => dcoLoss(scores(p), answers(), { N: 16 }),
  dcoMaskedMean: (p) => dcoLoss(scores(p), answers(), { N: 4, reduction: 'mean', mask: parts() }),
  multiSampleLoss: (p) => multiSampleLoss(scores(p), oneHot()),
  multiSampleLossOfMeanLogits: (p) => multiSampleLoss(scores(p), oneHot(), 'logits'),
  listwiseKl: (p) => listwiseKlLoss(at(p, 's'), at(p, 'r'), { studentTemp: 0.5 }),
  lwf: (p) => lwfLoss(at(p, 'old'), at(p, 'new'), np.array([1, 1, 0, 1])),
  ewcPenalty: (p) => ewcPenalty(pairOf(p, ''), pairOf(p, 'Anchor'), pairOf(p, 'Fisher'), 3),
  contrastiveUnlearning: (p) =>
    contrastiveUnlearningLoss(at(p, 'x'), nn.oneHot(integers([0, 1, 0, 2]), 3), 0.5),
  gradientAscent: (p) => gradientAscentLoss(scores(p), soft()),
  inPoolCrossEntropy: (p) => inPoolCrossEntropy(at(p, 'q'), at(p, 'd'), relevant()),
  inPoolCrossEntropyMasked: (p) => inPoolCrossEntropy(at(p, 'q'), at(p, 'd'), relevant(), pooled()),
  comparativeRegularization: (p) => comparativeRegularization(at(p, 'x')),
};
/**
 * The weight of these is held fixed, so that the slope of their value is not their gradient (dco.test.ts measures it), and
 * is computed through log1p, which in float64 has fewer right digits than in float32 (../jax-traps.test.ts).
 */
const weighted = ['dco', 'dcoMaskedMean'];

beforeAll(() => init('wasm'));

describe.each(referenced('losses', cases))('$name', ({ name, f, reference }) => {
  const dtypes = weighted.includes(name) ? [DType.Float32] : [DType.Float64, DType.Float32];
  it.each(dtypes)('has the reference’s value and gradients in %s', (dtype) =>
    expectReference(f, reference, dtype),
  );
  if (!weighted.includes(name))
    it('has the gradient that finite differences measure', () => expectSlope(f, reference));
  it('consumes what it is given', () => expectConsumed(f, reference));
});

const views: Readonly<Record<string, SphericalLoss>> = {
  zLoss: zLossView({ a: 0.7, b: 1.5 }),
  logTaylorSoftmax: logTaylorView,
  logSphericalSoftmax: logSphericalView({ epsilon: 0.05 }),
  oneHotSquaredError: squaredErrorView,
};

describe.each(Object.entries(views))('%s seen through three sums', (name, view) => {
  it('has the reference’s value and gradient to eleven digits', () => {
    const reference = readReferences('losses').get(name);
    const gradient = reference?.gradients.get('x')?.[1] ?? [];
    const weights = wave([3], 9).dataSync();
    const rows = Array.from(wave([3, 4], 1).dataSync(), (x) => 3 * x);
    expect(gradient).toHaveLength(rows.length);
    for (const [i, label] of classOf.entries()) {
      const row = rows.slice(4 * i, 4 * i + 4);
      const { loss, byTarget, bySumOfSquares, bySum } = view({
        target: row[label] ?? 0,
        sum: row.reduce((sum, o) => sum + o, 0),
        sumOfSquares: row.reduce((sum, o) => sum + o * o, 0),
        classes: 4,
      });
      expect(loss).toBeCloseTo(reference?.value[i] ?? Number.NaN, 10);
      for (const [k, o] of row.entries()) {
        const byScore = (k === label ? byTarget : 0) + 2 * bySumOfSquares * o + bySum;
        // The reference is of 3·x, weighted.
        expect(3 * (weights[i] ?? 0) * byScore).toBeCloseTo(gradient[4 * i + k] ?? Number.NaN, 10);
      }
    }
  });
});
