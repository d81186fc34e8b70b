import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { permutation } from '../random/permutation.ts';
import { ReplayBuffer } from './replay-buffer.ts';

/** Offers `count` examples of classes 0 … classes − 1 in turn; an item is [label, index]. */
function filled(
  capacity: number,
  policy: 'class-balanced' | 'reservoir',
  labels: readonly number[],
  seed = 1,
) {
  const buffer = new ReplayBuffer<readonly [number, number]>({ capacity, policy });
  const random = pcg32(seed);
  for (const [i, label] of labels.entries()) buffer.add([label, i], label, random);
  return buffer;
}

const countsOf = (items: readonly (readonly [number, number])[], classes: number) =>
  Array.from({ length: classes }, (_, label) => items.filter(([of]) => of === label).length);

const spread = (counts: readonly number[]) => Math.max(...counts) - Math.min(...counts);

describe('a replay buffer', () => {
  it('never keeps more than its capacity, nor an example twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('class-balanced', 'reservoir'),
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 120 }),
        (policy, capacity, labels) => {
          const buffer = filled(capacity, policy, labels);
          expect(buffer.size).toBeLessThanOrEqual(capacity);
          expect(new Set(buffer.items.map(([, index]) => index)).size).toBe(buffer.size);
          const drawn = buffer.draw(10, pcg32(2));
          expect(drawn).toHaveLength(Math.min(10, buffer.size));
          expect(new Set(drawn.map(([, index]) => index)).size).toBe(drawn.length);
        },
      ),
    );
  });

  it('keeps the classes in balance however they come, and draws them so', () => {
    const labels = [
      ...new Array<number>(300).fill(0),
      ...new Array<number>(40).fill(1),
      ...new Array<number>(90).fill(2),
    ];
    const buffer = filled(31, 'class-balanced', labels);
    expect(countsOf(buffer.items, 3)).toEqual([11, 10, 10]);
    for (let seed = 0; seed < 20; seed++) {
      expect(spread(countsOf(buffer.draw(16, pcg32(seed)), 3))).toBeLessThanOrEqual(1);
    }
  });

  it('fills a draw from the classes that have enough', () => {
    const buffer = filled(100, 'class-balanced', [0, 0, ...new Array<number>(30).fill(1)]);
    expect(countsOf(buffer.draw(12, pcg32(1)), 2)).toEqual([2, 10]);
  });

  it('keeps each example of a class with the same probability, early or late, also after making room', () => {
    const early = new Array<number>(20).fill(0);
    const kept = new Float64Array(40);
    const runs = 3000;
    for (let seed = 1; seed <= runs; seed++) {
      for (const [, index] of filled(
        10,
        'class-balanced',
        [...early, 1, ...new Array<number>(19).fill(0)],
        seed,
      ).items)
        kept[index] = (kept[index] ?? 0) + 1;
    }
    // 39 examples of class 0 share 5 places: each stays with probability 5/39, give or take five standard deviations.
    const p = 5 / 39;
    for (const [index, count] of kept.entries()) {
      if (index === 20) expect(count).toBe(runs);
      else expect(Math.abs(count / runs - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / runs));
    }
  });

  it('without balance is a uniform sample of all', () => {
    const kept = new Float64Array(30);
    const runs = 3000;
    for (let seed = 1; seed <= runs; seed++) {
      for (const [, index] of filled(6, 'reservoir', [...new Array<number>(25).fill(0), 1, 2, 3, 4, 5], seed)
        .items)
        kept[index] = (kept[index] ?? 0) + 1;
    }
    for (const count of kept) {
      expect(Math.abs(count / runs - 0.2)).toBeLessThan(5 * Math.sqrt(0.16 / runs));
    }
  });

  it('is the same for the same seed', () => {
    const labels = Array.from({ length: 200 }, (_, i) => i % 7);
    expect(filled(20, 'class-balanced', labels).items).toEqual(filled(20, 'class-balanced', labels).items);
  });

  it('refuses a capacity below one and half a draw', () => {
    expect(() => new ReplayBuffer({ capacity: 0, policy: 'reservoir' })).toThrow(RangeError);
    expect(() => filled(3, 'reservoir', [0]).draw(0.5, pcg32(1))).toThrow(RangeError);
  });
});

describe('a permutation', () => {
  it('holds every number once, and every order is as likely', () => {
    const orders = new Map<string, number>();
    const random = pcg32(5);
    for (let i = 0; i < 6000; i++) {
      const order = permutation(3, random).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect([...orders.keys()].toSorted()).toEqual(['012', '021', '102', '120', '201', '210']);
    for (const count of orders.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(permutation(0, random)).toHaveLength(0);
  });
});
