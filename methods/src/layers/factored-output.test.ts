import { describe, expect, it } from 'vitest';
import {
  logSphericalView,
  logTaylorView,
  type SphericalLoss,
  squaredErrorView,
  zLossView,
} from '../losses/spherical-family.ts';
import { pcg32 } from '../random/pcg32.ts';
import { FactoredOutput } from './factored-output.ts';
import { identity, invert, multiply } from './small-matrix.ts';

const classes = 30;
const width = 6;
const batch = 5;

function draw(count: number, seed: number): Float64Array {
  const random = pcg32(seed);
  return Float64Array.from({ length: count }, () => 2 * random.nextUnit() - 1);
}

/** The dense step by the definition: all scores, ∂L/∂o_k, and their outer products. Returns ∂L/∂h. */
function denseStep(
  weights: Float64Array,
  features: Float64Array,
  labels: readonly number[],
  loss: SphericalLoss,
  eta: number,
): Float64Array {
  const change = new Float64Array(weights.length);
  const gradient = new Float64Array(features.length);
  for (const [i, label] of labels.entries()) {
    const h = features.subarray(i * width, (i + 1) * width);
    const scores = multiply(weights, h, classes, width, 1);
    const sum = scores.reduce((total, score) => total + score, 0);
    const sumOfSquares = scores.reduce((total, score) => total + score * score, 0);
    const given = loss({ target: scores[label] ?? 0, sumOfSquares, sum, classes });
    for (const [k, score] of scores.entries()) {
      const byScore = (k === label ? given.byTarget : 0) + 2 * given.bySumOfSquares * score + given.bySum;
      for (let j = 0; j < width; j++) {
        change[k * width + j] = (change[k * width + j] ?? 0) + byScore * (h[j] ?? 0);
        gradient[i * width + j] = (gradient[i * width + j] ?? 0) + byScore * (weights[k * width + j] ?? 0);
      }
    }
  }
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) - eta * (change[i] ?? 0);
  return gradient;
}

const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);

const losses: Readonly<Record<string, { loss: SphericalLoss; eta: number }>> = {
  'squared error': { loss: squaredErrorView, eta: 0.02 },
  'log-spherical-softmax': { loss: logSphericalView(), eta: 0.02 },
  'log-Taylor-softmax': { loss: logTaylorView, eta: 0.05 },
  'Z-loss': { loss: zLossView({ a: 0.3, b: 2 }), eta: 0.02 },
};

describe('the factored output', () => {
  it.each(Object.entries(losses))(
    'takes 50 steps of %s as the dense layer does, to 1e-10',
    (_, { loss, eta }) => {
      const weights = draw(classes * width, 1);
      const output = new FactoredOutput(weights, { classes, width, restabilizeEvery: 20 });
      const start = weights.slice();
      const random = pcg32(2);
      for (let step = 0; step < 50; step++) {
        const features = draw(batch * width, 100 + step);
        // Few classes, so that some occur twice in a batch.
        const labels = Array.from({ length: batch }, () => random.nextBelow(8));
        const { gradient } = output.step(features, labels, loss, eta);
        expect(distance(gradient, denseStep(weights, features, labels, loss, eta))).toBeLessThan(1e-10);
      }
      expect(distance(output.weights(), weights)).toBeLessThan(1e-10);
      expect(distance(weights, start)).toBeGreaterThan(0.1);
      expect(distance(output.row(3), weights.subarray(3 * width, 4 * width))).toBeLessThan(1e-10);
    },
  );

  it('gives each example’s loss before the step', () => {
    const weights = draw(classes * width, 3);
    const output = new FactoredOutput(weights, { classes, width });
    const features = draw(2 * width, 4);
    const scores = multiply(weights, features.subarray(width), classes, width, 1);
    const chosen = 1 + (scores[7] ?? 0) + (scores[7] ?? 0) ** 2 / 2;
    const all = scores.reduce((sum, o) => sum + 1 + o + o ** 2 / 2, 0);
    expect(output.step(features, [1, 7], logTaylorView, 0.1).losses[1]).toBeCloseTo(
      Math.log(all / chosen),
      12,
    );
  });

  it('stays the dense layer where a step takes a direction of W to nothing', () => {
    // With η = ½/‖h‖² the squared error’s P = I − 2η·½·hhᵀ·… of one unit feature has a zero eigenvalue.
    const weights = draw(classes * width, 5);
    const output = new FactoredOutput(weights, { classes, width });
    const features = Float64Array.of(1, 0, 0, 0, 0, 0);
    output.step(features, [2], squaredErrorView, 1);
    denseStep(weights, features, [2], squaredErrorView, 1);
    const next = draw(width, 6);
    output.step(next, [4], squaredErrorView, 0.1);
    denseStep(weights, next, [4], squaredErrorView, 0.1);
    expect(distance(output.weights(), weights)).toBeLessThan(1e-10);
  });

  it('is kept well-conditioned by folding U into V', () => {
    const weights = draw(classes * width, 7);
    const output = new FactoredOutput(weights, { classes, width, restabilizeEvery: 5 });
    for (let step = 0; step < 60; step++) {
      const features = draw(batch * width, 200 + (step % 3)).map((value) => 2 * value);
      const labels = [0, 1, 2, 3, 4];
      output.step(features, labels, squaredErrorView, 0.03);
      denseStep(weights, features, labels, squaredErrorView, 0.03);
    }
    expect(distance(output.weights(), weights)).toBeLessThan(1e-8);
  });

  it('refuses what does not fit', () => {
    expect(() => new FactoredOutput(new Float64Array(5), { classes, width })).toThrow(RangeError);
    const output = new FactoredOutput(draw(classes * width, 1), { classes, width });
    expect(() => output.step(draw(width, 1), [classes], squaredErrorView, 0.1)).toThrow(
      'not one of the classes',
    );
    expect(() => output.step(draw(width, 1), [1, 2], squaredErrorView, 0.1)).toThrow(RangeError);
  });
});

describe('the inverse of a small matrix', () => {
  it('times the matrix is the identity, pivots or not', () => {
    for (const matrix of [draw(16, 9), Float64Array.of(0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 3, 0)]) {
      expect(distance(multiply(invert(matrix, 4) ?? matrix, matrix, 4, 4, 4), identity(4))).toBeLessThan(
        1e-12,
      );
    }
  });

  it('is none where there is none', () => expect(invert(new Float64Array(4), 2)).toBeUndefined());
});
