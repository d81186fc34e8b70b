import { grad, init, jit, numpy as np } from '@jax-js/jax';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ewcPenalty, fisherOfBatches } from './ewc.ts';
import { gemProject } from './gem.ts';
import { lwfLoss } from './lwf.ts';

type Params = { w: np.Array; b: np.Array };

beforeAll(() => init('wasm'));

const tree = (w: number[], b: number[]): Params => ({ w: np.array(w), b: np.array(b) });
const numbers = (array: np.Array) => Array.from(array.dataSync());

describe('the penalty of elastic weight consolidation', () => {
  const penalty = (p: Params) => ewcPenalty(p, tree([1, 2], [0]), tree([0.5, 0], [3]), 10);

  it('is λ Σ F (θ − θ*)², and 0 at the anchor', () => {
    // 10 · (0.5 · 2² + 0 · 7² + 3 · 0.1²)
    expect(penalty(tree([3, 9], [0.1])).item()).toBeCloseTo(20.3, 5);
    expect(penalty(tree([1, 2], [0])).item()).toBe(0);
  });

  it('has the gradient 2λF(θ − θ*) under jit', () => {
    const { w, b } = jit(grad(penalty))(tree([3, 9], [0.1]));
    expect(numbers(w)).toEqual([20, 0]);
    expect(numbers(b)[0]).toBeCloseTo(6, 5);
  });

  it('weighs by the mean of squared batch gradients', () => {
    const fisher = fisherOfBatches([tree([1, -2], [0]), tree([3, 0], [4])]);
    expect(numbers(fisher.w)).toEqual([5, 2]);
    expect(numbers(fisher.b)).toEqual([8]);
    expect(() => fisherOfBatches([])).toThrow(RangeError);
  });
});

describe('learning without forgetting', () => {
  const oldLogits = [
    [1, -0.5, 0.25, 2],
    [0, 3, -1, 0.5],
  ];
  const newLogits = [
    [0.5, 0.1, 1.2, -0.4],
    [-1, 1, 0.3, 2],
  ];
  const oldClasses = [1, 1, 0, 0];
  const temperature = 2;

  const softmax = (logits: readonly number[]) => {
    const powers = logits.map((logit) => Math.exp(logit / temperature));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  };
  const reference = (old: readonly number[], now: readonly number[]) => {
    const p = softmax(old);
    const q = softmax(now);
    return p.reduce((sum, pc, c) => sum + (oldClasses[c] ?? 0) * pc * Math.log(pc / (q[c] ?? 0)), 0);
  };
  const loss = (now: np.Array) => lwfLoss(np.array(oldLogits), now, np.array(oldClasses), { temperature });

  it('sums the divergence over the old units of a softmax over all units, one value an example', () => {
    const found = numbers(loss(np.array(newLogits)));
    for (const [i, value] of found.entries()) {
      expect(value).toBeCloseTo(reference(oldLogits[i] ?? [], newLogits[i] ?? []), 5);
    }
    expect(numbers(loss(np.array(oldLogits)))).toEqual([0, 0]);
  });

  it('has the gradient (q · Σ p_old − p · [old]) / T, and finite differences agree', () => {
    const found = numbers(jit(grad((now: np.Array) => loss(now).sum()))(np.array(newLogits)));
    for (const [i, now] of newLogits.entries()) {
      const old = oldLogits[i] ?? [];
      const p = softmax(old);
      const q = softmax(now);
      const held = p.reduce((sum, pc, c) => sum + pc * (oldClasses[c] ?? 0), 0);
      for (const [c, logit] of now.entries()) {
        const value = found[i * 4 + c] ?? Number.NaN;
        const exact = ((q[c] ?? 0) * held - (p[c] ?? 0) * (oldClasses[c] ?? 0)) / temperature;
        expect(value).toBeCloseTo(exact, 5);
        const h = 1e-5;
        const moved = (by: number) => reference(old, now.with(c, logit + by));
        expect(value).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 5);
      }
    }
  });
});

describe('gradient episodic memory', () => {
  const vector = fc.array(fc.integer({ min: -10, max: 10 }), { minLength: 6, maxLength: 6 });
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

  it('leaves a gradient alone that no old task objects to', () => {
    expect(
      Array.from(
        gemProject(
          [1, 2],
          [
            [1, 0],
            [0, 1],
          ],
        ),
      ),
    ).toEqual([1, 2]);
    expect(Array.from(gemProject([1, 2], []))).toEqual([1, 2]);
  });

  it('with one old task takes out the part against it, as A-GEM does', () => {
    expect(Array.from(gemProject([1, -2], [[0, 3]]))).toEqual([1, 0]);
    expect(Array.from(gemProject([3, 1], [[-1, 1]]))).toEqual([2, 2]);
  });

  it('with a margin goes at least that far along each old gradient', () => {
    expect(Array.from(gemProject([1, -2], [[0, 1]], 0.5))).toEqual([1, 0]);
    expect(Array.from(gemProject([1, -0.1], [[0, 1]], 0.5))).toEqual([1, 0.4]);
  });

  it('finds the nearest gradient with no negative product: the conditions of Karush, Kuhn and Tucker hold', () => {
    fc.assert(
      fc.property(vector, fc.array(vector, { minLength: 1, maxLength: 4 }), (g, refs) => {
        const projected = gemProject(g, refs);
        const moved = Array.from(projected).map((value, i) => value - (g[i] ?? 0));
        const scale = 1 + dot(g, g);
        for (const ref of refs) expect(dot(projected, ref)).toBeGreaterThan(-1e-3 * scale);
        // g̃ − g is a sum of references with weights from 0 up, each 0 unless its product is: so ⟨g̃, g̃ − g⟩ = 0.
        expect(Math.abs(dot(projected, moved))).toBeLessThan(1e-3 * scale);
      }),
    );
  });

  it('refuses gradients of different lengths and numbers that are not finite', () => {
    expect(() => gemProject([1, 2], [[1]])).toThrow(RangeError);
    expect(() => gemProject([1, Number.NaN], [[1, 1]])).toThrow(RangeError);
    expect(() => gemProject([1, 2], [[-1, -1]], -1)).toThrow(RangeError);
  });
});
