import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absorb } from './absorb.ts';
import { mergeRecord } from './merge.ts';
import type { PaperRecord } from './record.ts';

const instants = fc.constantFrom('2026-02-06T01:02:03Z', '2026-02-06T01:02:03.000Z', '2025-01-01T00:00:00Z');
const record: fc.Arbitrary<PaperRecord> = fc.record(
  {
    id: fc.constant('2406.08607'),
    title: fc.string({ minLength: 1 }),
    abstract: fc.string(),
    authors: fc.array(fc.record({ name: fc.string({ minLength: 1 }) }), { maxLength: 3 }),
    authorCount: fc.nat(9),
    publishedAt: instants,
    categories: fc.uniqueArray(fc.constantFrom('cs.LG', 'cs.CL')),
    licence: fc.webUrl(),
    withdrawn: fc.boolean(),
    versions: fc.array(fc.record({ number: fc.integer({ min: 1, max: 12 }), submittedAt: instants }), {
      maxLength: 4,
    }),
    upvotes: fc.nat(50),
    commentCount: fc.nat(50),
    listings: fc.array(
      fc.record({
        day: fc.constantFrom('2026-02-05', '2026-02-06'),
        feed: fc.constantFrom('daily' as const, 'arxiv' as const),
        announce: fc.constantFrom('new' as const, 'cross' as const, 'replace' as const),
      }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['id', 'title'] },
);
const rank = fc.integer({ min: 1, max: 5 });

describe('what a record changes', () => {
  it('is nothing when it was heard before', () =>
    fc.assert(
      fc.property(record, record, rank, rank, (first, second, a, b) => {
        const state = mergeRecord(mergeRecord(undefined, first, a), second, b);
        expect(mergeRecord(state, second, b)).toEqual(state);
      }),
    ));
  it('never makes known what was known unknown', () =>
    fc.assert(
      fc.property(record, record, rank, rank, (first, second, a, b) => {
        const before = mergeRecord(undefined, first, a);
        const after = mergeRecord(before, { id: first.id, title: second.title }, b);
        expect({ ...after.paper, title: '', authority: 0 }).toEqual({
          ...before.paper,
          title: '',
          authority: 0,
        });
        expect(after.listings).toEqual(before.listings);
        expect(after.versions).toEqual(before.versions);
      }),
    ));
  it('leaves a better source’s title, abstract and authors alone, in whichever order they are heard', () =>
    fc.assert(
      fc.property(record, record, (better, lesser) => {
        const told = { ...better, abstract: 'Known.', authors: [{ name: 'A. Author' }] };
        const orders = [
          mergeRecord(mergeRecord(undefined, told, 5), lesser, 2),
          mergeRecord(mergeRecord(undefined, lesser, 2), told, 5),
        ];
        for (const { paper, authors } of orders) {
          expect(paper).toMatchObject({ title: told.title, abstract: 'Known.', author_count: 1 });
          expect(authors).toEqual([{ name: 'A. Author', affiliation: null }]);
        }
      }),
    ));
});

describe('two papers that are one', () => {
  it('lose no day, no version and no count, and are the same when joined again', () =>
    fc.assert(
      fc.property(record, record, (one, other) => {
        const [paper, duplicate] = [
          mergeRecord(undefined, one, 5),
          mergeRecord(undefined, { ...other, id: 'page:x' }, 1),
        ];
        const joined = absorb(paper, duplicate);
        const days = (state: typeof joined): Set<string> =>
          new Set(state.listings.map(({ day, feed }) => day + feed));
        expect(days(joined)).toEqual(days(paper).union(days(duplicate)));
        expect(joined.versions.length).toBeGreaterThanOrEqual(
          Math.max(paper.versions.length, duplicate.versions.length),
        );
        expect(joined.tally?.upvotes ?? 0).toBe(
          Math.max(paper.tally?.upvotes ?? 0, duplicate.tally?.upvotes ?? 0),
        );
        expect(joined.paper.paper_id).toBe('2406.08607');
        expect(absorb(joined, duplicate)).toEqual(joined);
      }),
    ));
});
