// The JSON API as one app, and the document that describes it.
import { OpenAPIHono } from '@hono/zod-openapi';
import { refuseInvalid } from '../http/problem-response.ts';
import type { SiteEnv } from '../http/request-environment.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { addDailyPapers } from './daily-papers.ts';
import { addLab } from './lab.ts';
import { addMarkdown } from './markdown.ts';
import { addPaper } from './paper.ts';
import { addPapers } from './papers.ts';
import { addPapersSearch } from './papers-search.ts';
import { addSearch } from './search.ts';

/** Every route that programs use. */
export function apiRoutes(deps: SiteDependencies): OpenAPIHono<SiteEnv> {
  const app = new OpenAPIHono<SiteEnv>({ defaultHook: refuseInvalid });
  addDailyPapers(app, deps);
  addPapers(app, deps);
  addPapersSearch(app, deps);
  addSearch(app, deps);
  addPaper(app, deps);
  addMarkdown(app, deps);
  addLab(app, deps);
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Offprint',
      version: '1',
      description:
        'Papers, the days they were listed on, and search. A superset of the read half of the Hugging Face paper API: its clients work with HF_ENDPOINT set to this address.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: deps.publicUrl }],
  });
  app.get('/openapi.json', (c) => c.json(document));
  return app;
}
