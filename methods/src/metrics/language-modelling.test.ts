import { describe, expect, it } from 'vitest';
import { bitsPerCharacter, perplexity, tokenNll } from './language-modelling.ts';

describe('language modelling', () => {
  it('is as unsure as the vocabulary is large when all logits are equal', () => {
    const nll = tokenNll(new Float32Array(3 * 8), [0, 3, 7], 8);
    expect(perplexity(nll)).toBeCloseTo(8, 12);
    expect(bitsPerCharacter(nll, 3)).toBeCloseTo(3, 12);
    expect(bitsPerCharacter(nll, 6)).toBeCloseTo(1.5, 12);
  });

  it('is −log softmax, unmoved by a constant and safe for large logits', () => {
    const expected = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(-1)) - 2;
    expect(tokenNll([1, 2, -1], [1], 3)[0]).toBeCloseTo(expected, 12);
    expect(tokenNll([1001, 1002, 999], [1], 3)[0]).toBeCloseTo(expected, 10);
    expect(tokenNll([0, Number.NEGATIVE_INFINITY], [1], 2)[0]).toBe(Number.POSITIVE_INFINITY);
  });

  it('refuses shapes, targets and logits that say nothing', () => {
    expect(() => tokenNll([0, 0, 0], [0], 2)).toThrow(RangeError);
    expect(() => tokenNll([0, 0], [2], 2)).toThrow(RangeError);
    expect(() => tokenNll([0, Number.NaN], [0], 2)).toThrow(RangeError);
    expect(() => tokenNll([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY], [0], 2)).toThrow(RangeError);
    expect(() => perplexity([])).toThrow(RangeError);
    expect(() => bitsPerCharacter([1], 0)).toThrow(RangeError);
  });
});
