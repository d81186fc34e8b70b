// GET /api/papers: every paper of the catalogue, newest first, page after page.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { listPapers } from '@offprint/catalogue';
import type { SiteEnv } from '../http/request-environment.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { countParameter, nextLink, readCursor, writeCursor } from './paging.ts';
import { refusals } from './refusals.ts';
import { paperSchema } from './schemas.ts';
import { paperJson } from './serialise.ts';

const papersRoute = createRoute({
  method: 'get',
  path: '/api/papers',
  summary: 'All papers, newest publication first',
  tags: ['papers'],
  request: {
    query: z.object({
      cursor: z
        .string({ error: 'Give cursor once.' })
        .max(600, 'cursor is not one of ours: take it from the Link header of the page before.')
        .optional()
        .openapi({ description: 'Where the page before ended; it stands in its `Link` header.' }),
      category: z
        .string({ error: 'Give category once.' })
        .regex(/^[A-Za-z][A-Za-z.-]{0,30}$/, 'category must be an arXiv category such as cs.LG.')
        .optional()
        .openapi({ example: 'cs.LG' }),
      limit: countParameter('limit', 1, 100, 50),
    }),
  },
  responses: {
    200: {
      description: 'One page of papers.',
      headers: z.object({
        Link: z.string().optional().openapi({ description: 'Leads to the next page, `rel="next"`.' }),
      }),
      content: { 'application/json': { schema: z.array(paperSchema) } },
    },
    ...refusals(400, 429),
  },
});

/** Adds the route. */
export function addPapers(app: OpenAPIHono<SiteEnv>, deps: SiteDependencies): void {
  app.openapi(papersRoute, async (c) => {
    const { cursor, category, limit } = c.req.valid('query');
    const papers = await listPapers(deps.db, {
      limit: limit + 1,
      ...(cursor === undefined ? {} : { after: readCursor(cursor) }),
      ...(category === undefined ? {} : { category }),
    });
    const page = papers.slice(0, limit);
    const last = page.at(-1);
    if (papers.length > limit && last !== undefined)
      c.header('Link', nextLink(deps.publicUrl, c.req.url, { cursor: writeCursor(last) }));
    return c.json(
      page.map((paper) => paperJson(paper, undefined, deps.publicUrl)),
      200,
    );
  });
}
