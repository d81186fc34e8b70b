import { grad, init, jit, numpy as np } from '@jax-js/jax';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { logSphericalSoftmax } from './log-spherical-softmax.ts';
import { logTaylorSoftmax } from './log-taylor-softmax.ts';
import {
  logSphericalView,
  logTaylorView,
  type SphericalLoss,
  squaredErrorView,
  zLossView,
} from './spherical-family.ts';
import { oneHotSquaredError } from './squared-error.ts';
import { zLoss } from './z-loss.ts';

beforeAll(() => init('wasm'));

const logits = [0.5, -1.2, 2, 0.1, -0.4];
const label = 2;

type Loss = (logits: np.Array, labels: np.Array) => np.Array;

const losses: Readonly<Record<string, { loss: Loss; view: SphericalLoss }>> = {
  'Z-loss': { loss: (o, c) => zLoss(o, c, { a: 0.7, b: 1.5 }), view: zLossView({ a: 0.7, b: 1.5 }) },
  'log-Taylor-softmax': { loss: logTaylorSoftmax, view: logTaylorView },
  'log-spherical-softmax': { loss: logSphericalSoftmax, view: logSphericalView() },
  'squared error': { loss: oneHotSquaredError, view: squaredErrorView },
};

const labelsOf = (values: readonly number[]) => np.array([...values], { dtype: np.int32 });
const lossOf = (loss: Loss, given: readonly number[], c = label): number =>
  loss(np.array([[...given]]), labelsOf([c])).dataSync()[0] ?? Number.NaN;
const gradientOf = (loss: Loss, given: readonly number[], c = label): Float32Array => {
  const gradient = jit(grad((o: np.Array) => loss(o, labelsOf([c])).sum()))(np.array([[...given]]));
  return Float32Array.from(gradient.dataSync());
};
const viewOf = (view: SphericalLoss, given: readonly number[], c = label) =>
  view({
    target: given[c] ?? 0,
    sum: given.reduce((sum, o) => sum + o, 0),
    sumOfSquares: given.reduce((sum, o) => sum + o * o, 0),
    classes: given.length,
  });

describe.each(Object.entries(losses))('the %s', (_, { loss, view }) => {
  it('over arrays is the float64 value that sees three sums', () =>
    expect(lossOf(loss, logits)).toBeCloseTo(viewOf(view, logits).loss, 4));

  it('has the gradient of its three derivatives, and that of finite differences', () => {
    const found = gradientOf(loss, logits);
    const { byTarget, bySumOfSquares, bySum } = viewOf(view, logits);
    for (const [k, o] of logits.entries()) {
      const expected = (k === label ? byTarget : 0) + 2 * bySumOfSquares * o + bySum;
      expect(found[k]).toBeCloseTo(expected, 5);
      const nudged = (h: number) => viewOf(view, logits.with(k, o + h)).loss;
      expect(expected).toBeCloseTo((nudged(1e-5) - nudged(-1e-5)) / 2e-5, 7);
    }
  });

  it('gives one value an example', () => {
    const both = loss(np.array([logits, logits.toReversed()]), labelsOf([2, 0])).dataSync();
    expect(both).toHaveLength(2);
    expect(both[1]).toBeCloseTo(lossOf(loss, logits.toReversed(), 0), 6);
  });
});

describe('the Z-loss', () => {
  it('has the paper’s gradient −sigmoid(a(b − z_c))/σ · (δ_kc − 1/D − z_k z_c/D)', () => {
    const [a, b] = [0.7, 1.5];
    const mu = logits.reduce((sum, o) => sum + o, 0) / 5;
    const sigma = Math.sqrt(logits.reduce((sum, o) => sum + (o - mu) ** 2, 0) / 5);
    const z = logits.map((o) => (o - mu) / sigma);
    const pull = 1 / (1 + Math.exp(-a * (b - (z[label] ?? 0)))) / sigma;
    const found = gradientOf((o, c) => zLoss(o, c, { a, b }), logits);
    for (const [k, each] of z.entries()) {
      expect(found[k]).toBeCloseTo(-pull * ((k === label ? 1 : 0) - 1 / 5 - (each * (z[label] ?? 0)) / 5), 5);
    }
  });

  it('does not see a shift or a scale, and pulls neither way along them', () => {
    const vectors = fc.array(fc.float({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 9 });
    const shift = fc.float({ min: -5, max: 5, noNaN: true });
    const scale = fc.float({ min: 0.5, max: 4, noNaN: true });
    fc.assert(
      fc.property(vectors, shift, scale, (drawn, by, times) => {
        const spread = drawn.map((o, i) => o + i);
        expect(
          lossOf(
            zLoss,
            spread.map((o) => times * o + by),
          ),
        ).toBeCloseTo(lossOf(zLoss, spread), 3);
        const gradient = gradientOf(zLoss, spread);
        expect(gradient.reduce((sum, g) => sum + g, 0)).toBeCloseTo(0, 4);
        expect(gradient.reduce((sum, g, k) => sum + g * (spread[k] ?? 0), 0)).toBeCloseTo(0, 3);
      }),
      { numRuns: 40 },
    );
  });

  it('is never below the floor that |z_c| ≤ √(D − 1) sets, and reaches it', () => {
    const floor = (classes: number) => Math.log1p(Math.exp(-Math.sqrt(classes - 1)));
    expect(lossOf(zLoss, [0, 0, 9, 0, 0])).toBeCloseTo(floor(5), 5);
    expect(lossOf(zLoss, logits)).toBeGreaterThan(floor(5));
  });

  it('stays finite where all logits are alike and where a(b − z) is far beyond single precision’s exponent', () => {
    expect(lossOf(zLoss, [1, 1, 1])).toBeCloseTo(Math.LN2, 6);
    expect([...gradientOf(zLoss, [1, 1, 1])].every(Number.isFinite)).toBe(true);
    expect(lossOf((o, c) => zLoss(o, c, { a: 10, b: 100 }), logits)).toBeCloseTo(
      100 - (2 - 0.2) / Math.sqrt([0.3, -1.4, 1.8, -0.1, -0.6].reduce((sum, o) => sum + o * o, 0) / 5),
      3,
    );
  });

  it('refuses a sharpness of nothing', () => {
    expect(() => lossOf((o, c) => zLoss(o, c, { a: 0 }), logits)).toThrow(RangeError);
    expect(() => zLossView({ a: -1 })).toThrow(RangeError);
  });
});

describe('the log-spherical-softmax', () => {
  it('cannot tell a score from its opposite', () =>
    expect(
      lossOf(
        logSphericalSoftmax,
        logits.map((o) => -o),
      ),
    ).toBeCloseTo(lossOf(logSphericalSoftmax, logits), 5));

  it('refuses an ε of nothing', () =>
    expect(() => lossOf((o, c) => logSphericalSoftmax(o, c, { epsilon: 0 }), logits)).toThrow(RangeError));
});
