// The daily listing for feed readers: /feed.atom and /feed.json.
import { type FeedEntry, newestFeedDay, openFeedDay, readFeed } from '@offprint/catalogue';
import { Hono } from 'hono';
import type { SiteEnv } from '../http/request-environment.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { feedResponse, mostFeedEntries } from './feed-document.ts';
import { listedAt } from './serialise.ts';

/** How far back from the newest listing a reader who was away can catch up. */
const daysTold = 14;

/** The listings of the last days, newest first. */
async function recentEntries(deps: SiteDependencies): Promise<readonly FeedEntry[]> {
  const newest = await newestFeedDay(deps.db, openFeedDay(deps.now(), deps.calendar).toString());
  if (newest === undefined) return [];
  const { entries } = await readFeed(deps.db, {
    from: Temporal.PlainDate.from(newest).subtract({ days: daysTold }).toString(),
    to: newest,
    crossLists: false,
    replacements: false,
    hasCode: false,
    sort: 'newest',
    limit: mostFeedEntries,
    offset: 0,
  });
  return entries;
}

/** `/feed.atom` and `/feed.json`. */
export function feedReaderRoutes(deps: SiteDependencies): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  for (const format of ['atom', 'json'] as const)
    app.get(`/feed.${format}`, async (c) =>
      feedResponse(c, format, {
        title: 'Offprint: daily papers',
        homeUrl: `${deps.publicUrl}/`,
        feedUrl: `${deps.publicUrl}/feed.${format}`,
        publicUrl: deps.publicUrl,
        entries: (await recentEntries(deps)).map(({ paper, listing }) => ({
          paper,
          since: listedAt(listing),
        })),
        now: deps.now(),
      }),
    );
  return app;
}
