// Every search, every set of examples and every topic for feed readers, newest papers first.
import { OffprintError } from '@offprint/catalogue';
import type { SearchHit } from '@offprint/discovery';
import { type Context, Hono } from 'hono';
import type { SiteEnv } from '../http/request-environment.ts';
import { readExamples } from '../search/examples.ts';
import {
  feedHref,
  parseSearchAddress,
  parseSimilarAddress,
  searchHref,
  similarHref,
} from '../search/search-address.ts';
import { findTopic, topicHits } from '../search/search-lists.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { type FeedFormat, type FeedItem, feedResponse, mostFeedEntries } from './feed-document.ts';

/**
 * A paper enters such a list when it is published; where that is unknown, when it came into the catalogue.
 * Search puts papers without a date last, so that the entries are ordered anew.
 */
function itemsOf(hits: readonly SearchHit[]): FeedItem[] {
  return hits
    .map(({ paper }) => ({ paper, since: paper.publishedAt ?? paper.firstSeenAt }))
    .toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since));
}

/** `/search/feed.*`, `/similar/feed.*` and `/topics/:slug/feed.*`. */
export function searchFeedRoutes(deps: SiteDependencies): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const { publicUrl, search } = deps;

  const answer = (
    c: Context<SiteEnv>,
    format: FeedFormat,
    feed: { title: string; page: string; address: string; hits: readonly SearchHit[] },
  ): Response =>
    feedResponse(c, format, {
      title: `Offprint: ${feed.title}`,
      homeUrl: publicUrl + feed.page,
      feedUrl: publicUrl + feed.address,
      publicUrl,
      entries: itemsOf(feed.hits),
      now: deps.now(),
    });

  for (const format of ['atom', 'json'] as const) {
    app.get(`/search/feed.${format}`, async (c) => {
      const address = parseSearchAddress(new URL(c.req.url).searchParams);
      const q = address.q.trim();
      if (q === '')
        throw new OffprintError('bad-input', 'Say what to search: q=retention loss.', { field: 'q' });
      const { hits, searched } = await search.search({ q, sort: 'date', limit: mostFeedEntries });
      const of = { ...address, q };
      return answer(c, format, {
        title: searched,
        page: searchHref(of, { sort: 'date' }),
        address: feedHref(of, format),
        hits,
      });
    });

    app.get(`/similar/feed.${format}`, async (c) => {
      const asked = parseSimilarAddress(new URL(c.req.url).searchParams);
      const { examples } = await readExamples(deps, asked.like);
      const [first] = examples;
      if (first === undefined)
        throw new OffprintError(
          'not-found',
          'Name papers of this catalogue that the feed should be like: like=2406.08607.',
          { field: 'like' },
        );
      const of = { ...asked, like: examples.map(({ id }) => id) };
      const { hits } = await search.similar({ like: of.like, sort: 'date', limit: mostFeedEntries });
      return answer(c, format, {
        title: `papers like ${first.title}${examples.length > 1 ? ' and others' : ''}`,
        page: similarHref(of, { sort: 'date' }),
        address: feedHref(of, format),
        hits,
      });
    });

    app.get(`/topics/:slug/feed.${format}`, async (c) => {
      const topic = await findTopic(deps, c.req.param('slug'));
      const { hits } = await topicHits(search, topic, 0, mostFeedEntries);
      const page = `/topics/${encodeURIComponent(topic.slug)}`;
      return answer(c, format, { title: topic.title, page, address: `${page}/feed.${format}`, hits });
    });
  }
  return app;
}
