import { init, numpy as np, tree } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { interpolateParams } from './interpolate-params.ts';

beforeAll(() => init('wasm'));

const parameters = (values: readonly number[], bias: number) => ({
  weight: np.array([...values]),
  layers: [np.array([bias])],
});

describe('interpolating parameters', () => {
  it('gives both ends exactly, what lies between, and beyond', () => {
    const points = interpolateParams(
      parameters([1, -2, 0.1], 8),
      parameters([3, 2, 0.3], 0),
      [0, 1, 0.25, 1.5],
    );
    const values = points.map(({ weight, layers }) => [
      ...weight.dataSync(),
      ...layers.flatMap((layer) => [...layer.dataSync()]),
    ]);
    expect(values[0]).toEqual([1, -2, Math.fround(0.1), 8]);
    expect(values[1]).toEqual([3, 2, Math.fround(0.3), 0]);
    for (const [i, expected] of [1.5, -1, 0.15, 6].entries()) expect(values[2]?.[i]).toBeCloseTo(expected, 6);
    for (const [i, expected] of [4, 4, 0.4, -4].entries()) expect(values[3]?.[i]).toBeCloseTo(expected, 6);
  });

  it('consumes both ends, and leaves what the caller kept', () => {
    const a = parameters([1], 2);
    const b = parameters([3], 4);
    interpolateParams(tree.ref(a), b, [0.5]).forEach((point) => void tree.dispose(point));
    expect([...a.weight.dataSync()]).toEqual([1]);
    expect(() => b.weight.dataSync()).toThrow();
  });
});
