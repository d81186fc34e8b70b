import { grad, init, jit, numpy as np } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FocalOptions, focalLoss } from './focal.ts';

const logits = [
  [2, -1, 0.5],
  [-0.3, 0.2, 0.1],
  [0, 4, -2],
  [1, 1, 1],
];
const labels = [0, 2, 0, 1];
const ints = (values: readonly number[]) => np.array([...values], { dtype: np.int32 });
const values = (options: FocalOptions, rows = logits, classes: readonly number[] = labels) =>
  Array.from(focalLoss(np.array(rows), ints(classes), options).dataSync());

/** The loss of one row in float64. */
function reference(row: readonly number[], label: number, gamma: number, alpha: readonly number[]): number {
  const sum = row.reduce((total, z) => total + Math.exp(z), 0);
  const p = Math.exp(row[label] ?? 0) / sum;
  return -(alpha[label] ?? 1) * (1 - p) ** gamma * Math.log(p);
}

/** The two logits at which class 1 has probability p. */
const atProbability = (p: number) => [0, Math.log(p / (1 - p))];

beforeAll(() => init('wasm'));

describe('focal loss', () => {
  it('has the golden values of α = .25', () => {
    const golden: [number, number, number][] = [
      [0.9, 2, 0.000263401],
      [0.1, 2, 0.466273481],
      [0.5, 2, 0.043321699],
      [0.5, 0, 0.173286795],
    ];
    for (const [p, gamma, expected] of golden) {
      const [found] = values({ gamma, alpha: 0.25 }, [atProbability(p)], [1]);
      expect(Math.abs((found ?? 0) / expected - 1)).toBeLessThan(2e-6);
    }
  });

  it('is the definition in float64, one value an example, with weights by class', () => {
    const alpha = [0.5, 2, 1.25];
    for (const gamma of [0, 0.5, 2, 5]) {
      const found = values({ gamma, alpha });
      for (const [i, row] of logits.entries()) {
        // `power` in single precision keeps five digits; whole exponents keep more.
        expect(found[i]).toBeCloseTo(reference(row, labels[i] ?? 0, gamma, alpha), gamma === 0.5 ? 4 : 5);
      }
    }
  });

  it('is cross-entropy at γ = 0, α = 1, and never above it', () => {
    const plain = values({ gamma: 0 });
    for (const [i, row] of logits.entries()) {
      expect(plain[i]).toBeCloseTo(reference(row, labels[i] ?? 0, 0, [1, 1, 1]), 5);
    }
    for (const gamma of [0.5, 1, 2, 5]) {
      for (const [i, value] of values({ gamma }).entries()) expect(value).toBeLessThanOrEqual(plain[i] ?? 0);
    }
  });

  it('has the slope of finite differences, under jit', () => {
    const alpha = [0.5, 2, 1.25];
    for (const gamma of [0, 0.5, 2]) {
      const slope = jit(grad((z: np.Array) => focalLoss(z, ints(labels), { gamma, alpha }).sum()))(
        np.array(logits),
      );
      const found = Array.from(slope.dataSync());
      for (const [i, row] of logits.entries()) {
        for (const [c, z] of row.entries()) {
          const at = (step: number) => reference(row.with(c, z + step), labels[i] ?? 0, gamma, alpha);
          expect(found[i * 3 + c]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 4);
        }
      }
    }
  });

  it('pulls the right logit up and pushes every other down', () => {
    const slope = grad((z: np.Array) => focalLoss(z, ints(labels), { gamma: 2 }).sum())(np.array(logits));
    for (const [place, value] of slope.dataSync().entries()) {
      if (place % 3 === labels[Math.floor(place / 3)]) expect(value).toBeLessThan(0);
      else expect(value).toBeGreaterThan(0);
    }
  });

  it('stays finite where the answer is certain, right or wrong', () => {
    const rows = [
      [200, -200],
      [-200, 200],
    ];
    for (const gamma of [0, 0.5, 2]) {
      const found = values({ gamma }, rows, [0, 0]);
      expect(found[0]).toBeCloseTo(0, 6);
      expect(found[1]).toBeCloseTo(400, 2);
      const slope = grad((z: np.Array) => focalLoss(z, ints([0, 0]), { gamma }).sum())(np.array(rows));
      for (const value of slope.dataSync()) expect(Number.isFinite(value)).toBe(true);
    }
  });

  it('refuses weights and exponents that are none', () => {
    expect(() => values({ gamma: -1 })).toThrow(RangeError);
    expect(() => values({ alpha: [1, 1] })).toThrow(RangeError);
    expect(() => values({ alpha: [1, 1, -1] })).toThrow(RangeError);
  });
});
