// GET /api/papers/{id} and GET /api/arxiv/{id}/repos: one paper, by its id in any spelling.
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { SiteEnv } from '../http/request-environment.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { findPaper } from './find-paper.ts';
import { refusals } from './refusals.ts';
import { arxivReposSchema, paperInfoSchema } from './schemas.ts';
import { linksJson, paperInfoJson } from './serialise.ts';

const idParams = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: '2406.08607' }),
});

/** Ids from before April 2007 have a slash: `hep-th/9901001`. */
const oldIdParams = z.object({
  archive: z.string().openapi({ param: { name: 'archive', in: 'path' }, example: 'hep-th' }),
  number: z.string().openapi({ param: { name: 'number', in: 'path' }, example: '9901001' }),
});

const infoQuery = z.object({
  field: z
    .enum(['comments'], { error: 'field must be comments.' })
    .optional()
    .openapi({ description: 'Tells the discussion as well.' }),
});

const infoResponses = {
  200: { description: 'The paper.', content: { 'application/json': { schema: paperInfoSchema } } },
  ...refusals(400, 404, 429),
};

const reposResponses = {
  200: {
    description: 'What belongs to the paper. Models, datasets and spaces are not kept here.',
    content: { 'application/json': { schema: arxivReposSchema } },
  },
  ...refusals(404, 429),
};

const tags = ['papers'];

const infoRoute = createRoute({
  method: 'get',
  path: '/api/papers/{id}',
  summary: 'One paper',
  tags,
  request: { params: idParams, query: infoQuery },
  responses: infoResponses,
});

const oldInfoRoute = createRoute({
  method: 'get',
  path: '/api/papers/{archive}/{number}',
  summary: 'One paper, by an arXiv id from before April 2007',
  tags,
  request: { params: oldIdParams, query: infoQuery },
  responses: infoResponses,
});

const reposRoute = createRoute({
  method: 'get',
  path: '/api/arxiv/{id}/repos',
  summary: 'What belongs to a paper: its code and project pages',
  tags,
  request: { params: idParams },
  responses: reposResponses,
});

const oldReposRoute = createRoute({
  method: 'get',
  path: '/api/arxiv/{archive}/{number}/repos',
  summary: 'What belongs to a paper, by an arXiv id from before April 2007',
  tags,
  request: { params: oldIdParams },
  responses: reposResponses,
});

/** Adds the routes. */
export function addPaper(app: OpenAPIHono<SiteEnv>, deps: SiteDependencies): void {
  const info = async (id: string, field: 'comments' | undefined) =>
    paperInfoJson(await findPaper(deps, id), deps.publicUrl, field === 'comments');
  const repos = async (id: string) => {
    const paper = await findPaper(deps, id);
    return {
      models: [],
      datasets: [],
      spaces: [],
      code: linksJson(paper, 'code'),
      projects: linksJson(paper, 'project'),
    };
  };

  app.openapi(infoRoute, async (c) =>
    c.json(await info(c.req.valid('param').id, c.req.valid('query').field), 200),
  );
  app.openapi(oldInfoRoute, async (c) => {
    const { archive, number } = c.req.valid('param');
    return c.json(await info(`${archive}/${number}`, c.req.valid('query').field), 200);
  });
  app.openapi(reposRoute, async (c) => c.json(await repos(c.req.valid('param').id), 200));
  app.openapi(oldReposRoute, async (c) => {
    const { archive, number } = c.req.valid('param');
    return c.json(await repos(`${archive}/${number}`), 200);
  });
}
