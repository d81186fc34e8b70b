import { init, numpy as np, random, tree } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { dropout } from '../layers/dropout.ts';
import { initLinear, type LinearParams, linear } from '../layers/linear.ts';
import { softmaxCrossEntropyWithIntegerLabels } from '../losses/softmax-cross-entropy.ts';
import { initMlp, type MlpParams, mlp } from '../models/mlp.ts';
import { adamW } from '../optimizers/adamw.ts';
import { clipByGlobalNorm } from '../optimizers/clip-by-global-norm.ts';
import { sgd } from '../optimizers/sgd.ts';
import { chain } from '../optimizers/transformation.ts';
import { pcg32 } from '../random/pcg32.ts';
import { jitStep, trainState } from './jit-step.ts';

type Batch = { x: np.Array; y: np.Array };

beforeAll(() => init('wasm'));

/** Points of three classes, told apart by the larger coordinate. */
function batch(seed: number): Batch {
  const draw = pcg32(seed);
  const x = Float32Array.from({ length: 48 }, () => 2 * draw.nextUnit() - 1);
  const y = Int32Array.from({ length: 16 }, (_, i) => {
    const point = x.slice(3 * i, 3 * i + 3);
    return point.indexOf(Math.max(...point));
  });
  return { x: np.array(x, { shape: [16, 3] }), y: np.array(y) };
}
const loss = (params: MlpParams, { x, y }: Batch) =>
  softmaxCrossEntropyWithIntegerLabels(mlp(params, x), y).mean();

describe('a jitted training step', () => {
  it('takes the loss before the step and goes down the gradient at the rate of this step', () => {
    // loss = mean (w·x − y)², so that dw = 2·mean (w·x − y)·x.
    const squares = (params: LinearParams, { x, y }: Batch) => np.square(linear(params, x).sub(y)).mean();
    const params = { weight: np.array([[2]]) };
    const step = jitStep(squares, sgd<LinearParams>());
    const given = (): Batch => ({ x: np.array([[1], [3]]), y: np.array([[1], [1]]) });
    let state = trainState(params, sgd<LinearParams>());
    const walk: number[] = [];
    let w = 2;
    for (const rate of [0.05, 0.01]) {
      const stepped = step(state, given(), rate);
      state = stepped.state;
      expect(stepped.loss.item()).toBeCloseTo(((w - 1) ** 2 + (3 * w - 1) ** 2) / 2, 5);
      w -= rate * (w - 1 + 3 * (3 * w - 1));
      walk.push(w);
      expect(state.params.weight.ref.item()).toBeCloseTo(w, 5);
    }
    expect(walk[1]).not.toBe(walk[0]);
    step.dispose();
  });

  it('learns, and the same seed walks the same way to the last bit', () => {
    const trained = (): number[] => {
      const optimizer = chain<MlpParams>(clipByGlobalNorm(1), adamW({ weightDecay: 0 }));
      const step = jitStep(loss, optimizer);
      let state = trainState(initMlp(pcg32(1), { sizes: [3, 16, 3] }), optimizer);
      const losses = Array.from({ length: 120 }, (_, i) => {
        const stepped = step(state, batch(i), 0.02);
        state = stepped.state;
        return stepped.loss.item();
      });
      tree.dispose(state);
      step.dispose();
      return losses;
    };
    const losses = trained();
    expect(losses[0]).toBeGreaterThan(0.9);
    expect(Math.max(...losses.slice(-10))).toBeLessThan(0.6);
    expect(trained()).toEqual(losses);
  });

  it('frees all that it replaces: after the state and the step are given back no array is left', () => {
    const optimizer = adamW<MlpParams>();
    const params = initMlp(pcg32(1), { sizes: [3, 8, 3] });
    const first = tree.leaves<np.Array>(params);
    const step = jitStep(loss, optimizer);
    let state = trainState(params, optimizer);
    const kept: np.Array[] = [...tree.leaves<np.Array>(state.optimizer)];
    for (let i = 0; i < 5; i++) {
      const given = batch(i);
      kept.push(given.x, given.y);
      const stepped = step(state, given, 0.01);
      for (const leaf of [...first, ...kept]) expect(leaf.refCount).toBe(0);
      state = stepped.state;
      for (const leaf of tree.leaves<np.Array>(state)) expect(leaf.refCount).toBe(1);
      stepped.loss.dispose();
    }
    tree.dispose(state);
  });

  it('draws new random numbers at every step when the key comes with the batch', () => {
    type Noisy = { x: np.Array; key: np.Array };
    const dropped = (params: LinearParams, { x, key }: Noisy) => linear(params, dropout(key, x, 0.5)).sum();
    const start = () => initLinear(pcg32(1), { inFeatures: 64, outFeatures: 1 });
    const step = jitStep(dropped, sgd<LinearParams>());
    const lossWith = (seed: number) => {
      const given = { x: np.ones([4, 64]), key: random.key(seed) };
      return step(trainState(start(), sgd<LinearParams>()), given, 0.1).loss.item();
    };
    expect(lossWith(1)).toBe(lossWith(1));
    expect(lossWith(1)).not.toBe(lossWith(2));
  });

  it('goes on after a loss that is not a number: the caller sees it', () => {
    const step = jitStep((w: np.Array, x: np.Array) => np.log(w.mul(x)).sum(), sgd<np.Array>());
    const { loss: value } = step(trainState(np.array([1]), sgd<np.Array>()), np.array([-1]), 0.1);
    expect(value.item()).toBeNaN();
  });
});
