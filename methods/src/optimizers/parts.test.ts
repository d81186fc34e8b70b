import { init, jit, numpy as np, tree } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { jitTree } from '../gradients/typed-transformations.ts';
import { adam } from './adam.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { clipByValue, freeze, scale, signDescent } from './elementwise.ts';
import { leafNames, namedLeaves, unnamedLeaves } from './named-leaves.ts';
import { masked, partition } from './partition.ts';
import { momentum, sgd } from './sgd.ts';
import { type ArrayTree, applyUpdates, chain, type Transformation } from './transformation.ts';

type Params = { trunk: { weight: np.Array }[]; head: np.Array };

beforeAll(() => init('wasm'));

const params = (): Params => ({ trunk: [{ weight: np.array([1, -2]) }], head: np.array([4]) });
const gradients = (t: number): Params => ({
  trunk: [{ weight: np.array([Math.sin(t), 0.5 * Math.cos(3 * t)]) }],
  head: np.array([t - 1.5]),
});
const flat = (of: ArrayTree): number[] => tree.leaves<np.Array>(of).flatMap((leaf) => [...leaf.dataSync()]);

/** Where the parameters are after four jitted steps with the rates 0.1, 0.05, 0.1/3, 0.025. */
function walked(optimizer: Transformation<Params>): number[] {
  const step = jitTree((at: Params, state: ArrayTree, g: Params, rate: np.Array): [Params, ArrayTree] => {
    const [updates, next] = optimizer.update(g, state, tree.ref(at), rate);
    return [applyUpdates(at, updates), next];
  });
  let at = params();
  let state = optimizer.init(tree.ref(at));
  for (let t = 0; t < 4; t++) [at, state] = step(at, state, gradients(t), np.array(0.1 / (t + 1)));
  tree.dispose(state);
  return flat(at);
}

/** The same walk in float64, one number at a time, by a rule of a gradient and the numbers that it remembers. */
function expected(rule: (g: number, memory: number[], t: number) => number): number[] {
  return [1, -2, 4].map((start, i) => {
    const memory: number[] = [];
    let at = start;
    for (let t = 0; t < 4; t++) {
      const g = [Math.sin(t), 0.5 * Math.cos(3 * t), t - 1.5][i] ?? 0;
      at -= (0.1 / (t + 1)) * rule(g, memory, t);
    }
    return at;
  });
}

function expectClose(found: number[], wanted: number[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(wanted[i] ?? Number.NaN, 5);
}

describe('descent', () => {
  it('goes down the gradient', () => {
    expectClose(
      walked(sgd()),
      expected((g) => g),
    );
  });

  it('with momentum goes down the decayed sum of gradients, with Nesterov’s look one step ahead of it', () => {
    const rule = (nesterov: boolean) => (g: number, memory: number[]) => {
      const m = 0.8 * (memory[0] ?? 0) + g;
      memory[0] = m;
      return nesterov ? g + 0.8 * m : m;
    };
    expectClose(walked(momentum({ decay: 0.8 })), expected(rule(false)));
    expectClose(walked(momentum({ decay: 0.8, nesterov: true })), expected(rule(true)));
  });

  it('by Adam is AdamW without decay', () => {
    const rule = (g: number, memory: number[], t: number) => {
      const m = 0.9 * (memory[0] ?? 0) + 0.1 * g;
      const v = 0.99 * (memory[1] ?? 0) + 0.01 * g * g;
      memory.splice(0, 2, m, v);
      return m / (1 - 0.9 ** (t + 1)) / (Math.sqrt(v / (1 - 0.99 ** (t + 1))) + 1e-8);
    };
    expectClose(walked(adam({ b2: 0.99 })), expected(rule));
  });

  it('by sign moves every number as far, and one without a gradient not at all', () => {
    // At t = 0 the first gradient is exactly 0.
    expectClose(
      walked(signDescent()),
      expected((g) => Math.sign(g)),
    );
  });

  it('is clipped number by number, and scaled', () => {
    const optimizer = chain<Params>(clipByValue(0.4), scale(3), sgd());
    expectClose(
      walked(optimizer),
      expected((g) => 3 * Math.min(0.4, Math.max(-0.4, g))),
    );
  });

  it('frozen stays', () => {
    expect(walked(freeze())).toEqual([1, -2, 4]);
  });
});

describe('a partition', () => {
  it('gives each parameter the optimizer of its label, which sees no other', () => {
    const optimizer = partition<Params>((name) => (name.startsWith('trunk') ? 'trunk' : 'head'), {
      trunk: chain(clipByGlobalNorm(0.1), sgd()),
      head: momentum({ decay: 0.8 }),
    });
    const trunk = chain<Params>(clipByGlobalNorm(0.1), sgd());
    const alone = (): number[] => {
      const only = {
        ...trunk,
        update: (g: Params, s: ArrayTree[], p: Params, rate: np.Array) =>
          trunk.update({ ...g, head: np.zeros([1]) }, s, p, rate),
      };
      return walked(only);
    };
    const [first, second] = alone();
    const third = expected((g, memory) => {
      memory[0] = 0.8 * (memory[0] ?? 0) + g;
      return memory[0];
    })[2];
    expectClose(walked(optimizer), [first ?? 0, second ?? 0, third ?? 0]);
  });

  it('keeps what is frozen', () => {
    const optimizer = partition<Params>((name) => (name === 'head' ? 'learns' : 'stays'), {
      learns: adam(),
      stays: freeze(),
    });
    const [first, second, third] = walked(optimizer);
    expect([first, second]).toEqual([1, -2]);
    expect(third).not.toBe(4);
  });

  it('has a transformation for every label', () => {
    const optimizer = partition<Params>(() => 'nobody', { somebody: sgd() });
    expect(() => optimizer.init(params())).toThrow(RangeError);
  });

  it('as a mask leaves the updates of the others as they are', () => {
    const optimizer = chain<Params>(
      masked((name) => name === 'head', clipByValue(0.2)),
      sgd(),
    );
    const plain = expected((g) => g);
    const clipped = expected((g) => Math.min(0.2, Math.max(-0.2, g)));
    expectClose(walked(optimizer), [plain[0] ?? 0, plain[1] ?? 0, clipped[2] ?? 0]);
  });
});

describe('names of leaves', () => {
  it('are the way to each array, in the library’s own order, and lead back', () => {
    const given = params();
    expect(leafNames(given)).toEqual(['trunk.0.weight', 'head']);
    const named = namedLeaves(given);
    const leaves = tree.leaves<np.Array>(given);
    for (const [i, leaf] of Object.values(named).entries()) expect(leaf === leaves[i]).toBe(true);
    const back = unnamedLeaves(given, Object.fromEntries(Object.entries(named).toReversed()));
    expect(back.trunk[0]?.weight === leaves[0] && back.head === leaves[1]).toBe(true);
  });

  it('are found inside a jitted function too', () => {
    const scaled = jit((given: Params) => {
      const { head, 'trunk.0.weight': weight } = namedLeaves(given);
      if (head === undefined || weight === undefined) throw new RangeError('A name is missing.');
      return weight.mul(head);
    });
    expect([...scaled(params()).dataSync()]).toEqual([4, -8]);
  });

  it('are refused where two would be the same, and where one is missing', () => {
    const leaf = np.array([1]);
    expect(() => leafNames({ 'a.b': leaf, a: { b: leaf } })).toThrow(RangeError);
    expect(() => unnamedLeaves({ a: leaf }, { b: leaf })).toThrow(RangeError);
    expect(() => unnamedLeaves({ toString: leaf }, {})).toThrow(RangeError);
  });
});
