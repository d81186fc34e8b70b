import { getHeapStatistics } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { giveBackMemory } from './give-back-memory.ts';

/** Some fifty megabytes of objects that nobody holds when it returns. */
function litter(): number {
  const kept = Array.from({ length: 200_000 }, (_, i) => ({ text: `${i}`.repeat(20), i, list: [i, i + 1] }));
  return kept.length;
}

describe('giving back memory', () => {
  it('shrinks a heap that grew', () => {
    litter();
    const before = getHeapStatistics().used_heap_size;
    expect(giveBackMemory(0)).toBe(true);
    expect(getHeapStatistics().used_heap_size).toBeLessThan(before);
  });

  it('does so again, and leaves what is held as it is', () => {
    const held = Array.from({ length: 1000 }, (_, i) => ({ i }));
    litter();
    const before = getHeapStatistics().used_heap_size;
    expect(giveBackMemory(0)).toBe(true);
    expect(getHeapStatistics().used_heap_size).toBeLessThan(before);
    expect(held.map(({ i }) => i)).toEqual([...Array(1000).keys()]);
  });

  it('leaves a small heap alone, and a collector in nobody else’s reach', () => {
    expect(giveBackMemory(Number.POSITIVE_INFINITY)).toBe(false);
    expect(globalThis.gc).toBeUndefined();
  });
});
