import { DType, init, numpy as np, tree } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { softmaxCrossEntropyWithIntegerLabels } from '../losses/softmax-cross-entropy.ts';
import { initMlp, type MlpParams, mlp } from '../models/mlp.ts';
import { pcg32 } from '../random/pcg32.ts';
import { wave as waveOf } from '../testing/reference.ts';
import { hessianVectorProduct } from './hessian-vector-product.ts';
import {
  interpolateParams,
  projectOut,
  treeAdd,
  treeDot,
  treeNorm,
  treeScale,
  treeSubtract,
} from './tree-arithmetic.ts';
import { gradTree, jitTree } from './typed-transformations.ts';

const wave = (shape: readonly number[], phase: number) => waveOf(shape, phase, DType.Float32);

type Pair = { a: np.Array; b: np.Array[] };

beforeAll(() => init('wasm'));

const pair = (x: number, y: number, z: number): Pair => ({ a: np.array([x, y]), b: [np.array([[z]])] });
const flat = (of: Pair | MlpParams): number[] =>
  tree.leaves<np.Array>(of).flatMap((leaf) => [...leaf.dataSync()]);

describe('trees as vectors', () => {
  it('add, subtract and scale array by array', () => {
    expect(flat(treeAdd(pair(1, 2, 3), pair(10, 20, 30)))).toEqual([11, 22, 33]);
    expect(flat(treeSubtract(pair(1, 2, 3), pair(10, 20, 30)))).toEqual([-9, -18, -27]);
    expect(flat(treeScale(pair(1, 2, 3), -2))).toEqual([-2, -4, -6]);
    expect(flat(treeScale(pair(1, 2, 3), np.array(2)))).toEqual([2, 4, 6]);
  });

  it('have the inner product and the norm of all their numbers together', () => {
    expect(treeDot(pair(1, 2, 3), pair(4, -5, 6)).item()).toBe(12);
    expect(treeNorm(pair(2, 3, 6)).item()).toBeCloseTo(7, 6);
  });

  it('projected leave nothing along the other, and lose nothing to a zero', () => {
    const rest = projectOut(pair(1, 2, 3), pair(4, -5, 6));
    expect(treeDot(tree.ref(rest), pair(4, -5, 6)).item()).toBeCloseTo(0, 5);
    expect(treeDot(rest, pair(5, 4, 0)).item()).toBeCloseTo(13, 5);
    expect(flat(projectOut(pair(1, 2, 3), pair(0, 0, 0)))).toEqual([1, 2, 3]);
  });

  it('lie on a straight line between two models', () => {
    expect(flat(interpolateParams(pair(0, 2, 4), pair(8, 2, 0), 0.25))).toEqual([2, 2, 3]);
  });
});

describe('a Hessian-vector product', () => {
  it('of a quadratic is its matrix times the vector', () => {
    const matrix = [
      [3, 1],
      [1, 2],
    ];
    const loss = (x: np.Array) => np.matmul(np.matmul(np.array(matrix), x.ref), x).mul(0.5);
    const product = hessianVectorProduct(loss, np.array([0.3, -0.7]), np.array([1, -2]));
    expect([...product.dataSync()]).toEqual([1, -3]);
  });

  it('of a network under jit is what differences of its gradients say, through two products of matrices', () => {
    const inputs = () => wave([6, 4], 1);
    const labels = () => np.array(Int32Array.from([0, 1, 2, 0, 1, 2]));
    const loss = (params: MlpParams) =>
      softmaxCrossEntropyWithIntegerLabels(mlp(params, inputs(), { activation: np.tanh }), labels()).mean();
    const shape = initMlp(pcg32(1), { sizes: [4, 5, 3] });
    const waves = (phase: number): MlpParams => ({
      layers: shape.layers.map(({ weight }, i) => ({
        weight: wave(weight.shape, phase + i).mul(0.5),
        bias: wave(weight.shape.slice(1), phase + i + 0.5),
      })),
    });
    const product = jitTree((params: MlpParams, vector: MlpParams) =>
      hessianVectorProduct(loss, params, vector),
    );
    const found = flat(product(waves(1), waves(7)));
    const gradient = jitTree(gradTree(loss));
    const h = 1e-2;
    const ahead = flat(gradient(treeAdd(waves(1), treeScale(waves(7), h))));
    const behind = flat(gradient(treeAdd(waves(1), treeScale(waves(7), -h))));
    expect(found.some((value) => Math.abs(value) > 0.02)).toBe(true);
    for (const [i, value] of found.entries()) {
      expect(value).toBeCloseTo(((ahead[i] ?? 0) - (behind[i] ?? 0)) / (2 * h), 3);
    }
  });
});
