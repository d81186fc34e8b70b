// The stored references of the Python scripts beside this file, and the waves that their arrays start from.
import { readFileSync } from 'node:fs';
import { DType, numpy as np } from '@jax-js/jax';

/** What an array is made of: a shape and its numbers, row by row. */
export type Stored = readonly [shape: number[], values: number[]];

export interface Reference {
  readonly value: readonly number[];
  /** By the names of the arrays, in the order of their phases. */
  readonly gradients: ReadonlyMap<string, Stored>;
}

/**
 * @param script whose references: `reference-layers.py` or `reference-losses.py`
 * @throws TypeError when the file is not what the script writes
 */
export function readReferences(script: 'layers' | 'losses'): ReadonlyMap<string, Reference> {
  const file = new URL(`./fixtures/reference-${script}.json`, import.meta.url);
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(
    entriesOf(parsed).map(([name, reference]) => {
      const parts = new Map(entriesOf(reference));
      const gradients = entriesOf(parts.get('gradients')).map(([array, stored]): [string, Stored] => {
        const [shape, values] = Array.isArray(stored) ? stored : [];
        return [array, [numbersOf(shape), numbersOf(values)]];
      });
      return [name, { value: numbersOf(parts.get('value')), gradients: new Map(gradients) }];
    }),
  );
}

/** sin(phase + 0.37·i), i in row-major order. */
export function wave(shape: readonly number[], phase: number, dtype: DType = DType.Float64): np.Array {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const values = Float64Array.from({ length: size }, (_, i) => Math.sin(phase + 0.37 * i));
  return np.array(dtype === DType.Float64 ? values : Float32Array.from(values), { shape: [...shape] });
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) throw new TypeError('The references are damaged.');
  return Object.entries(value);
}

function numbersOf(value: unknown): number[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) {
    throw new TypeError('The references are damaged.');
  }
  return value;
}
