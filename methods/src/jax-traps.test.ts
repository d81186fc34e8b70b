// Where the array library does something else than its models in Python do, as it is today, each with the way around
// it: an upgrade that changes one of these shows here first.
import * as library from '@jax-js/jax';
import { DType, grad, init, jit, jvp, lax, nn, numpy as np, random, tree } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { hessianVectorProduct } from './gradients/hessian-vector-product.ts';
import { treeDot } from './gradients/tree-arithmetic.ts';
import { gradTree, jitTree } from './gradients/typed-transformations.ts';
import { relu } from './layers/activations.ts';
import { convolution } from './layers/convolution.ts';
import { embedding } from './layers/embedding.ts';
import { wave } from './testing/reference.ts';

beforeAll(() => init('wasm'));

const integers = () => np.array(Int32Array.from([1, 2, 3]));
const float32 = (shape: number[], phase: number) => wave(shape, phase, DType.Float32);
const numbers = (array: np.Array): number[] => [...array.dataSync()];

// Matrices in float64, without the library.
const rows = ([m = 0, n = 0]: number[], phase: number): number[][] =>
  Array.from({ length: m }, (_, i) =>
    Array.from({ length: n }, (_, j) => Math.sin(phase + 0.37 * (i * n + j))),
  );
const times = (a: number[][], b: number[][]): number[][] =>
  a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, x, k) => sum + x * (b[k]?.[j] ?? 0), 0)));
const plus = (a: number[][], b: number[][]): number[][] =>
  a.map((row, i) => row.map((x, j) => x + (b[i]?.[j] ?? 0)));
const turned = (a: number[][]): number[][] => (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? 0));

