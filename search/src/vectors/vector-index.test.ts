import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bitset } from '../bitset.ts';
import { exactSearch, plainSearch } from '../testing/plain-scan.ts';
import { rowsPerBlock } from './vector-blocks.ts';
import { VectorIndex, type VectorMatches } from './vector-index.ts';

const listed = ({ ordinals, similarities }: VectorMatches) => ({
  ordinals: [...ordinals],
  similarities: [...similarities],
});

/** Vectors with zeros, repeats and large numbers among them, as they come and go. */
const history = fc.integer({ min: 1, max: 70 }).chain((dimensions) => {
  const vector = fc.oneof(
    fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: dimensions, maxLength: dimensions }),
    fc.array(fc.constantFrom(0, 1, -1), { minLength: dimensions, maxLength: dimensions }),
    fc.constant(Array<number>(dimensions).fill(0)),
    fc.array(fc.constantFrom(1e15, -1e15, 1e-40), { minLength: dimensions, maxLength: dimensions }),
  );
  return fc.record({
    dimensions: fc.constant(dimensions),
    steps: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.record({ ordinal: fc.nat(60), vector }) },
        { weight: 1, arbitrary: fc.record({ ordinal: fc.nat(60) }) },
      ),
      { maxLength: 80 },
    ),
    query: vector.map((values) => Float32Array.from(values)),
    k: fc.nat(70),
    accepted: fc.option(fc.array(fc.nat(60), { maxLength: 60 }), { nil: undefined }),
  });
});

function replay(
  index: VectorIndex,
  steps: readonly { ordinal: number; vector?: readonly number[] }[],
  exact?: Map<number, Float32Array>,
): Map<number, Float32Array> {
  const vectors = new Map<number, Float32Array>();
  for (const { ordinal, vector } of steps) {
    if (vector === undefined) {
      index.remove(ordinal);
      vectors.delete(ordinal);
    } else {
      const values = Float32Array.from(vector);
      const position = exact?.size ?? -1;
      exact?.set(position, values);
      index.set(ordinal, values, position);
      vectors.set(ordinal, values);
    }
  }
  return vectors;
}

function bitsetOf(ordinals: readonly number[]): Bitset {
  const bits = new Bitset(61);
  for (const ordinal of ordinals) bits.add(ordinal);
  return bits;
}

describe('the scan', () => {
  it('gives to the last bit what plain loops give, whatever was set, replaced and removed before', () => {
    fc.assert(
      fc.property(history, ({ dimensions, steps, query, k, accepted }) => {
        const index = new VectorIndex({ dimensions });
        const vectors = replay(index, steps);
        const accept = accepted === undefined ? undefined : bitsetOf(accepted);
        expect(index.size).toBe(vectors.size);
        expect(listed(index.search(query, { k, ...(accept && { accept }) }))).toEqual(
          plainSearch(vectors, query, k, (ordinal) => accept?.has(ordinal) ?? true),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same by signs first when all signs are followed', () => {
    fc.assert(
      fc.property(history, ({ dimensions, steps, query, k, accepted }) => {
        const index = new VectorIndex({ dimensions, signsFrom: 0, closestBySign: 1000 });
        const vectors = replay(index, steps);
        const accept = accepted === undefined ? undefined : bitsetOf(accepted);
        expect(listed(index.search(query, { k, ...(accept && { accept }) }))).toEqual(
          plainSearch(vectors, query, k, (ordinal) => accept?.has(ordinal) ?? true),
        );
      }),
    );
  });

  it('ranks the best by their exact vectors where there are some', () => {
    const unit = fc
      .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 24, maxLength: 24 })
      .map((values) => Float32Array.from(values));
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 50 }), unit, (given, query) => {
        const index = new VectorIndex({ dimensions: 24, exact: { read: (position) => given[position] } });
        for (const [i, vector] of given.entries()) index.set(i, vector, i);
        // Twice the results and fifty more are read again: here, all.
        const { ordinals, similarities } = index.search(query, { k: 10 });
        expect([...ordinals]).toEqual(exactSearch(new Map(given.entries()), query, 10));
        expect([...index.similarity(query, ordinals)]).toEqual([...similarities]);
      }),
    );
  });

  it('tells for any ordinals what the scan tells, and nothing of those without a vector', () => {
    fc.assert(
      fc.property(history, ({ dimensions, steps, query }) => {
        const index = new VectorIndex({ dimensions });
        const vectors = replay(index, steps);
        const scanned = index.search(query, { k: vectors.size });
        expect([...index.roughSimilarity(query, scanned.ordinals)]).toEqual([...scanned.similarities]);
        const without = [...Array(300).keys(), 0xffffffff].filter((ordinal) => !vectors.has(ordinal));
        expect([...index.roughSimilarity(query, without)]).toEqual(without.map(() => Number.NaN));
      }),
    );
  });

  it('reads only the best of many again, and keeps the order of the others', () => {
    const dimensions = 8;
    const vectors = Array.from({ length: 600 }, (_, i) =>
      Float32Array.from({ length: dimensions }, (_, d) => Math.sin(i * 1.3 + d * (i + 1))),
    );
    let reads = 0;
    const exact = {
      read: (position: number) => {
        reads += 1;
        return vectors[position];
      },
    };
    const index = new VectorIndex({ dimensions, exact });
    for (const [i, vector] of vectors.entries()) index.set(i, vector, i);
    const query = Float32Array.from({ length: dimensions }, (_, d) => Math.cos(d));
    const { ordinals, similarities } = index.search(query, { k: 500 });
    expect(reads).toBe(200);
    expect([...similarities]).toEqual([...similarities].sort((a, b) => b - a));
    expect([...ordinals.subarray(0, 100)]).toEqual(exactSearch(new Map(vectors.entries()), query, 100));
    expect(new Set(ordinals).size).toBe(500);
    reads = 0;
    index.search(query, { k: 20 });
    expect(reads).toBe(90);
  });

  it('goes on over many blocks', () => {
    const index = new VectorIndex({ dimensions: 16 });
    const count = rowsPerBlock * 2 + 100;
    const vectors = new Map<number, Float32Array>();
    for (let i = 0; i < count; i += 1) {
      const vector = Float32Array.from({ length: 16 }, (_, d) => Math.sin(i * 0.7 + d * i));
      vectors.set(i, vector);
      index.set(i, vector);
    }
    const query = Float32Array.from({ length: 16 }, (_, d) => Math.cos(d));
    expect(listed(index.search(query, { k: 50 }))).toEqual(plainSearch(vectors, query, 50));
    const few = new Bitset(count);
    for (const ordinal of [0, 31, 32, rowsPerBlock, count - 1]) few.add(ordinal);
    expect(listed(index.search(query, { k: 50, accept: few }))).toEqual(
      plainSearch(vectors, query, 50, (ordinal) => few.has(ordinal)),
    );
  });

  it('counts the signs as they are, over more than 128 dimensions and few wanted', () => {
    const index = new VectorIndex({ dimensions: 200, signsFrom: 0, closestBySign: 1 });
    const signs = (flipped: number): Float32Array =>
      Float32Array.from({ length: 200 }, (_, d) => (d < flipped ? -1 : 1));
    for (let i = 0; i < 150; i += 1) index.set(i, signs(i));
    // A hundred of the closest at least are compared for each result.
    expect([...index.search(signs(0), { k: 1 }).ordinals]).toEqual([0]);
    expect([...index.search(signs(0), { k: 150 }).ordinals]).toEqual([...Array(150).keys()]);
  });
});

