import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChangeCursor, readChanges, watchRevision } from './change.ts';
import { openDatabase } from './database.ts';
import { dumpRecords } from './dump.ts';
import { adjacentFeedDays, type FeedQuery, newestFeedDay, readFeed } from './feed.ts';
import { countPapers, listPapers, readPaper } from './read-paper.ts';
import type { PaperRecord } from './record.ts';
import { plantStarter, readStarterRecords, starterDay } from './starter.ts';
import { storePage } from './store.ts';
import { createTestDatabase, missingServer, type TestDatabase } from './testing/index.ts';

describe.each(['embedded', 'debian15'] as const)('on the %s PostgreSQL', (server) => {
  const missing = missingServer(server);
  describe.skipIf(missing !== undefined)(missing ?? 'the catalogue', () => {
    let test: TestDatabase;
    beforeAll(async () => {
      test = await createTestDatabase({ server });
    });
    afterAll(() => test.close());
    beforeEach(async () => {
      await sql`truncate paper, submitter, organization, change, source cascade`.execute(test.db);
    });

    const dump = async (): Promise<PaperRecord[]> => Array.fromAsync(dumpRecords(test.db));
    const day: Omit<FeedQuery, 'from' | 'to'> = {
      crossLists: true,
      replacements: false,
      hasCode: false,
      sort: 'newest',
      limit: 50,
      offset: 0,
    };

    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const listing = fc.record(
      {
        day: fc.constantFrom('2026-02-05', '2026-02-06', '2026-02-09'),
        feed: fc.constantFrom('daily' as const, 'arxiv' as const),
        announce: fc.constantFrom('new' as const, 'cross' as const, 'replace' as const),
        position: fc.nat(99),
        submittedBy: fc.record({ name: word, kind: fc.constant('user') }),
        submittedAt: fc.constantFrom('2026-02-06T01:02:03.000Z', '2026-02-06T01:02:03Z'),
      },
      { requiredKeys: ['day', 'feed', 'announce'] },
    );
    const record: fc.Arbitrary<PaperRecord> = fc.record(
      {
        id: fc.constantFrom('2406.08607', '2306.14544', 'hep-th/9901001', 'page:a-title'),
        title: fc.string({ minLength: 1, unit: 'grapheme' }),
        abstract: fc.string({ unit: 'binary', maxLength: 300 }),
        authors: fc.array(fc.record({ name: fc.string({ minLength: 1 }) }), { maxLength: 5 }),
        publishedAt: fc.constantFrom('2024-06-12T00:00:00Z', '2024-06-13T10:00:00.000Z'),
        categories: fc.uniqueArray(fc.constantFrom('cs.LG', 'cs.CL', 'stat.ML')),
        versions: fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 9 }) }), {
          selector: ({ number }) => number,
        }),
        links: fc.uniqueArray(
          fc.record({
            kind: fc.constantFrom('code' as const, 'project' as const),
            url: fc.constant('https://example.org/x'),
          }),
          {
            selector: ({ kind }) => kind,
          },
        ),
        upvotes: fc.nat(1000),
        commentCount: fc.nat(50),
        withdrawn: fc.boolean(),
        listings: fc.uniqueArray(listing, { selector: ({ day, feed }) => day + feed }),
      },
      { requiredKeys: ['id', 'title'] },
    );

    describe('storing pages', () => {
      it('stores the same page twice as if once, and says that nothing changed', () =>
        fc.assert(
          fc.asyncProperty(fc.array(record, { maxLength: 6 }), async (records) => {
            await storePage(test.db, { source: 'arxiv-oai', records });
            const once = await dump();
            const again = await storePage(test.db, { source: 'arxiv-oai', records: once });
            expect(again).toEqual({ created: 0, updated: 0, unchanged: once.length });
            expect(await dump()).toEqual(once);
          }),
          { numRuns: 40 },
        ));

      it('gives the same catalogue whether records come one by one or in one page', () =>
        fc.assert(
          fc.asyncProperty(fc.array(record, { maxLength: 8 }), async (records) => {
            await sql`truncate paper, change cascade`.execute(test.db);
            for (const one of records) await storePage(test.db, { source: 'arxiv-rss', records: [one] });
            const stepwise = await dump();
            await sql`truncate paper, change cascade`.execute(test.db);
            await storePage(test.db, { source: 'arxiv-rss', records });
            expect(await dump()).toEqual(stepwise);
          }),
          { numRuns: 40 },
        ));

      it('lets a lesser source fill gaps but never overwrite a better one', async () => {
        await storePage(test.db, {
          source: 'arxiv-oai',
          records: [{ id: '2406.08607', title: 'Exact', authors: [{ name: 'A. Author' }] }],
        });
        await storePage(test.db, {
          source: 'daily-api',
          records: [{ id: '2406.08607', title: 'Other', abstract: 'Told.', authors: [], upvotes: 7 }],
        });
        expect(await readPaper(test.db, '2406.08607')).toMatchObject({
          title: 'Exact',
          abstract: 'Told.',
          authorCount: 1,
          upvotes: 7,
        });
      });

      it('stores nothing of a page, not even its checkpoint, when one record cannot be stored', async () => {
        const bad: PaperRecord = {
          id: '2406.00002',
          title: 'B',
          listings: [{ day: '2026-02-31', feed: 'daily', announce: 'new' }],
        };
        await expect(
          storePage(test.db, {
            source: 'import',
            records: [{ id: '2406.00001', title: 'A' }, bad],
            checkpoint: { key: 'k', value: 1 },
          }),
        ).rejects.toThrow();
        expect(await countPapers(test.db)).toBe(0);
        expect(await test.db.selectFrom('checkpoint').selectAll().execute()).toEqual([]);
      });

      it('keeps one paper where the records of a page name each other, in a circle or in a chain', async () => {
        const record = (id: string, aliases: string[]): PaperRecord => ({ id, title: id, aliases });
        await storePage(test.db, {
          source: 'import',
          records: [record('2601.00001', ['page:x']), record('page:x', ['2601.00001'])],
        });
        await storePage(test.db, {
          source: 'import',
          records: [record('page:b', ['page:a']), record('2601.00002', ['page:b'])],
        });
        expect((await dump()).map(({ id, aliases }) => [id, aliases])).toEqual([
          ['2601.00001', ['page:x']],
          ['2601.00002', ['page:a', 'page:b']],
        ]);
      });

      it('moves what stood under a page id to the arXiv id once both are known to be one paper', async () => {
        await storePage(test.db, {
          source: 'page',
          records: [
            {
              id: 'page:a-title',
              title: 'A Title',
              authorCount: 4,
              categories: ['cs.LG'],
              upvotes: 3,
              listings: [{ day: '2026-02-06', feed: 'daily', announce: 'new', position: 4 }],
            },
          ],
        });
        await storePage(test.db, {
          source: 'arxiv-api',
          records: [{ id: '2406.08607', title: 'A Title', aliases: ['page:a-title'] }],
        });
        const paper = await readPaper(test.db, 'page:a-title');
        expect(paper).toMatchObject({
          id: '2406.08607',
          upvotes: 3,
          authorCount: 4,
          categories: ['cs.LG'],
          aliases: ['page:a-title'],
        });
        expect(paper?.listings).toHaveLength(1);
        expect(await countPapers(test.db)).toBe(1);
        await storePage(test.db, {
          source: 'page',
          records: [{ id: 'page:a-title', title: 'A Title', upvotes: 9 }],
        });
        expect(await countPapers(test.db)).toBe(1);
        expect((await readPaper(test.db, '2406.08607'))?.upvotes).toBe(9);
      });

      it('counts a paper as new on its day even when another archive cross-lists it later', async () => {
        const on = (announce: 'new' | 'cross') => ({
          id: '2406.08607',
          title: 'T',
          listings: [{ day: '2026-02-06', feed: 'arxiv' as const, announce }],
        });
        await storePage(test.db, { source: 'arxiv-rss', records: [on('new')] });
        await storePage(test.db, { source: 'arxiv-rss', records: [on('cross')] });
        expect((await readPaper(test.db, '2406.08607'))?.listings[0]?.announce).toBe('new');
      });

      it('loses nothing and doubles nothing when many processes store overlapping pages at once', async () => {
        const ids = Array.from({ length: 30 }, (_, i) => `2406.${String(10_000 + i)}`);
        const page = (from: number) =>
          storePage(test.db, {
            source: 'arxiv-oai',
            records: ids.slice(from, from + 15).map((id) => ({ id, title: id })),
          });
        const outcomes = await Promise.all([page(0), page(5), page(10), page(15)]);
        expect(outcomes.reduce((sum, { created }) => sum + created, 0)).toBe(30);
        expect(await countPapers(test.db)).toBe(30);
      });
    });

    describe('the starter catalogue', () => {
      it('is 39 papers, listed together on 2026-02-06, each with our summary and a known arXiv id', async () => {
        await plantStarter(test.db);
        const { entries, total } = await readFeed(test.db, { ...day, from: starterDay, to: starterDay });
        expect(total).toBe(39);
        for (const { paper } of entries) {
          expect(paper.summaries.map(({ kind }) => kind)).toEqual(['ours']);
          expect(paper.abstract).toBeNull();
          expect(paper.authorCount).toBeGreaterThan(0);
          expect(paper.id).toMatch(/^\d{4}\.\d{4,5}$/);
        }
      });
      it('is planted once, and what was removed from it stays removed', async () => {
        await plantStarter(test.db);
        await test.db.deleteFrom('paper').where('paper_id', '=', '2306.14544').execute();
        expect(await plantStarter(test.db)).toBeUndefined();
        expect(await countPapers(test.db)).toBe(38);
      });
      it('keeps our summary beside the abstract once a source brings it', async () => {
        await plantStarter(test.db);
        const [first] = await readStarterRecords();
        await storePage(test.db, {
          source: 'arxiv-api',
          records: [
            {
              id: first?.id ?? '',
              title: first?.title ?? '',
              abstract: 'From the source.',
              authors: [{ name: 'A. Author' }],
            },
          ],
        });
        const paper = await readPaper(test.db, first?.id ?? '');
        expect(paper?.abstract).toBe('From the source.');
        expect(paper?.summaries).toHaveLength(1);
        expect(paper?.authorCount).toBe(1);
      });
    });

    describe('reading the feed', () => {
      const papers: PaperRecord[] = [
        {
          id: '2602.00001',
          title: 'one',
          categories: ['cs.LG', 'stat.ML'],
          upvotes: 5,
          listings: [{ day: '2026-02-05', feed: 'arxiv', announce: 'new' }],
        },
        {
          id: '2602.00002',
          title: 'two',
          categories: ['cs.CL'],
          upvotes: 50,
          listings: [{ day: '2026-02-06', feed: 'arxiv', announce: 'cross' }],
        },
        {
          id: '2602.00003',
          title: 'three',
          categories: ['q-bio.NC'],
          links: [{ kind: 'code', url: 'https://example.org/r' }],
          listings: [
            { day: '2026-02-06', feed: 'daily', announce: 'new' },
            { day: '2026-02-05', feed: 'arxiv', announce: 'new' },
          ],
        },
        {
          id: '2602.00004',
          title: 'four',
          categories: ['cs.LG'],
          listings: [{ day: '2026-02-06', feed: 'arxiv', announce: 'replace' }],
        },
      ];
      const ids = async (query: Partial<FeedQuery>): Promise<string[]> => {
        await storePage(test.db, { source: 'arxiv-rss', records: papers });
        return (
          await readFeed(test.db, { ...day, from: '2026-02-05', to: '2026-02-06', ...query })
        ).entries.map(({ paper }) => paper.title);
      };
      it('shows a paper of a range once, replacements only when asked', async () => {
        expect(await ids({ sort: 'newest' })).toEqual(expect.arrayContaining(['one', 'two', 'three']));
        expect(await ids({})).toHaveLength(3);
        expect(await ids({ replacements: true })).toHaveLength(4);
      });
      it('filters by category, by archive, by cross-list and by code', async () => {
        expect((await ids({ include: ['cs'] })).sort()).toEqual(['one', 'two']);
        expect(await ids({ include: ['stat.ML'] })).toEqual(['one']);
        expect((await ids({ exclude: ['cs.LG'] })).sort()).toEqual(['three', 'two']);
        expect((await ids({ crossLists: false })).sort()).toEqual(['one', 'three']);
        expect(await ids({ hasCode: true })).toEqual(['three']);
      });
      it('sorts by votes, and by attention that fades', async () => {
        expect((await ids({ sort: 'votes' }))[0]).toBe('two');
        // A half-life of a hundredth of a day makes a day's age outweigh every vote.
        expect((await ids({ sort: { trending: { commentWeight: 0, halfLifeDays: 0.01 } } })).at(-1)).toBe(
          'one',
        );
      });
      it('tells the total over all pages, past the last one too', async () => {
        await ids({});
        const page = await readFeed(test.db, {
          ...day,
          from: '2026-02-05',
          to: '2026-02-06',
          limit: 1,
          offset: 99,
        });
        expect(page).toEqual({ entries: [], total: 3 });
      });
      it('steps over empty days', async () => {
        await ids({});
        expect(await adjacentFeedDays(test.db, { from: '2026-02-06', to: '2026-02-06' })).toEqual({
          previous: '2026-02-05',
          next: null,
        });
        expect(await newestFeedDay(test.db)).toBe('2026-02-06');
        expect(await newestFeedDay(test.db, '2026-01-01')).toBeUndefined();
      });
      it('lists all papers in pages that meet without a gap, whatever the page size', async () => {
        await plantStarter(test.db);
        await ids({});
        for (const limit of [1, 7, 100]) {
          const seen: string[] = [];
          for (let after: { publishedAt: string | null; id: string } | undefined; ; ) {
            const page = await listPapers(test.db, { limit, ...(after && { after }) });
            seen.push(...page.map(({ id }) => id));
            const last = page.at(-1);
            if (last === undefined) break;
            after = { publishedAt: last.publishedAt, id: last.id };
          }
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen).toHaveLength(await countPapers(test.db));
        }
      });
    });

    describe('the change sequence', () => {
      it('tells a follower every paper, however commits interleave, and never one that is not committed', async () => {
        const other = openDatabase(test.connection, 2);
        const seen: string[] = [];
        let cursor: ChangeCursor | undefined;
        const follow = async (): Promise<void> => {
          const batch = await readChanges(test.db, cursor);
          seen.push(...batch.changes.map(({ paperId }) => paperId));
          cursor = batch.cursor;
        };
        const slow = await other.startTransaction().execute();
        await sql`insert into paper (paper_id, title, authority) values ('2602.00010', 'slow', 5)`.execute(
          slow,
        );
        await storePage(test.db, { source: 'arxiv-oai', records: [{ id: '2602.00011', title: 'fast' }] });
        await follow();
        expect(seen).not.toContain('2602.00010');
        await slow.commit().execute();
        // A transaction of another database of the same server may hold the sequence back for a moment.
        await expect
          .poll(async () => {
            await follow();
            return seen.toSorted();
          })
          .toEqual(['2602.00010', '2602.00011']);
        await follow();
        expect(seen).toHaveLength(2);
        await test.db.deleteFrom('paper').where('paper_id', '=', '2602.00011').execute();
        await expect
          .poll(async () => (await readChanges(test.db, cursor)).changes)
          .toEqual([{ paperId: '2602.00011', removed: true }]);
        await other.destroy();
      });
      it('starts a follower of another history over', async () => {
        await storePage(test.db, { source: 'arxiv-oai', records: [{ id: '2602.00011', title: 'one' }] });
        const { cursor } = await readChanges(test.db, undefined);
        const foreign = { ...cursor, generation: '00000000-0000-0000-0000-000000000000' };
        await expect
          .poll(async () => readChanges(test.db, foreign))
          .toMatchObject({ startOver: true, changes: [{ paperId: '2602.00011' }] });
      });
      it('is heard by other processes', async () => {
        const watch = await watchRevision(test.connection);
        const before = watch.current();
        const heard = new Promise<void>((resolve) => watch.onChange(resolve));
        await storePage(test.db, { source: 'arxiv-oai', records: [{ id: '2602.00012', title: 'heard' }] });
        await heard;
        expect(watch.current()).not.toBe(before);
        await watch.close();
      });
    });
  });
});
