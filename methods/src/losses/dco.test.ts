import { grad, init, nn, numpy as np } from '@jax-js/jax';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { passAtKEstimator, passAtN } from '../metrics/pass-at-n.ts';
import { readReferences, wave } from '../testing/reference.ts';
import { dcoLoss, dcoWeight } from './dco.ts';

const draws = fc.integer({ min: 1, max: 4096 });
const logProbability = fc.double({ min: -60, max: -1e-6, noNaN: true });

/** F by whole-number arithmetic: p = a/b, so that nothing is rounded before the last division. */
function exactWeight(a: bigint, b: bigint, N: number): number {
  const n = BigInt(N);
  const numerator = n * (b - a) ** (n - 1n) * a;
  const denominator = b ** n - (b - a) ** n;
  const digits = 10n ** 18n;
  return Number((numerator * digits) / denominator) / 1e18;
}

beforeAll(() => init('wasm'));

describe('the weight of an answer', () => {
  it('is 1 for one draw and for an answer that never comes', () => {
    expect(dcoWeight(-3, 1)).toBe(1);
    expect(dcoWeight(-800, 256)).toBe(1);
  });

  it('is N(1 − p)^{N−1}p / (1 − (1 − p)^N) to eleven digits, however small p is', () => {
    for (const N of [2, 16, 256, 4096])
      for (const [a, b] of [
        [1n, 2n],
        [1n, 10n],
        [1n, 1000n],
        [1n, 40_960n],
        [1n, 41_100n],
        [1n, 10_000_000n],
      ] as const) {
        const exact = exactWeight(a, b, N);
        const found = dcoWeight(Math.log(Number(a) / Number(b)), N);
        expect(Math.abs(found - exact)).toBeLessThan(1e-11 * exact + 1e-17);
      }
  });

  it('meets the series that its authors use below pN = 0.1 where they change over, to the order they stop at', () => {
    const series = (p: number, N: number) => {
      const [first, second] = [(N - 1) * p, (N - 1) * (N - 2) * p ** 2];
      return (1 - first + second / 2) / (1 - first / 2 + second / 6);
    };
    for (const N of [4, 64, 1024])
      for (const [pN, order] of [
        [0.1, 2e-4],
        [0.01, 2e-7],
      ] as const)
        expect(Math.abs(dcoWeight(Math.log(pN / N), N) - series(pN / N, N))).toBeLessThan(order);
  });

  it('times the gradient of cross-entropy is the gradient of −log pass@N that autograd finds, to eleven digits', () => {
    const [, gradient = []] = readReferences('losses').get('dco')?.gradients.get('x') ?? [];
    const scores = Array.from(wave([3, 2, 3], 1).dataSync(), (x) => 3 * x);
    const outer = wave([3], 9).dataSync();
    expect(gradient).toHaveLength(scores.length);
    for (const [answer, labels] of [
      [2, 0],
      [1, 2],
      [0, 1],
    ].entries()) {
      const parts = labels.map((label, part) => {
        const row = scores.slice(6 * answer + 3 * part, 6 * answer + 3 * part + 3);
        const sum = row.reduce((total, o) => total + Math.exp(o), 0);
        return { label, row, sum, logP: (row[label] ?? 0) - Math.log(sum) };
      });
      const weight = dcoWeight(
        parts.reduce((sum, { logP }) => sum + logP, 0),
        16,
      );
      for (const [part, { label, row, sum }] of parts.entries())
        for (const [k, o] of row.entries()) {
          const ofCrossEntropy = Math.exp(o) / sum - (k === label ? 1 : 0);
          const found = 3 * (outer[answer] ?? 0) * weight * ofCrossEntropy;
          expect(found).toBeCloseTo(gradient[6 * answer + 3 * part + k] ?? Number.NaN, 11);
        }
    }
  });

  it('lies in [0, 1] and falls as the answer gets likelier', () =>
    fc.assert(
      fc.property(logProbability, logProbability, draws, (one, other, N) => {
        const rarer = dcoWeight(Math.min(one, other), N);
        const likelier = dcoWeight(Math.max(one, other), N);
        expect(likelier).toBeGreaterThanOrEqual(0);
        expect(rarer).toBeLessThanOrEqual(1 + 1e-12);
        expect(likelier).toBeLessThanOrEqual(rarer + 1e-12);
      }),
    ));

  it('is refused for what is no probability and no number of draws', () => {
    expect(() => dcoWeight(0.1, 4)).toThrow(RangeError);
    expect(() => dcoWeight(Number.NaN, 4)).toThrow(RangeError);
    expect(() => dcoWeight(-1, 0)).toThrow(RangeError);
  });
});

