import { grad, init, jit, numpy as np } from '@jax-js/jax';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { listwiseKlLoss } from './listwise-kl.ts';

const studentTemp = 0.05;
const teacherTemp = 0.3;

function softmax(scores: readonly number[], temp: number): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - top) / temp));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The loss in float64, straight from its definition. */
function reference(student: readonly number[], teacher: readonly number[]): number {
  const q = softmax(student, studentTemp);
  return softmax(teacher, teacherTemp).reduce((sum, p, j) => sum + p * Math.log(p / (q[j] ?? 0)), 0);
}

const loss = (student: number[][], teacher: number[][]): number[] =>
  Array.from(listwiseKlLoss(np.array(student), np.array(teacher)).dataSync());
const gradient = jit(grad((s: np.Array, r: np.Array) => listwiseKlLoss(s, r).sum()));
const list = fc.array(
  fc.integer({ min: -20, max: 20 }).map((n) => n / 100),
  { minLength: 4, maxLength: 4 },
);

beforeAll(() => init('wasm'));

describe('listwise distillation', () => {
  it('is the Kullback-Leibler divergence of the two distributions, one value a list', () => {
    const student = [
      [0.1, 0.2, 0.3],
      [0.3, 0.1, 0.2],
    ];
    const teacher = [
      [1, 0.2, 0.3],
      [0.3, 0.1, 0.2],
    ];
    const values = loss(student, teacher);
    expect(values).toHaveLength(2);
    for (const [i, value] of values.entries()) {
      expect(value).toBeCloseTo(reference(student[i] ?? [], teacher[i] ?? []), 4);
    }
  });

  it('is 0 exactly when the student is (τ_S/τ_T)·r + const', () => {
    const teacher = [0.9, 0.1, 0.5, 0.3];
    const matching = teacher.map((r) => (studentTemp / teacherTemp) * r + 0.2);
    expect(loss([matching], [teacher])[0]).toBeCloseTo(0, 6);
    expect(loss([matching.with(1, 0.3)], [teacher])[0]).toBeGreaterThan(0.01);
  });

  it('does not change when a constant is added to either side, and is never negative', () => {
    fc.assert(
      fc.property(list, list, (s, r) => {
        const [plain = 0] = loss([s], [r]);
        expect(plain).toBeGreaterThanOrEqual(-1e-5);
        expect(loss([s.map((score) => score + 0.5)], [r])[0]).toBeCloseTo(plain, 3);
        expect(loss([s], [r.map((score) => score - 2)])[0]).toBeCloseTo(plain, 3);
      }),
      { numRuns: 30 },
    );
  });

  it('has the gradient (softmax(s/τ_S) − softmax(r/τ_T))/τ_S, and finite differences agree', () => {
    fc.assert(
      fc.property(list, list, (s, r) => {
        const found = Array.from(gradient(np.array([s]), np.array([r])).dataSync());
        const q = softmax(s, studentTemp);
        const p = softmax(r, teacherTemp);
        for (const [j, value] of found.entries()) {
          expect(value).toBeCloseTo(((q[j] ?? 0) - (p[j] ?? 0)) / studentTemp, 3);
          const h = 1e-5;
          const moved = (by: number) => reference(s.with(j, (s[j] ?? 0) + by), r);
          expect(value).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 3);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('for two documents is a soft RankNet: the cross-entropy of score differences, less the entropy', () => {
    const [s, r] = [
      [0.12, 0.07],
      [0.8, 0.5],
    ];
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    const target = sigmoid(0.3 / teacherTemp);
    const guess = sigmoid(0.05 / studentTemp);
    const crossEntropy = -target * Math.log(guess) - (1 - target) * Math.log(1 - guess);
    const entropy = -target * Math.log(target) - (1 - target) * Math.log(1 - target);
    expect(loss([s ?? []], [r ?? []])[0]).toBeCloseTo(crossEntropy - entropy, 5);
  });

  it('stays finite for a teacher and a student that are certain', () => {
    expect(loss([[1, -1]], [[100, -100]])[0]).toBeCloseTo(0, 6);
    expect(loss([[-1, 1]], [[100, -100]])[0]).toBeCloseTo(40, 3);
  });
});
