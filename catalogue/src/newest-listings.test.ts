import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFeed } from './feed.ts';
import { readNewestListings } from './newest-listings.ts';
import type { PaperRecord } from './record.ts';
import { storePage } from './store.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.close());

const listing = fc.record({
  day: fc.integer({ min: 1, max: 28 }).map((day) => `2026-02-${String(day).padStart(2, '0')}`),
  feed: fc.constantFrom('daily' as const, 'arxiv' as const),
  announce: fc.constantFrom('new' as const, 'new' as const, 'cross' as const, 'replace' as const),
  submittedBy: fc.constantFrom({ name: 'one' }, { name: 'two' }),
});
const papers: fc.Arbitrary<PaperRecord[]> = fc
  .array(fc.array(listing, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 60 })
  .map((lists) => lists.map((listings, n) => ({ id: `2602.${10_000 + n}`, title: `Paper ${n}`, listings })));

it('gives the same pages as reading the whole range, whatever is listed, filtered and asked for', () =>
  fc.assert(
    fc.asyncProperty(
      papers,
      fc.integer({ min: 1, max: 9 }),
      fc.nat(7),
      fc.boolean(),
      fc.constantFrom(undefined, 'one', 'nobody'),
      async (records, limit, page, crossLists, submitter) => {
        await sql`truncate paper cascade`.execute(test.db);
        await storePage(test.db, { source: 'import', records });
        const query = {
          to: '2026-02-27',
          crossLists,
          replacements: false,
          hasCode: false,
          limit,
          offset: page * limit,
          ...(submitter === undefined ? {} : { submitter }),
        };
        const whole = await readFeed(test.db, { ...query, from: '0001-01-01', sort: 'newest' });
        const newest = await readNewestListings(test.db, query);
        expect(newest.entries).toEqual(whole.entries);
        expect(newest.hasMore).toBe((page + 1) * limit < whole.total);
      },
    ),
    { numRuns: 60 },
  ));
