import { describe, expect, it } from 'vitest';
import { planMerge, type SegmentSize } from './merge-policy.ts';

/** Lives through puts of one size, merging whenever it is due. */
function grow(puts: number, documents: number): { sizes: SegmentSize[]; rewritten: number } {
  let sizes: SegmentSize[] = [];
  let rewritten = 0;
  for (let i = 0; i < puts; i += 1) {
    sizes.push({ documents, removed: 0 });
    for (let chosen = planMerge(sizes); chosen !== undefined; chosen = planMerge(sizes)) {
      const parts = new Set(chosen);
      const merged = chosen.reduce((sum, part) => sum + (sizes[part]?.documents ?? 0), 0);
      rewritten += merged;
      sizes = [...sizes.filter((_, part) => !parts.has(part)), { documents: merged, removed: 0 }];
    }
  }
  return { sizes, rewritten };
}

describe('the merge policy', () => {
  it('keeps the number of segments logarithmic, whether papers come singly or by the thousand', () => {
    expect(grow(20_000, 1).sizes.length).toBeLessThanOrEqual(20);
    expect(grow(1000, 3000).sizes.length).toBeLessThanOrEqual(24);
  });

  it('rewrites a paper a few times in its life', () => {
    expect(grow(1000, 3000).rewritten / 3_000_000).toBeLessThan(6);
  });

  it('never makes a segment of more than a million papers', () => {
    for (const { documents } of grow(1000, 3000).sizes) expect(documents).toBeLessThanOrEqual(1_000_000);
  });

  it('rewrites a segment that is removed by more than a third, whatever its size', () => {
    expect(
      planMerge([
        { documents: 900_000, removed: 400_000 },
        { documents: 10, removed: 0 },
      ]),
    ).toEqual([0]);
    expect(planMerge([{ documents: 9, removed: 9 }])).toEqual([0]);
  });

  it('lets few segments be', () => {
    expect(planMerge([])).toBeUndefined();
    expect(
      planMerge([
        { documents: 100, removed: 10 },
        { documents: 5, removed: 0 },
      ]),
    ).toBeUndefined();
  });
});
