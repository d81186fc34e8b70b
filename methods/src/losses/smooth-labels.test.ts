import { init, numpy as np } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { smoothLabels } from './smooth-labels.ts';

beforeAll(() => init('wasm'));

describe('smoothed labels', () => {
  it('stay distributions, with α/C for a class that is not the right one', () => {
    expect(smoothLabels(np.array([[0, 1, 0, 0]]), 0.5).js()).toEqual([[0.125, 0.625, 0.125, 0.125]]);
    expect(smoothLabels(np.array([[0.5, 0.5]]), 0.25).js()).toEqual([[0.5, 0.5]]);
  });

  it('are the labels themselves with α = 0, and say nothing with α = 1', () => {
    expect(smoothLabels(np.array([[0, 1]]), 0).js()).toEqual([[0, 1]]);
    expect(smoothLabels(np.array([[0, 1]]), 1).js()).toEqual([[0.5, 0.5]]);
  });

  it('are refused for an α that is no share', () => {
    for (const alpha of [-0.1, 1.1, Number.NaN])
      expect(() => smoothLabels(np.array([[0, 1]]), alpha)).toThrow(RangeError);
  });
});
