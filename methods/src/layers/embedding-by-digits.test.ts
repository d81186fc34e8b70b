import { grad, init, jit, numpy as np } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { embedding, initEmbedding } from './embedding.ts';
import { embeddingByDigits } from './embedding-by-digits.ts';

const options = { vocabulary: 24, width: 3 };
const weight = (): np.Array => initEmbedding(pcg32(5), options).weight;
const everyToken = (): np.Array =>
  np.array(Int32Array.from({ length: 24 }, (_, i) => (7 * i) % 24)).reshape([2, 12]);

beforeAll(() => init('wasm'));

describe('a look-up by digits', () => {
  it('gives the rows that a plain look-up gives, for every base that divides the vocabulary', () => {
    const plain = embedding({ weight: weight() }, everyToken());
    expect(plain.shape).toEqual([2, 12, 3]);
    const rows = Array.from(plain.dataSync());
    for (const base of [1, 2, 6, 24]) {
      const found = jit((w: np.Array, tokens: np.Array) => embeddingByDigits({ weight: w }, tokens, base))(
        weight(),
        everyToken(),
      );
      expect(found.shape).toEqual([2, 12, 3]);
      expect(Array.from(found.dataSync())).toEqual(rows);
    }
  });

  it('has the gradient of a plain look-up, where a token comes twice too', () => {
    const tokens = (): np.Array => np.array(Int32Array.of(3, 17, 3, 0, 23));
    const gradient = (look: (w: np.Array) => np.Array): number[] =>
      Array.from(
        grad((w: np.Array) => np.square(look(w)).sum())(weight())
          .reshape([72])
          .dataSync(),
      );
    const plain = gradient((w) => embedding({ weight: w }, tokens()));
    const digits = gradient((w) => embeddingByDigits({ weight: w }, tokens(), 6));
    digits.forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i] ?? Number.NaN, 6);
    });
  });

  it('refuses a base that does not divide the vocabulary', () => {
    expect(() => embeddingByDigits({ weight: weight() }, np.array(Int32Array.of(1)), 7)).toThrow(RangeError);
  });
});
