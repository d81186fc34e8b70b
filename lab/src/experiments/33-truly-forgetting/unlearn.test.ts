import { init, type numpy as np, tree } from '@jax-js/jax';
import { type MlpParams, pcg32 } from '@offprint/methods';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DigitSets, Digits } from './digit-sets.ts';
import { measure } from './measure.ts';
import { batchesOf, newNetwork, openEye, streamOf, train } from './network.ts';
import { type Method, methods, unlearn } from './unlearn.ts';

const classes = 4;
const side = 6;

/** Images of four made-up shapes under noise: a bright quarter each. */
function shapes(count: number, seed: number): Digits {
  const random = pcg32(seed);
  const pixels = new Float32Array(count * side * side);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  for (let i = 0; i < pixels.length; i++) {
    const label = labels[Math.floor(i / (side * side))] ?? 0;
    const [x, y] = [i % side, Math.floor((i % (side * side)) / side)];
    const quarter = (x < side / 2 ? 0 : 1) + (y < side / 2 ? 0 : 2);
    pixels[i] = (quarter === label ? 0.6 : 0.1) + 0.3 * random.nextUnit();
  }
  return { pixels, labels, count };
}

const sets: DigitSets = {
  forgotten: [1],
  classes,
  train: shapes(200, 1),
  test: shapes(80, 2),
  downstream: { reference: shapes(60, 3), judged: shapes(40, 4) },
};

let original: MlpParams;
beforeAll(async () => {
  await init('wasm');
  const draw = batchesOf(
    sets.train,
    Array.from({ length: 200 }, (_, i) => i),
    classes,
    streamOf(1, 1),
  );
  original = train(newNetwork(side * side, classes, streamOf(1, 0)), draw, {
    steps: 150,
    batch: 20,
    learningRate: 0.05,
    progress: () => undefined,
  });
});

const weights = (params: MlpParams): number[] =>
  tree.leaves<np.Array>(tree.ref(params)).flatMap((leaf) => Array.from(leaf.dataSync()));

function after(method: Method, steps = 60): { params: MlpParams; found: ReturnType<typeof measure> } {
  const eye = openEye();
  const options = { method, steps, batch: 20, learningRate: 0.05 };
  const params = unlearn(original, sets, eye, options, streamOf(1, 6), () => undefined);
  const found = measure(params, sets, eye, 1);
  eye.dispose();
  return { params, found };
}

describe('unlearning', () => {
  it('starts from a network that knows all', () => {
    const eye = openEye();
    const { measures } = measure(original, sets, eye, 1);
    for (const known of [measures.FA, measures.RA, measures.TFA, measures.TRA])
      expect(known).toBeGreaterThan(0.95);
  });

  it.each(methods)('by %s leaves the original as it was', (method) => {
    const before = weights(original);
    after(method, 5);
    expect(weights(original)).toEqual(before);
  });

  it('by a masked head changes one number a forgotten class, and no feature', () => {
    const { params, found } = after('masked head');
    const before = weights(original);
    expect(weights(params).filter((value, i) => value !== before[i])).toEqual([-1e4]);
    expect(found.measures.FA).toBe(0);
    expect(found.measures.RA).toBeGreaterThan(0.95);
    const eye = openEye();
    expect(found.features).toEqual(measure(original, sets, eye, 1).features);
  });

  it.each(['random labels', 'pseudo labels', 'SalUn'] as const)(
    'by %s unlearns what it is to forget and keeps the rest',
    (method) => {
      const { measures } = after(method).found;
      expect(measures.FA).toBeLessThan(0.1);
      expect(measures.RA).toBeGreaterThan(0.9);
    },
  );

  it('by SalUn moves half of the parameters and no more', () => {
    const before = weights(original);
    const moved = weights(after('SalUn', 10).params).filter((value, i) => value !== before[i]).length;
    expect(moved).toBeLessThanOrEqual(Math.round(before.length / 2));
    expect(moved).toBeGreaterThan(0);
  });

  it('by gradient ascent is less sure of what it is to forget', () => {
    const sureness = (params: MlpParams): number => {
      const eye = openEye();
      const { logits } = eye.look(params, sets.train);
      eye.dispose();
      // Of class 1, by how far its unit is above the next one.
      const margins = Array.from(sets.train.labels).flatMap((label, i) => {
        const row = Array.from(logits.subarray(i * classes, (i + 1) * classes));
        return label === 1 ? [(row[1] ?? 0) - Math.max(...row.toSpliced(1, 1))] : [];
      });
      return margins.reduce((sum, margin) => sum + margin, 0) / margins.length;
    };
    expect(sureness(after('gradient ascent', 60).params)).toBeLessThan(sureness(original));
  });

  it('measures a network that diverged as not a number', () => {
    const eye = openEye();
    const broken = tree.map<np.Array, np.Array, MlpParams>(
      (leaf) => leaf.mul(Number.NaN),
      tree.ref(original),
    );
    const { measures, probe } = measure(broken, sets, eye, 1);
    expect(measures.FA).toBeNaN();
    expect(measures.knn['kNN forgotten']).toBeNaN();
    expect(probe).toBeNaN();
  });
});
