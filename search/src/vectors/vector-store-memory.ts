// A store of vectors that lives as long as the process: for evaluation and tests.
import { SearchError } from '../errors.ts';
import { KeyTable } from './key-table.ts';
import type { VectorStore } from './vector-store.ts';

/** Vectors in an array of chunks. */
export function memoryVectorStore(dimensions: number): VectorStore {
  const table = new KeyTable();
  const vectors: Float32Array[] = [];
  return {
    dimensions,
    get size() {
      return table.size;
    },
    positionOf: (key) => table.get(key),
    async add(entries) {
      checkLengths(entries, dimensions);
      return Int32Array.from(entries, ({ key, vector }) => {
        const known = table.get(key);
        if (known >= 0) return known;
        const position = vectors.push(Float32Array.from(vector)) - 1;
        table.set(key, position);
        return position;
      });
    },
    read: (position) => vectors[position],
    async flush() {},
    async close() {},
  };
}

/** @throws SearchError `bad-input` when a vector is not as long as the store's. */
export function checkLengths(
  entries: readonly { readonly vector: Float32Array }[],
  dimensions: number,
): void {
  for (const { vector } of entries)
    if (vector.length !== dimensions)
      throw new SearchError(
        'bad-input',
        `A vector has ${vector.length} dimensions, those of this store have ${dimensions}.`,
        { field: 'vector' },
      );
}
