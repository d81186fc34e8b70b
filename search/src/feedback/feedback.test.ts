// What feedback promises: it stays between the query and its first results, and does nothing without them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Token } from '../analysis/analyser.ts';
import { type FeedbackDocument, rm3 } from './rm3.ts';
import { vectorRocchio } from './vector-rocchio.ts';

const tokens = (text: string): Token[] =>
  text.split(' ').map((term, position) => ({ term, position, start: 0, end: 0, variant: false }));
const rare = (): number => 0.001;
const settings = { depth: 2, terms: 3, original: 0.6 };

describe('RM3', () => {
  const documents: FeedbackDocument[] = [
    { tokens: tokens('cache token evict evict'), score: 3 },
    { tokens: tokens('cache memory'), score: 1 },
    { tokens: tokens('beyond the depth'), score: 9 },
  ];

  it('interpolates the query with what its first results say, as computed by hand', () => {
    // RM1: evict 3·2/4 = 1.5, cache 3/4 + 1/2 = 1.25, token 0.75, memory 0.5; three terms are kept, sum 3.5.
    const weights = new Map(
      rm3(['cache'], documents, rare, settings).map(({ term, weight }) => [term, weight]),
    );
    expect(weights.get('cache')).toBeCloseTo(0.6 + (0.4 * 1.25) / 3.5, 12);
    expect(weights.get('evict')).toBeCloseTo((0.4 * 1.5) / 3.5, 12);
    expect(weights.get('token')).toBeCloseTo((0.4 * 0.75) / 3.5, 12);
    expect(weights.size).toBe(3);
  });

  it('is a distribution, heaviest first, of the query and at most so many other terms', () => {
    const word = fc.constantFrom('aa', 'bb', 'cc', 'dd', 'ee', 'ff');
    const document = fc.record({
      tokens: fc.array(word, { minLength: 1 }).map((words) => tokens(words.join(' '))),
      score: fc.double({ min: 0.1, max: 50, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.array(document), (query, list) => {
        const weights = rm3(query, list, rare, settings);
        expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(weights.length).toBeLessThanOrEqual(new Set(query).size + settings.terms);
        for (const [i, { weight }] of weights.entries())
          expect(weight).toBeLessThanOrEqual(weights[i - 1]?.weight ?? 1);
      }),
    );
  });

  it('is the query itself without results, and leaves out what every tenth paper holds', () => {
    expect(rm3(['cache'], [], rare, settings)).toEqual([{ term: 'cache', weight: 1 }]);
    const common = (term: string): number => (term === 'evict' ? 0.2 : 0.001);
    expect(rm3(['cache'], documents, common, settings).map(({ term }) => term)).not.toContain('evict');
  });
});

describe('vector Rocchio', () => {
  const unit = fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
    .filter((values) => Math.hypot(...values) > 0.1)
    .map((values) => Float32Array.from(values, (value) => value / Math.hypot(...values)));
  const dot = (a: Float32Array, b: Float32Array): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const how = { depth: 3, alpha: 1, beta: 0.5 };

  it('comes no farther from the mean of the results than the query was, and stays a unit vector', () => {
    fc.assert(
      fc.property(unit, fc.array(unit, { minLength: 1, maxLength: 6 }), (query, documents) => {
        const moved = vectorRocchio(query, documents, how);
        if (Math.hypot(...moved) < 1e-3) return;
        const used = documents.slice(0, how.depth);
        const mean = query.map(
          (_, i) => used.reduce((sum, document) => sum + (document[i] ?? 0), 0) / used.length,
        );
        expect(Math.hypot(...moved)).toBeCloseTo(1, 5);
        expect(dot(moved, mean)).toBeGreaterThanOrEqual(dot(query, mean) - 1e-5);
      }),
    );
  });

  it('is the query itself where β is 0 or there is no result', () => {
    fc.assert(
      fc.property(unit, fc.array(unit), (query, documents) => {
        vectorRocchio(query, documents, { ...how, beta: 0 }).forEach((value, i) => {
          expect(value).toBeCloseTo(query[i] ?? 0, 6);
        });
        expect(vectorRocchio(query, [], how)).toBe(query);
      }),
    );
  });
});
