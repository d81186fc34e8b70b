// What the trending formula promises, and that the catalogue sorts by the same one.
import { readFeed, storePage } from '@offprint/catalogue';
import { createTestDatabase } from '@offprint/catalogue/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainTrending, standardAttention, trendingScore } from './trending.ts';

const day = (daysAgo: number): string =>
  Temporal.PlainDate.from('2026-02-06').subtract({ days: daysAgo }).toString();
const today = day(0);
const paper = fc.record({
  upvotes: fc.nat(5000),
  comments: fc.nat(300),
  day: fc.nat(400).map(day),
});

describe('trending', () => {
  it('gives the values worked out by hand', () => {
    const constants = { commentWeight: 2, halfLifeDays: 2 };
    expect(trendingScore({ upvotes: 0, comments: 0, day: today }, today, constants)).toBe(0);
    expect(trendingScore({ upvotes: 7, comments: 0, day: today }, today, constants)).toBe(3);
    expect(trendingScore({ upvotes: 9, comments: 3, day: day(5) }, today, constants)).toBe(4 - 2.5);
  });

  it('ranks more votes or more comments higher, all else equal', () => {
    fc.assert(
      fc.property(paper, fc.integer({ min: 1, max: 100 }), (p, more) => {
        const score = trendingScore(p, today);
        expect(trendingScore({ ...p, upvotes: p.upvotes + more }, today)).toBeGreaterThan(score);
        expect(trendingScore({ ...p, comments: p.comments + more }, today)).toBeGreaterThan(score);
      }),
    );
  });

  it('asks twice the attention of a paper that is one half-life older', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.nat(100),
        fc.integer({ min: 1, max: 14 }),
        (upvotes, age, halfLifeDays) => {
          const constants = { commentWeight: 1, halfLifeDays };
          const younger = { upvotes, comments: 0, day: day(age) };
          const older = { upvotes: 2 * (1 + upvotes) - 1, comments: 0, day: day(age + halfLifeDays) };
          expect(trendingScore(older, today, constants)).toBeCloseTo(
            trendingScore(younger, today, constants),
            9,
          );
        },
      ),
    );
  });

  it('keeps two papers in the same order whenever it is asked', () => {
    fc.assert(
      fc.property(paper, paper, fc.nat(1000), (a, b, later) => {
        const gap = (when: string) => trendingScore(a, when) - trendingScore(b, when);
        const then = Temporal.PlainDate.from(today).add({ days: later }).toString();
        expect(gap(then)).toBeCloseTo(gap(today), 6);
      }),
    );
  });

  it('explains a score by numbers that add up to it', () => {
    fc.assert(
      fc.property(paper, (p) => {
        const why = explainTrending(p, today);
        expect(2 ** why.interest).toBeCloseTo(
          1 + p.upvotes + standardAttention.commentWeight * p.comments,
          6,
        );
        expect(why.score).toBeCloseTo(why.interest - why.ageDays / standardAttention.halfLifeDays, 9);
      }),
    );
  });

  it('is the order in which the catalogue lists papers', async () => {
    const { db, close } = await createTestDatabase();
    try {
      const papers = Array.from({ length: 40 }, (_, i) => ({
        upvotes: (i * 37) % 60,
        comments: (i * 11) % 7,
        day: day((i * 13) % 9),
      }));
      await storePage(db, {
        source: 'import',
        records: papers.map((p, i) => ({
          id: `test:${String(i).padStart(2, '0')}`,
          title: `Paper ${i}`,
          upvotes: p.upvotes,
          commentCount: p.comments,
          listings: [{ day: p.day, feed: 'daily', announce: 'new' }],
        })),
      });
      const { entries } = await readFeed(db, {
        from: day(30),
        to: today,
        crossLists: true,
        replacements: false,
        hasCode: false,
        sort: { trending: standardAttention },
        limit: 100,
        offset: 0,
      });
      const scores = entries.map(({ paper: p, listing }) =>
        trendingScore({ upvotes: p.upvotes, comments: p.commentCount, day: listing.day }, today),
      );
      expect(scores).toHaveLength(40);
      for (let i = 1; i < scores.length; i++)
        expect(scores[i - 1] ?? 0).toBeGreaterThanOrEqual((scores[i] ?? 0) - 1e-9);
    } finally {
      await close();
    }
  });
});