describe('a trap of the array library', () => {
  it('is that an operation consumes its argument: keep it by `.ref`', () => {
    const x = np.array([1, 2]);
    expect(numbers(x.ref.add(1))).toEqual([2, 3]);
    expect(numbers(x.add(1))).toEqual([2, 3]);
    expect(() => x.add(1)).toThrow(/freed/);
  });

  it('is that integers and truth values times a number are integers, so 0.5 becomes 0: cast first', () => {
    expect(numbers(integers().mul(0.5))).toEqual([0, 0, 0]);
    expect(numbers(integers().div(2))).toEqual([0, 1, 1]);
    expect(numbers(integers().greater(1).mul(0.5))).toEqual([0, 0, 0]);
    expect(numbers(integers().astype(np.float32).mul(0.5))).toEqual([0.5, 1, 1.5]);
    expect(numbers(integers().greater(1).astype(np.float32).mul(0.5))).toEqual([0, 0.5, 0.5]);
  });

  it('is that the gradient of a look-up fails under jit: look up by one-hot rows', () => {
    const places = () => np.array(Int32Array.from([0, 2]));
    const lookedUp = (table: np.Array) => np.take(table, places(), 0).sum();
    const table = () =>
      np.array([
        [1, 2],
        [3, 4],
        [5, 6],
      ]);
    expect(numbers(gradTree(lookedUp)(table()))).toEqual([1, 1, 0, 0, 1, 1]);
    expect(() => jitTree(gradTree(lookedUp))(table())).toThrow(/scatter/);
    const byProduct = (weight: np.Array) => embedding({ weight }, places()).sum();
    expect(numbers(jitTree(gradTree(byProduct))(table()))).toEqual([1, 1, 0, 0, 1, 1]);
  });

  it('is that gradients of gradients through two products are wrong without a word: forward over reverse', () => {
    // f(A, B) = ‖XAB‖², so that H·(U, V) = 2·(Xᵀ(EBᵀ + PVᵀ), (XU)ᵀP + (XA)ᵀE) with P = XAB and E = X(UB + AV).
    type Pair = { a: np.Array; b: np.Array };
    const pair = (phase: number): Pair => ({ a: float32([4, 6], phase), b: float32([6, 4], phase + 1) });
    const f = ({ a, b }: Pair) => np.square(np.matmul(np.matmul(float32([8, 4], 5), a), b)).sum();
    const [x, [a, b], [u, v]] = [
      rows([8, 4], 5),
      [rows([4, 6], 1), rows([6, 4], 2)],
      [rows([4, 6], 3), rows([6, 4], 4)],
    ];
    const p = times(times(x, a), b);
    const e = times(x, plus(times(u, b), times(a, v)));
    const ofA = times(turned(x), plus(times(e, turned(b)), times(p, turned(v))));
    const ofB = plus(times(turned(times(x, u)), p), times(turned(times(x, a)), e));
    const right = [...ofA.flat(), ...ofB.flat()].map((value) => 2 * value);
    const away = ({ a, b }: Pair) =>
      Math.max(
        ...[...numbers(a), ...numbers(b)].map((value, i) => Math.abs(value - (right[i] ?? Number.NaN))),
      );
    const gradient = gradTree(f);
    const reverseOverReverse = gradTree((params: Pair, vector: Pair) => treeDot(gradient(params), vector));
    expect(away(reverseOverReverse(pair(1), pair(3)))).toBeGreaterThan(1);
    expect(away(hessianVectorProduct(f, pair(1), pair(3)))).toBeLessThan(1e-4);
    expect(
      away(jitTree((at: Pair, vector: Pair) => hessianVectorProduct(f, at, vector))(pair(1), pair(3))),
    ).toBeLessThan(1e-4);
  });

  it('is that forward over reverse is wrong under jit in float64: stay in float32', () => {
    const loss = (dtype: DType) => (w: np.Array) =>
      np
        .square(
          np.matmul(
            np.array(
              [
                [1, 2],
                [3, 4],
              ],
              { dtype },
            ),
            w,
          ),
        )
        .mean();
    const product = (dtype: DType) => (w: np.Array, v: np.Array) => hessianVectorProduct(loss(dtype), w, v);
    const given = (dtype: DType) =>
      np.array(
        [
          [1, 0],
          [0, 1],
        ],
        { dtype },
      );
    // H·v = 2XᵀX·v/4.
    const right = [5, 7, 7, 10];
    for (const dtype of [DType.Float32, DType.Float64]) {
      expect(numbers(product(dtype)(given(dtype), given(dtype)))).toEqual(right);
      const found = numbers(jitTree(product(dtype))(given(dtype), given(dtype)));
      if (dtype === DType.Float32) expect(found).toEqual(right);
      else expect(found).not.toEqual(right);
    }
  });

  it('is that the slope of its ReLU at 0 is 1: ours is 0', () => {
    const slopes = (f: (x: np.Array) => np.Array) =>
      numbers(gradTree((x: np.Array) => f(x).sum())(np.array([0, 1, -1])));
    expect(slopes(nn.relu)).toEqual([1, 1, 0]);
    expect(slopes(relu)).toEqual([0, 1, 0]);
  });

  it('is that a branch not taken still makes its gradient NaN: make its argument harmless first', () => {
    const logOr0 = (x: np.Array) => np.where(x.ref.greater(0), np.log(x), 0).sum();
    expect(numbers(gradTree(logOr0)(np.array([0, 2])))).toEqual([Number.NaN, 0.5]);
    const harmless = (x: np.Array) => {
      const positive = x.ref.greater(0);
      return np.where(positive.ref, np.log(np.where(positive, x, 1)), 0).sum();
    };
    expect(numbers(gradTree(harmless)(np.array([0, 2])))).toEqual([0, 0.5]);
  });

  it('is that trees are joined by the order in which their keys were written, not by the keys', () => {
    const a = { first: np.array([1]), second: np.array([2]) };
    const b = { second: np.array([20]), first: np.array([10]) };
    const sum = tree.map((x: np.Array, y: np.Array) => x.add(y), a, b);
    expect([...numbers(sum.first), ...numbers(sum.second)]).toEqual([21, 12]);
  });

  it('is that an object without a prototype is taken for an array', () => {
    const bare: { [name: string]: np.Array } = Object.create(null);
    bare.x = np.array([1]);
    expect(tree.leaves(bare)).toEqual([bare]);
  });

  it('is that numbers beside arrays of float64 are rounded to float32 under jit: give them as arrays', () => {
    const given = () => np.array(Float64Array.from([1, 2]));
    const third = (x: np.Array) => x.mul(1 / 3);
    expect(numbers(jitTree(third)(given()))).toEqual([Math.fround(1 / 3), 2 * Math.fround(1 / 3)]);
    const exactly = (x: np.Array, factor: np.Array) => x.mul(factor);
    expect(numbers(jitTree(exactly)(given(), np.array(Float64Array.from([1 / 3]))))).toEqual([1 / 3, 2 / 3]);
  });

  it('is that its logarithm is a hundred-thousandth too low below powers of two, in float64 too, and its slope is not', () => {
    const [near1, near2] = [0.999, 1.9];
    for (const dtype of [DType.Float32, DType.Float64]) {
      const given = () => np.array([near1, near2], { dtype });
      const [log1 = Number.NaN, log2 = Number.NaN] = numbers(np.log(given()));
      expect(Math.log(near1) - log1).toBeGreaterThan(1e-5);
      expect(Math.log(near1) - log1).toBeLessThan(1.5e-5);
      expect(Math.log(near2) - log2).toBeGreaterThan(5e-6);
      const slopes = numbers(gradTree((x: np.Array) => np.log(x).sum())(given()));
      for (const [i, x] of [near1, near2].entries()) expect(slopes[i]).toBeCloseTo(1 / x, 6);
    }
    const log1pOff = (dtype: DType) => {
      const [found = Number.NaN] = numbers(np.log1p(np.array([-0.1, 1], { dtype })));
      return Math.abs(found - Math.log1p(-0.1));
    };
    expect(log1pOff(DType.Float32)).toBeLessThan(1e-7);
    expect(log1pOff(DType.Float64)).toBeGreaterThan(1e-6);
  });

  it('is that a random key made inside a jitted function is another key: give it as an argument', () => {
    const ones = () => np.ones([1]);
    expect(numbers(random.key(1))).toEqual([0, 1]);
    expect(numbers(jitTree((x: np.Array) => x.mul(0).astype(np.uint32).add(random.key(1)))(ones()))).toEqual([
      1, 1,
    ]);
    const bits = (key: np.Array) => random.bits(key, [3]);
    expect(numbers(jitTree(bits)(random.key(1)))).toEqual(numbers(bits(random.key(1))));
  });

  it('is not that its convolution is wrong: it is many times slower than ours', () => {
    const images = () => float32([2, 5, 5, 2], 1);
    const kernel = () => float32([3, 3, 2, 3], 2);
    const theirs = (weight: np.Array) =>
      lax
        .conv(images().transpose([0, 3, 1, 2]), weight.transpose([3, 2, 0, 1]), [2, 2], 'SAME')
        .transpose([0, 2, 3, 1]);
    const ours = (weight: np.Array) => convolution({ weight }, images(), { stride: 2, padding: 'same' });
    const square = (f: (weight: np.Array) => np.Array) => (weight: np.Array) => np.square(f(weight)).sum();
    for (const of of [
      (f: (weight: np.Array) => np.Array) => numbers(f(kernel())),
      (f: (weight: np.Array) => np.Array) => numbers(jitTree(gradTree(square(f)))(kernel())),
    ]) {
      const expected = of(theirs);
      for (const [i, value] of of(ours).entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4);
    }
  });

  it('is that there are no loops and no gradients of one’s own: unroll, and detach by stopGradient', () => {
    for (const name of ['scan', 'whileLoop', 'cond', 'foriLoop']) expect(name in lax).toBe(false);
    const names = [library, lax, nn].flatMap((part) => Object.keys(part));
    expect(names).toContain('stopGradient');
    expect(names.filter((name) => /custom/i.test(name))).toEqual([]);
    const straightThrough = (x: np.Array) => {
      const rounded = np.floor(x.ref.add(0.5));
      return np.square(x.ref.add(lax.stopGradient(rounded.sub(x)))).sum();
    };
    expect(numbers(gradTree(straightThrough)(np.array([1.4, -0.6])))).toEqual([2, -2]);
  });

  it('is not that jit, jvp and grad disagree with calculus otherwise', () => {
    const cube = (x: np.Array) => x.ref.mul(x.ref).mul(x).sum();
    expect(numbers(jit(grad(cube))(np.array([1, 2])))).toEqual([3, 12]);
    const [value, slope] = jvp(cube, [np.array([1, 2])], [np.array([1, 1])]);
    expect([value.item(), slope.item()]).toEqual([9, 15]);
  });
});
