import { grad, init, jit, numpy as np } from '@jax-js/jax';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { contrastiveUnlearningLoss } from './contrastive-unlearning.ts';
import { gradientAscentLoss } from './gradient-ascent.ts';
import { pseudoLabels, randomLabels } from './labels.ts';
import { maskHead } from './mask-head.ts';
import { salUnMask } from './sal-un-mask.ts';

beforeAll(() => init('wasm'));

const numbers = (array: np.Array): number[] => Array.from(array.dataSync());

describe('labels to unlearn by', () => {
  it('are, drawn at random, never the own class and each other as often', () => {
    const own = new Array<number>(9000).fill(2);
    const drawn = randomLabels(own, 4, pcg32(1));
    const counts = [0, 1, 2, 3].map((c) => drawn.filter((label) => label === c).length);
    expect(counts[2]).toBe(0);
    for (const c of [0, 1, 3]) expect(Math.abs((counts[c] ?? 0) - 3000)).toBeLessThan(250);
  });

  it('are, made up by the original model, its best guess among what is kept', () => {
    const logits = [5, 1, 2, 0, 7, 3, -1, -2, -3];
    expect(Array.from(pseudoLabels(logits, 3, [0]))).toEqual([2, 1, 1]);
    expect(Array.from(pseudoLabels(logits, 3, []))).toEqual([0, 1, 0]);
  });

  it('cannot be found without a class, or for one that is none', () => {
    expect(() => pseudoLabels([1, 2], 2, [0, 1])).toThrow(RangeError);
    expect(() => pseudoLabels([1, 2, 3], 2, [0])).toThrow(RangeError);
    expect(() => randomLabels([2], 2, pcg32(1))).toThrow(RangeError);
    expect(() => randomLabels([0], 1, pcg32(1))).toThrow(RangeError);
  });
});

describe('a masked head', () => {
  it('changes the bias of the forgotten classes and no other', () => {
    expect(Array.from(maskHead([0.5, -1, 2], [1]))).toEqual([0.5, -1e4, 2]);
    expect(() => maskHead([0, 0], [2])).toThrow(RangeError);
  });
});

describe('gradient ascent', () => {
  it('has the gradient of cross-entropy turned round', () => {
    const logits = [1, 2, 0.5];
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    const loss = (x: np.Array) => gradientAscentLoss(x, np.array([[0, 1, 0]])).sum();
    expect(numbers(loss(np.array([logits])))[0]).toBeCloseTo(2 - Math.log(sum), 5);
    for (const [c, value] of numbers(jit(grad(loss))(np.array([logits]))).entries()) {
      expect(value).toBeCloseTo((c === 1 ? 1 : 0) - Math.exp(logits[c] ?? 0) / sum, 5);
    }
  });
});

describe('contrastive unlearning', () => {
  const features = [
    [1, 0.2, -0.5],
    [0.3, 1.5, 0.1],
    [-0.7, 0.4, 0.9],
    [0.6, -0.2, 0.8],
  ];
  const classes = [0, 1, 0, 2];
  const oneHot = classes.map((own) => [0, 1, 2].map((c) => (c === own ? 1 : 0)));

  /** The loss of one example in float64, straight from its definition. */
  function reference(rows: readonly (readonly number[])[], i: number): number {
    const unit = rows.map((row) => row.map((value) => value / Math.hypot(...row)));
    const score = (j: number) =>
      (unit[i] ?? []).reduce((sum, value, c) => sum + value * (unit[j]?.[c] ?? 0), 0);
    const rest = rows.map((_, j) => j).filter((j) => j !== i);
    const total = rest.reduce((sum, j) => sum + Math.exp(score(j)), 0);
    const others = rest.filter((j) => classes[j] !== classes[i]);
    return others.reduce((sum, j) => sum - Math.log(Math.exp(score(j)) / total), 0) / others.length;
  }
  const loss = (x: np.Array) => contrastiveUnlearningLoss(x, np.array(oneHot));

  it('is the mean surprise at the examples of other classes', () => {
    for (const [i, value] of numbers(loss(np.array(features))).entries())
      expect(value).toBeCloseTo(reference(features, i), 5);
  });

  it('has the gradient that finite differences of its definition have', () => {
    const found = numbers(jit(grad((x: np.Array) => loss(x).sum()))(np.array(features)));
    const total = (rows: readonly (readonly number[])[]) =>
      rows.reduce((sum, _, i) => sum + reference(rows, i), 0);
    for (const [i, row] of features.entries()) {
      for (const [c, value] of row.entries()) {
        const h = 1e-5;
        const moved = (by: number) => total(features.with(i, row.with(c, value + by)));
        expect(found[i * 3 + c]).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 4);
      }
    }
  });

  it('does not see the length of features, and is 0 where there is one class only', () => {
    const longer = features.map((row, i) => row.map((value) => value * (i + 1)));
    const plain = numbers(loss(np.array(features)));
    for (const [i, value] of numbers(loss(np.array(longer))).entries())
      expect(value).toBeCloseTo(plain[i] ?? 0, 5);
    const same = np.array(classes.map(() => [1, 0, 0]));
    for (const value of numbers(contrastiveUnlearningLoss(np.array(features), same)))
      expect(value).toBeCloseTo(0, 12);
    expect(() => contrastiveUnlearningLoss(np.ones([1, 3]), np.ones([1, 2]))).toThrow(RangeError);
  });

  it('stays finite, and so does its gradient, for features that are all 0', () => {
    const found = numbers(grad((x: np.Array) => loss(x).sum())(np.zeros([4, 3])));
    expect(found.every(Number.isFinite)).toBe(true);
  });
});

describe('the mask of SalUn', () => {
  it('lets the share with the largest gradients move, over all arrays together', () => {
    const mask = salUnMask(
      {
        a: np.array([
          [0.1, -5],
          [0.2, 3],
        ]),
        b: np.array([-4, 0]),
      },
      0.5,
    );
    expect(mask.a.shape).toEqual([2, 2]);
    expect(numbers(mask.a)).toEqual([0, 1, 0, 1]);
    expect(numbers(mask.b)).toEqual([1, 0]);
  });

  it('is exactly of the share asked for, also among equal gradients', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 10 }),
        (values, tenths) => {
          const half = Math.ceil(values.length / 2);
          const parts = [values.slice(0, half), values.slice(half)].filter(({ length }) => length > 0);
          const mask = salUnMask(
            parts.map((part) => np.array(part)),
            tenths / 10,
          );
          const found = mask.flatMap((part) => numbers(part));
          expect(found.filter((value) => value === 1)).toHaveLength(
            Math.round((values.length * tenths) / 10),
          );
          const least = Math.min(...values.filter((_, i) => found[i] === 1).map(Math.abs));
          const most = Math.max(...values.filter((_, i) => found[i] === 0).map(Math.abs));
          expect(least).toBeGreaterThanOrEqual(most);
        },
      ),
    );
    expect(() => salUnMask([np.array([1])], 1.5)).toThrow(RangeError);
  });
});
