import { init, jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AdamWState, adamW } from './adamw.ts';
import { clipByGlobalNorm, globalNorm } from './clip-by-global-norm.ts';
import { type ArrayTree, applyUpdates, chain } from './transformation.ts';

type Params = { w: np.Array; b: np.Array[] };

beforeAll(() => init('wasm'));

const flat = (params: ArrayTree): number[] =>
  tree.leaves<np.Array>(params).flatMap((leaf) => Array.from(leaf.dataSync()));

/** AdamW in float64 by its textbook formulas, with the powers of β taken directly. */
function reference(theta: number[], gradients: number[][], rates: number[], weightDecay: number): number[] {
  const [b1, b2, eps] = [0.9, 0.999, 1e-8];
  let params = theta;
  let m = theta.map(() => 0);
  let v = theta.map(() => 0);
  for (const [i, g] of gradients.entries()) {
    const t = i + 1;
    m = m.map((value, j) => b1 * value + (1 - b1) * (g[j] ?? 0));
    v = v.map((value, j) => b2 * value + (1 - b2) * (g[j] ?? 0) ** 2);
    params = params.map((value, j) => {
      const step = (m[j] ?? 0) / (1 - b1 ** t) / (Math.sqrt((v[j] ?? 0) / (1 - b2 ** t)) + eps);
      return value - (rates[i] ?? 0) * (step + weightDecay * value);
    });
  }
  return params;
}

describe('AdamW', () => {
  it('takes the steps of the float64 formulas under jit, with a rate that changes', () => {
    const optimizer = adamW<Params>({ weightDecay: 0.1 });
    const step = jit((params: Params, state: AdamWState<Params>, gradients: Params, rate: np.Array) => {
      const [updates, next] = optimizer.update(gradients, state, tree.ref(params), rate);
      return [applyUpdates(params, updates), next] as [Params, AdamWState<Params>];
    });
    let params: Params = { w: np.array([1, -2]), b: [np.array([0.5])] };
    let state = optimizer.init(tree.ref(params));
    // Leaves come in the order of the keys, b before w.
    const gradients = Array.from({ length: 20 }, (_, t) => [
      Math.sin(t + 1),
      0.001 * (t - 8),
      30 * Math.cos(3 * t),
    ]);
    const rates = gradients.map((_, t) => 0.1 / (t + 1));
    const start = flat(tree.ref(params));
    const names = [1, -2, 0.5];
    const order = start.map((value) => names.indexOf(value));
    for (const [t, g] of gradients.entries()) {
      const given: Params = { w: np.array([g[0] ?? 0, g[1] ?? 0]), b: [np.array([g[2] ?? 0])] };
      [params, state] = step(params, state, given, np.array(rates[t] ?? 0));
    }
    const expected = reference(
      start,
      gradients.map((g) => order.map((place) => g[place] ?? 0)),
      rates,
      0.1,
    );
    for (const [i, value] of flat(params).entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
    tree.dispose(state);
  });

  it('first moves every parameter by the rate against the sign of its gradient, however small that is', () => {
    const optimizer = adamW<np.Array>({ weightDecay: 0 });
    const params = np.array([1, 1]);
    const state = optimizer.init(params.ref);
    const [updates] = optimizer.update(np.array([1e-3, -100]), state, params, np.array(0.01));
    const [first, second] = flat(updates);
    expect(first).toBeCloseTo(-0.01, 6);
    expect(second).toBeCloseTo(0.01, 6);
  });

  it('with no gradient only decays the weights', () => {
    const optimizer = adamW<np.Array>({ weightDecay: 0.5 });
    const params = np.array([2]);
    const [updates] = optimizer.update(np.zeros([1]), optimizer.init(params.ref), params, np.array(0.1));
    expect(flat(updates)[0]).toBeCloseTo(-0.1, 6);
  });
});

describe('clipping by the global norm', () => {
  const clip = (max: number, gradients: Params): number[] => {
    const transformation = clipByGlobalNorm<Params>(max);
    const params: Params = { w: np.zeros([2]), b: [np.zeros([1])] };
    const [clipped] = transformation.update(gradients, [], params, np.array(1));
    return flat(clipped).sort((a, b) => a - b);
  };
  const gradients = (): Params => ({ w: np.array([3, 0]), b: [np.array([4])] });

  it('shortens all arrays together to the norm and leaves what is short enough', () => {
    expect(globalNorm(gradients()).dataSync()[0]).toBeCloseTo(5, 6);
    for (const [i, value] of clip(1, gradients()).entries())
      expect(value).toBeCloseTo([0, 0.6, 0.8][i] ?? 0, 6);
    for (const [i, value] of clip(2.5, gradients()).entries())
      expect(value).toBeCloseTo([0, 1.5, 2][i] ?? 0, 6);
    expect(clip(10, gradients())).toEqual([0, 3, 4]);
    expect(clip(1, { w: np.zeros([2]), b: [np.zeros([1])] })).toEqual([0, 0, 0]);
  });
});

describe('a chain', () => {
  it('clips first and then steps, and a jitted training step with it reaches the minimum', () => {
    const optimizer = chain<np.Array>(clipByGlobalNorm(1), adamW({ weightDecay: 0 }));
    const target = [0.5, -1.5];
    const lossAndGradient = valueAndGrad((x: np.Array) => np.square(x.sub(np.array(target))).sum());
    const step = jit((params: np.Array, state: ArrayTree[], rate: np.Array) => {
      const [loss, gradient] = lossAndGradient(params.ref);
      const [updates, next] = optimizer.update(gradient, state, params.ref, rate);
      return [applyUpdates(params, updates), next, loss] as [np.Array, ArrayTree[], np.Array];
    });
    let params = np.zeros([2]);
    let state = optimizer.init(params.ref);
    let loss = Number.POSITIVE_INFINITY;
    for (let t = 0; t < 300; t++) {
      const [moved, next, value] = step(params, state, np.array(0.1 * (1 - t / 300)));
      params = moved;
      state = next;
      loss = value.dataSync()[0] ?? Number.NaN;
    }
    expect(loss).toBeLessThan(1e-4);
    for (const [i, value] of flat(params).entries()) expect(value).toBeCloseTo(target[i] ?? 0, 2);
  });
});