describe('an index of vectors', () => {
  it('orders equal similarities by ordinal', () => {
    const index = new VectorIndex({ dimensions: 3 });
    for (const ordinal of [9, 4, 7, 1]) index.set(ordinal, Float32Array.of(1, 0, 0));
    expect([...index.search(Float32Array.of(1, 1, 0), { k: 3 }).ordinals]).toEqual([1, 4, 7]);
  });

  it('gives back what was set, as exact as it is known', () => {
    const index = new VectorIndex({ dimensions: 2 });
    index.set(5, Float32Array.of(0.5, -1));
    expect(index.vector(5)?.[0]).toBeCloseTo(0.5, 2);
    expect(index.vector(5)?.[1]).toBeCloseTo(-1, 6);
    expect(index.vector(4)).toBeUndefined();
    expect([...index.similarity(Float32Array.of(0, 1), [5, 4])]).toEqual([expect.closeTo(-1, 5), 0]);
    expect([...index.entries()]).toEqual([{ ordinal: 5, position: -1 }]);
  });

  it('finds nothing in nothing, and nothing when nothing is asked for', () => {
    const index = new VectorIndex({ dimensions: 2 });
    expect(index.search(Float32Array.of(1, 0), { k: 5 }).ordinals).toHaveLength(0);
    index.set(0, Float32Array.of(1, 0));
    expect(index.search(Float32Array.of(1, 0), { k: 0 }).ordinals).toHaveLength(0);
    expect(index.search(Float32Array.of(1, 0), { k: -3 }).ordinals).toHaveLength(0);
  });

  it('refuses vectors of another length, numbers that are none, and ordinals that are none', () => {
    const index = new VectorIndex({ dimensions: 2 });
    const badInput = expect.objectContaining({ code: 'bad-input' });
    expect(() => index.set(0, Float32Array.of(1))).toThrow(badInput);
    expect(() => index.set(0, Float32Array.of(1, Number.NaN))).toThrow(badInput);
    expect(() => index.set(-1, Float32Array.of(1, 2))).toThrow(badInput);
    expect(() => index.search(Float32Array.of(1, Number.POSITIVE_INFINITY), { k: 1 })).toThrow(badInput);
    expect(() => new VectorIndex({ dimensions: 0 })).toThrow(badInput);
    expect(index.size).toBe(0);
  });
});
