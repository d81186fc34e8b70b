// GET /api/daily_papers: what was listed on a day, in a week, in a month or at all.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import {
  type FeedEntry,
  type FeedQuery,
  type FeedSort,
  newestFeedDay,
  readFeed,
  readNewestListings,
} from '@offprint/catalogue';
import { trendingDays } from '@offprint/discovery';
import type { SiteEnv } from '../http/request-environment.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { readDayRange } from './feed-range.ts';
import { countParameter, nextLink } from './paging.ts';
import { refusals } from './refusals.ts';
import { dailyPaperSchema } from './schemas.ts';
import { dailyPaperJson } from './serialise.ts';

const once = (name: string) => z.string({ error: `Give ${name} once.` });

const dailyPapersRoute = createRoute({
  method: 'get',
  path: '/api/daily_papers',
  summary: 'The papers listed on a day, in a week or in a month, or the newest of all',
  tags: ['papers'],
  request: {
    query: z.object({
      date: once('date').optional().openapi({ example: '2026-02-06', description: 'A feed day.' }),
      week: once('week').optional().openapi({ example: '2026-W06', description: 'An ISO week.' }),
      month: once('month').optional().openapi({ example: '2026-02' }),
      submitter: once('submitter')
        .min(1, 'submitter must be a name.')
        .max(200, 'submitter must be at most 200 characters.')
        .optional()
        .openapi({ description: 'Only what this person listed.' }),
      sort: z
        .enum(['publishedAt', 'trending'], { error: 'sort must be publishedAt or trending.' })
        .optional()
        .openapi({
          description:
            'Without it, a day, week or month is told with the most upvoted first, and everything with the newest first.',
        }),
      feed: z
        .enum(['daily', 'arxiv'], { error: 'feed must be daily or arxiv.' })
        .optional()
        .openapi({ description: 'Only the curated feed, or only what arXiv announced.' }),
      cross_lists: z
        .enum(['true', 'false'], { error: 'cross_lists must be true or false.' })
        .default('false')
        .openapi({ description: 'Whether papers that were only cross-listed are told as well.' }),
      p: countParameter('p', 0, 100_000, 0),
      limit: countParameter('limit', 1, 100, 50),
    }),
  },
  responses: {
    200: {
      description: 'The listed papers; an empty list for a day without any.',
      headers: z.object({
        Link: z.string().optional().openapi({ description: 'Leads to the next page, `rel="next"`.' }),
      }),
      content: { 'application/json': { schema: z.array(dailyPaperSchema) } },
    },
    ...refusals(400, 429),
  },
});

/** Adds the route. */
export function addDailyPapers(app: OpenAPIHono<SiteEnv>, deps: SiteDependencies): void {
  app.openapi(dailyPapersRoute, async (c) => {
    const query = c.req.valid('query');
    const { from, to } = readDayRange(query, deps.now(), deps.calendar);
    const sort = sortOf(query.sort, query.date ?? query.week ?? query.month, deps);
    const page = {
      to,
      crossLists: query.cross_lists === 'true',
      replacements: false,
      hasCode: false,
      limit: query.limit,
      offset: query.p * query.limit,
      ...(query.submitter === undefined ? {} : { submitter: query.submitter }),
      ...(query.feed === undefined ? {} : { feed: query.feed }),
    };
    const { entries, hasMore } =
      from === undefined && sort === 'newest'
        ? await readNewestListings(deps.db, page)
        : await readRange(deps, { ...page, from: from ?? (await trendingSince(deps, to)), sort });
    if (hasMore) c.header('Link', nextLink(deps.publicUrl, c.req.url, { p: String(query.p + 1) }));
    return c.json(
      entries.map((entry) => dailyPaperJson(entry, deps.publicUrl)),
      200,
    );
  });
}

async function readRange(
  deps: SiteDependencies,
  query: FeedQuery,
): Promise<{ readonly entries: readonly FeedEntry[]; readonly hasMore: boolean }> {
  const { entries, total } = await readFeed(deps.db, query);
  return { entries, hasMore: query.offset + query.limit < total };
}

/** The day from which listings can still trend, seen from the newest one: older ones have faded. */
async function trendingSince(deps: SiteDependencies, to: string): Promise<string> {
  const newest = (await newestFeedDay(deps.db, to)) ?? to;
  return Temporal.PlainDate.from(newest).subtract({ days: trendingDays }).toString();
}

/** The order asked for. Unasked, one period comes as the upstream tells it: the most upvoted first. */
function sortOf(
  sort: 'publishedAt' | 'trending' | undefined,
  period: string | undefined,
  deps: SiteDependencies,
): FeedSort {
  if (sort === 'trending') return { trending: deps.trending };
  return sort === undefined && period !== undefined ? 'votes' : 'newest';
}
