// `/topics` and `/topics/:slug`: reads a topic and the papers that belong to it.
import { listTopics } from '@offprint/catalogue';
import { Hono } from 'hono';
import { parseSearchAddress, resultsPerPage } from '../../search/search-address.ts';
import { findTopic, pageOffset, topicHits } from '../../search/search-lists.ts';
import type { SiteDependencies } from '../../site-dependencies.ts';
import { renderPage } from '../layout.tsx';
import { TopicPage, TopicsPage } from './topic-pages.tsx';

export function topicRoutes(deps: SiteDependencies): Hono {
  const routes = new Hono();

  routes.get('/topics', async (c) => {
    // Topics are no part of the catalogue's revision, and whoever just added one wants to see it.
    c.header('Cache-Control', 'private, no-cache');
    return c.html(renderPage(<TopicsPage topics={await listTopics(deps.db)} />));
  });

  routes.get('/topics/:slug', async (c) => {
    const topic = await findTopic(deps, c.req.param('slug'));
    const { page } = parseSearchAddress(new URL(c.req.url).searchParams);
    const offset = pageOffset(page);
    const list =
      offset === undefined
        ? { hits: [], hasMore: false }
        : await topicHits(deps.search, topic, offset, resultsPerPage);
    return c.html(renderPage(<TopicPage topic={topic} {...list} page={page} publicUrl={deps.publicUrl} />));
  });
  return routes;
}