describe('the coverage loss', () => {
  const logits = [
    [
      [2, -1, 0.5],
      [0.1, 0.2, -0.4],
    ],
    [
      [-3, 1, 1],
      [4, 0, -2],
    ],
  ];
  const labels = [
    [
      [1, 0, 0],
      [0, 1, 0],
    ],
    [
      [1, 0, 0],
      [1, 0, 0],
    ],
  ];
  /** −log(1 − (1 − p)^N) in float64, of all logits in a row. */
  const coverage = (flat: readonly number[], N: number): number => {
    let total = 0;
    for (const answer of [0, 1]) {
      let logP = 0;
      for (const part of [0, 1]) {
        const row = flat.slice(answer * 6 + part * 3, answer * 6 + part * 3 + 3);
        const right = (labels[answer]?.[part] ?? []).indexOf(1);
        logP += (row[right] ?? 0) - Math.log(row.reduce((sum, o) => sum + Math.exp(o), 0));
      }
      total -= Math.log(passAtN(Math.exp(logP), N));
    }
    return total;
  };
  const gradient = (N: number, reduction: 'sum' | 'mean' = 'sum'): number[] =>
    Array.from(
      grad((o: np.Array) => dcoLoss(o, np.array(labels), { N, reduction }).sum())(np.array(logits))
        .reshape([12])
        .dataSync(),
    );

  it('has the gradient of −log pass@N, by central differences in float64', () => {
    const flat = logits.flat(2);
    for (const N of [1, 2, 16, 256]) {
      const found = gradient(N);
      flat.forEach((_, i) => {
        const moved = (by: number): number[] => flat.map((o, j) => (i === j ? o + by : o));
        const slope = (coverage(moved(1e-5), N) - coverage(moved(-1e-5), N)) / 2e-5;
        expect(found[i]).toBeCloseTo(slope, 4);
      });
    }
  });

  it('is cross-entropy for one draw', () => {
    const loss = dcoLoss(np.array(logits), np.array(labels), { N: 1 });
    const crossEntropy = nn.logSoftmax(np.array(logits), -1).mul(np.array(labels)).sum([1, 2]).neg();
    expect(Array.from(loss.dataSync())).toEqual(Array.from(crossEntropy.dataSync()));
  });

  it('counts only the parts that the mask lets through, and averages over them', () => {
    const mask = (): np.Array =>
      np.array([
        [1, 0],
        [1, 1],
      ]);
    const sum = dcoLoss(np.array(logits), np.array(labels), { N: 4, mask: mask() }).dataSync();
    const mean = dcoLoss(np.array(logits), np.array(labels), {
      N: 4,
      mask: mask(),
      reduction: 'mean',
    }).dataSync();
    const first = 2 - Math.log(Math.exp(2) + Math.exp(-1) + Math.exp(0.5));
    expect(sum[0]).toBeCloseTo(-first * dcoWeight(first, 4), 5);
    expect(mean[0]).toBeCloseTo(sum[0] ?? 0, 6);
    expect(mean[1]).toBeCloseTo((sum[1] ?? 0) / 2, 6);
  });

  it('stays finite where an answer is certain or as good as impossible', () => {
    const extreme = [[[90, 0, 0]], [[-90, 0, 0]]];
    const right = [[[1, 0, 0]], [[1, 0, 0]]];
    const found = grad((o: np.Array) => dcoLoss(o, np.array(right), { N: 256 }).sum())(np.array(extreme));
    expect(Array.from(found.reshape([6]).dataSync()).every(Number.isFinite)).toBe(true);
  });
});

describe('pass@k from samples', () => {
  it('is the share of the subsets of k that hold a right one', () => {
    expect(passAtKEstimator(5, 2, 1)).toBeCloseTo(0.4, 12);
    expect(passAtKEstimator(5, 2, 3)).toBeCloseTo(1 - 1 / 10, 12);
    expect(passAtKEstimator(5, 2, 4)).toBe(1);
  });

  it('is unbiased: over all outcomes of n draws its mean is 1 − (1 − p)^k', () => {
    const [n, k, p] = [8, 3, 0.2];
    let mean = 0;
    let choose = 1;
    for (let c = 0; c <= n; c += 1) {
      mean += choose * p ** c * (1 - p) ** (n - c) * passAtKEstimator(n, c, k);
      choose = (choose * (n - c)) / (c + 1);
    }
    expect(mean).toBeCloseTo(passAtN(p, k), 12);
  });

  it('refuses more draws than samples', () => expect(() => passAtKEstimator(3, 1, 4)).toThrow(RangeError));
});
