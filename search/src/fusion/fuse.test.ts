// What fusion promises: scale-free, monotone, explainable, and each ranking alone at the ends of the weight.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type Fusion, fuse } from './fuse.ts';

const candidates = fc
  .uniqueArray(
    fc.record({
      ordinal: fc.nat(10_000),
      words: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 60, noNaN: true })),
      meaning: fc.oneof(fc.constant(null), fc.double({ min: -1, max: 1, noNaN: true })),
    }),
    { selector: ({ ordinal }) => ordinal, minLength: 1, maxLength: 40 },
  )
  .map((list): Candidate[] => list);
const weighted = (meaning: number, floor = -1): Fusion => ({ kind: 'weighted', meaning, floor });

const byScore = (list: readonly { ordinal: number; score: number }[]): number[] =>
  [...list].sort((a, b) => b.score - a.score || a.ordinal - b.ordinal).map(({ ordinal }) => ordinal);

describe('fusion', () => {
  it('is the ranking of the words at weight 0 and that of the meaning at weight 1', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const known = list.map((candidate) => ({ ...candidate, meaning: candidate.meaning ?? 0 }));
        expect(byScore(fuse(known, weighted(0)))).toEqual(
          byScore(known.map(({ ordinal, words }) => ({ ordinal, score: words / 64 }))),
        );
        expect(byScore(fuse(known, weighted(1, -2)))).toEqual(
          byScore(
            fuse(known, weighted(1, -2)).map(({ ordinal, meaning }) => ({
              ordinal,
              score: meaning.normalised,
            })),
          ),
        );
      }),
    );
  });

  it('does not depend on the scale of the words', () => {
    fc.assert(
      fc.property(candidates, fc.double({ min: 0, max: 1, noNaN: true }), (list, weight) => {
        const scaled = list.map((candidate) => ({ ...candidate, words: candidate.words * 8 }));
        expect(fuse(scaled, weighted(weight))).toEqual(fuse(list, weighted(weight)));
      }),
    );
  });

  it('never ranks lower what both rankings hold at least as good', () => {
    fc.assert(
      fc.property(
        candidates,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (list, weight, rrf) => {
          const known = list.map((candidate) => ({ ...candidate, meaning: candidate.meaning ?? -1 }));
          const fused = fuse(known, rrf ? { kind: 'rrf', k: 60 } : weighted(weight));
          for (const [i, a] of known.entries())
            for (const [j, b] of known.entries())
              if (a.words > b.words && a.meaning > b.meaning)
                expect(fused[i]?.score).toBeGreaterThanOrEqual(fused[j]?.score ?? Number.NaN);
        },
      ),
    );
  });

  it('is the sum of its explained parts, each normalised × weight, within its bounds', () => {
    fc.assert(
      fc.property(candidates, fc.double({ min: 0, max: 1, noNaN: true }), (list, weight) => {
        for (const { score, words, meaning } of fuse(list, weighted(weight))) {
          expect(score).toBe(words.contribution + meaning.contribution);
          for (const part of [words, meaning]) expect(part.contribution).toBe(part.normalised * part.weight);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  it('adds reciprocal ranks as Cormack, Clarke & Büttcher do', () => {
    const fused = fuse(
      [
        { ordinal: 1, words: 3, meaning: 0.2 },
        { ordinal: 2, words: 0, meaning: 0.9 },
        { ordinal: 3, words: 5, meaning: null },
      ],
      { kind: 'rrf', k: 60 },
    );
    expect(fused.map(({ score }) => score)).toEqual([1 / 62 + 1 / 62, 1 / 61, 1 / 61]);
  });

  it('gives a paper without a vector the mean of those that match a word', () => {
    const fused = fuse(
      [
        { ordinal: 1, words: 2, meaning: 0.5 },
        { ordinal: 2, words: 1, meaning: 0 },
        { ordinal: 3, words: 2, meaning: null },
        { ordinal: 4, words: 0, meaning: 1 },
      ],
      weighted(0.5, 0),
    );
    expect(fused[2]?.meaning.normalised).toBeCloseTo(0.25, 12);
  });
});
