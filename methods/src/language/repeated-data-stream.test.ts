import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeatedDataStream } from './repeated-data-stream.ts';

const pools = { unique: 600, repeated: 500 };
const base = { fraction: 0.5, batchSize: 8, steps: 100, seed: 3 };

describe('a stream with repeated data', () => {
  it('has exactly f of every batch from the slice, every sequence of it exactly R times', () => {
    const options = fc.record({
      repeats: fc.constantFrom(1, 4, 10, 50, 100, 400),
      seed: fc.integer({ min: 0, max: 1000 }),
    });
    fc.assert(
      fc.property(options, (given) => {
        const { slice, unique, repeated } = repeatedDataStream(pools, { ...base, ...given });
        expect(slice.length).toBe(400 / given.repeats);
        expect(new Set(slice).size).toBe(slice.length);
        expect(unique.every((batch) => batch.length === 4)).toBe(true);
        expect(repeated.every((batch) => batch.length === 4)).toBe(true);
        const seen = new Map<number, number>();
        for (const index of repeated.flatMap((batch) => [...batch]))
          seen.set(index, (seen.get(index) ?? 0) + 1);
        expect([...seen.keys()].sort((a, b) => a - b)).toEqual([...slice].sort((a, b) => a - b));
        expect([...seen.values()].every((times) => times === given.repeats)).toBe(true);
        const once = unique.flatMap((batch) => [...batch]);
        expect(new Set(once).size).toBe(400);
        expect(once.every((index) => index >= 0 && index < pools.unique)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('shows the same unique data in the same order whatever is repeated', () => {
    const once = repeatedDataStream(pools, { ...base, repeats: 1 });
    const often = repeatedDataStream(pools, { ...base, repeats: 100 });
    expect(often.unique).toEqual(once.unique);
  });

  it('passes over the whole slice before it begins again', () => {
    const { slice, repeated } = repeatedDataStream(pools, { ...base, repeats: 50 });
    const first = repeated.slice(0, 2).flatMap((batch) => [...batch]);
    expect(new Set(first).size).toBe(slice.length);
  });

  it('may repeat nothing or everything', () => {
    expect(repeatedDataStream(pools, { ...base, fraction: 0, repeats: 1, steps: 50 }).slice).toHaveLength(0);
    expect(repeatedDataStream(pools, { ...base, fraction: 1, repeats: 2 }).unique[0]).toHaveLength(0);
  });

  it('refuses shares that are not whole sequences, and pools that are too small', () => {
    expect(() => repeatedDataStream(pools, { ...base, fraction: 0.3, repeats: 1 })).toThrow('whole numbers');
    expect(() => repeatedDataStream(pools, { ...base, repeats: 300 })).toThrow('whole numbers');
    expect(() => repeatedDataStream(pools, { ...base, repeats: 0 })).toThrow(RangeError);
    expect(() => repeatedDataStream(pools, { ...base, fraction: 1.5, repeats: 1 })).toThrow(RangeError);
    expect(() => repeatedDataStream({ unique: 399, repeated: 500 }, { ...base, repeats: 1 })).toThrow(
      'fewer',
    );
    expect(() => repeatedDataStream({ unique: 600, repeated: 399 }, { ...base, repeats: 1 })).toThrow(
      'fewer',
    );
  });
});
