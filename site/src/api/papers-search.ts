// GET /api/papers/search and /api/papers/similar: lists of papers in the shape that clients of the paper API expect.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { OffprintError } from '@offprint/catalogue';
import type { SiteEnv } from '../http/request-environment.ts';
import { readExamples } from '../search/examples.ts';
import { deepestOffset, mostExamples } from '../search/search-address.ts';
import { inParts } from '../search/search-lists.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { countParameter, nextLink } from './paging.ts';
import { refusals } from './refusals.ts';
import { likeParameter, searchEntrySchema, searchParameters } from './search-schemas.ts';
import { searchEntryJson } from './search-serialise.ts';

/** Upstream's, so that what asks there can ask here. */
const mostResults = 120;

const listHeaders = z.object({
  Link: z.string().optional().openapi({ description: 'Leads to the next page, `rel="next"`.' }),
  'X-Total-Count': z.string().openapi({ description: 'How many results there are over all pages.' }),
});

const paging = {
  limit: countParameter('limit', 1, mostResults, 20),
  offset: countParameter('offset', 0, deepestOffset, 0),
};

const searchRoute = createRoute({
  method: 'get',
  path: '/api/papers/search',
  summary: 'Papers by words and meaning, best first',
  tags: ['search'],
  request: { query: z.object({ ...searchParameters, ...paging }) },
  responses: {
    200: {
      description: 'The results; an empty list when nothing matches.',
      headers: listHeaders,
      content: { 'application/json': { schema: z.array(searchEntrySchema) } },
    },
    ...refusals(400, 429, 503),
  },
});

const similarRoute = createRoute({
  method: 'get',
  path: '/api/papers/similar',
  summary: 'Papers like the ones given',
  tags: ['search'],
  request: {
    query: z.object({
      like: likeParameter(mostExamples),
      sort: z
        .enum(['relevance', 'date'], { error: 'sort must be relevance or date.' })
        .optional()
        .openapi({ description: 'The most alike first unless it says otherwise.' }),
      ...paging,
    }),
  },
  responses: {
    200: {
      description: 'The papers most like them, without them.',
      headers: listHeaders,
      content: { 'application/json': { schema: z.array(searchEntrySchema) } },
    },
    ...refusals(400, 404, 429, 503),
  },
});

/** Adds the routes. Must come before the route of one paper, whose id `search` would be. */
export function addPapersSearch(app: OpenAPIHono<SiteEnv>, deps: SiteDependencies): void {
  app.openapi(searchRoute, async (c) => {
    const { q, sort, mode, explain, feedback, limit, offset } = c.req.valid('query');
    const { first, hits } = await inParts(offset, limit, (at, most) =>
      deps.search.search({
        q,
        offset: at,
        limit: most,
        explain,
        feedback,
        ...(sort === undefined ? {} : { sort }),
        ...(mode === undefined ? {} : { mode }),
      }),
    );
    c.header('X-Total-Count', String(first.total));
    if (offset + limit < first.total)
      c.header('Link', nextLink(deps.publicUrl, c.req.url, { offset: String(offset + limit) }));
    return c.json(
      hits.map((hit) => searchEntryJson(hit, deps.publicUrl)),
      200,
    );
  });

  app.openapi(similarRoute, async (c) => {
    const { like, sort, limit, offset } = c.req.valid('query');
    const { examples, unknown } = await readExamples(deps, like);
    if (unknown.length > 0 || examples.length === 0)
      throw new OffprintError(
        'not-found',
        `Paper not found: this catalogue has no paper ${unknown.join(', ')}.`,
        { field: 'like' },
      );
    const ids = examples.map(({ id }) => id);
    const { first, hits } = await inParts(offset, limit, (at, most) =>
      deps.search.similar({ like: ids, offset: at, limit: most, ...(sort === undefined ? {} : { sort }) }),
    );
    c.header('X-Total-Count', String(first.total));
    if (offset + limit < first.total)
      c.header('Link', nextLink(deps.publicUrl, c.req.url, { offset: String(offset + limit) }));
    return c.json(
      hits.map((hit) => searchEntryJson(hit, deps.publicUrl)),
      200,
    );
  });
}
