// GET /api/search, /api/search/complete and /api/topics: search with all that it knows, as the pages have it.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { listTopics } from '@offprint/catalogue';
import type { SiteEnv } from '../http/request-environment.ts';
import { plainProse } from '../maths/prose.ts';
import { authorHref, deepestOffset } from '../search/search-address.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { countParameter } from './paging.ts';
import { refusals } from './refusals.ts';
import { completionSchema, searchAnswerSchema, searchParameters, topicSchema } from './search-schemas.ts';
import { hitJson } from './search-serialise.ts';
import { paperUrl } from './serialise.ts';

const searchRoute = createRoute({
  method: 'get',
  path: '/api/search',
  summary: 'A search with everything it answers: results, highlights, facets, spelling',
  tags: ['search'],
  request: {
    query: z.object({
      ...searchParameters,
      limit: countParameter('limit', 1, 100, 25),
      offset: countParameter('offset', 0, deepestOffset, 0),
    }),
  },
  responses: {
    200: {
      description: 'The answer.',
      content: { 'application/json': { schema: searchAnswerSchema } },
    },
    ...refusals(400, 429, 503),
  },
});

const completeRoute = createRoute({
  method: 'get',
  path: '/api/search/complete',
  summary: 'What someone who is still typing may mean: titles and authors',
  tags: ['search'],
  request: {
    query: z.object({
      q: z
        .string({ error: 'Give q once.' })
        .max(1000, 'q must be at most 1000 characters long.')
        .optional()
        .openapi({ example: 'a comp', description: 'What was typed so far.' }),
      limit: countParameter('limit', 1, 20, 6),
    }),
  },
  responses: {
    200: {
      description: 'At most `limit` papers and as many authors.',
      content: { 'application/json': { schema: completionSchema } },
    },
    ...refusals(400, 429, 503),
  },
});

const topicsRoute = createRoute({
  method: 'get',
  path: '/api/topics',
  summary: 'The topics of this installation',
  tags: ['search'],
  responses: {
    200: {
      description: 'Every topic, by title.',
      content: { 'application/json': { schema: z.array(topicSchema) } },
    },
    ...refusals(429),
  },
});

/** Adds the routes. */
export function addSearch(app: OpenAPIHono<SiteEnv>, deps: SiteDependencies): void {
  const { publicUrl } = deps;

  app.openapi(searchRoute, async (c) => {
    const { sort, mode, ...asked } = c.req.valid('query');
    const answer = await deps.search.search({
      ...asked,
      facets: true,
      ...(sort === undefined ? {} : { sort }),
      ...(mode === undefined ? {} : { mode }),
    });
    const { facets, suggestion } = answer;
    return c.json(
      {
        searched: answer.searched,
        total: answer.total,
        capped: answer.capped,
        mode: answer.mode,
        hits: answer.hits.map((hit) => hitJson(hit, publicUrl, answer.terms)),
        ...(facets === undefined
          ? {}
          : {
              facets: {
                years: [...facets.years],
                categories: [...facets.categories],
                sources: [...facets.sources],
                withCode: facets.withCode,
              },
            }),
        ...(suggestion === undefined ? {} : { suggestion }),
        replaced: answer.replaced.map(({ written, by }) => ({ written, by: [...by] })),
        notes: [...answer.notes],
      },
      200,
    );
  });

  app.openapi(completeRoute, async (c) => {
    const { q, limit } = c.req.valid('query');
    const typed = q?.trim() ?? '';
    if (typed === '') return c.json({ papers: [], authors: [] }, 200);
    const { papers, authors } = await deps.search.complete(typed, limit);
    return c.json(
      {
        papers: papers.map(({ id, title }) => ({
          id,
          title,
          text: plainProse(title, 300),
          url: paperUrl(publicUrl, id),
        })),
        authors: authors.map(({ name, papers: count }) => ({
          name,
          papers: count,
          url: publicUrl + authorHref(name),
        })),
      },
      200,
    );
  });

  app.openapi(topicsRoute, async (c) =>
    c.json(
      (await listTopics(deps.db)).map((topic) => {
        const url = `${publicUrl}/topics/${encodeURIComponent(topic.slug)}`;
        return { ...topic, examples: [...topic.examples], url, feed: `${url}/feed.atom` };
      }),
      200,
    ),
  );
}
