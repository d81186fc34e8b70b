// How a function of named arrays is held against its stored reference and against finite differences.
import { DType, type numpy as np, tree } from '@jax-js/jax';
import { expect } from 'vitest';
import { gradTree, jitTree } from '../gradients/typed-transformations.ts';
import type { NamedLeaves } from '../optimizers/named-leaves.ts';
import { type Reference, readReferences, wave } from './reference.ts';

/** Consumes the arrays that the reference names. */
export type Case = (arrays: NamedLeaves) => np.Array;

/** What gradients may be apart by: under jit numbers beside arrays are rounded to float32, in float64 too. */
const gradientTolerance = new Map([
  [DType.Float64, 3e-6],
  [DType.Float32, 2e-5],
]);
/** Of values: the library's logarithm is that far off in either precision (../jax-traps.test.ts). */
const valueTolerance = 2e-5;

/**
 * The cases beside their references.
 * @throws RangeError when a case has no reference, or a reference no case
 */
export function referenced(
  script: 'layers' | 'losses',
  cases: Readonly<Record<string, Case>>,
): { name: string; f: Case; reference: Reference }[] {
  const references = readReferences(script);
  for (const name of references.keys()) {
    if (!Object.hasOwn(cases, name)) throw new RangeError(`The reference "${name}" has no case.`);
  }
  return Object.entries(cases).map(([name, f]) => {
    const reference = references.get(name);
    if (reference === undefined) throw new RangeError(`The case "${name}" has no reference.`);
    return { name, f, reference };
  });
}

/** The array of a name, which every case has. */
export function arrayAt(arrays: NamedLeaves, name: string): np.Array {
  const array = arrays[name];
  if (array === undefined) throw new RangeError(`The reference has no "${name}".`);
  return array;
}

/** Value and gradients are the reference's. */
export function expectReference(f: Case, reference: Reference, dtype: DType): void {
  const value = jitTree(f)(startOf(reference, dtype));
  expect(value.dtype).toBe(dtype);
  expect(value.size).toBe(reference.value.length);
  expect(distance(value.dataSync(), reference.value)).toBeLessThan(valueTolerance);
  const gradients = jitTree(gradTree(weighted(f, dtype)))(startOf(reference, dtype));
  for (const [name, [shape, expected]] of reference.gradients) {
    const found = arrayAt(gradients, name);
    expect(found.shape, name).toEqual(shape);
    expect(distance(found.dataSync(), expected), name).toBeLessThan(gradientTolerance.get(dtype) ?? 0);
  }
}

/** The gradient is what central differences measure along a direction through all arrays. */
export function expectSlope(f: Case, reference: Reference): void {
  const direction = (array: np.Array, i: number): np.Array => wave(array.shape, 40 + i);
  const loss = jitTree(weighted(f, DType.Float64));
  const moved = (by: number): number => {
    const arrays = Object.entries(startOf(reference, DType.Float64)).map(([name, array], i) => {
      return [name, array.add(direction(array, i).mul(by))];
    });
    return only(loss(Object.fromEntries(arrays)));
  };
  const h = 1e-3;
  const slope = (moved(h) - moved(-h)) / (2 * h);
  const gradients = jitTree(gradTree(weighted(f, DType.Float64)))(startOf(reference, DType.Float64));
  const along = Object.values(gradients).reduce(
    (sum, gradient, i) => sum + only(gradient.mul(direction(gradient, i)).sum()),
    0,
  );
  expect(Math.abs(slope - along) / Math.max(1, Math.abs(along))).toBeLessThan(1e-3);
}

/** No array that was given lives on. */
export function expectConsumed(f: Case, reference: Reference): void {
  const given = startOf(reference, DType.Float32);
  f(given).dispose();
  for (const leaf of tree.leaves<np.Array>(given)) expect(() => leaf.ref).toThrow();
}

function startOf({ gradients }: Reference, dtype: DType): NamedLeaves {
  return Object.fromEntries([...gradients].map(([name, [shape]], i) => [name, wave(shape, i + 1, dtype)]));
}

/** Σ f(p)·wave, whose gradient the references hold. */
function weighted(f: Case, dtype: DType): Case {
  return (arrays) => {
    const out = f(arrays);
    return out.mul(wave(out.shape, 9, dtype)).sum();
  };
}

function only(scalar: np.Array): number {
  return scalar.dataSync()[0] ?? Number.NaN;
}

/** The largest distance, as a share of the largest number expected. */
function distance(found: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(1, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs((found[i] ?? Number.NaN) - value))) / scale;
}
