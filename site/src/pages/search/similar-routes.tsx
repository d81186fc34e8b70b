// `/similar`: papers like the examples in the address.
import { OffprintError } from '@offprint/catalogue';
import { Hono } from 'hono';
import { readExamples } from '../../search/examples.ts';
import { parseSimilarAddress, resultsPerPage } from '../../search/search-address.ts';
import { pageOffset } from '../../search/search-lists.ts';
import { isStillReading } from '../../search/search-state.ts';
import type { SiteDependencies } from '../../site-dependencies.ts';
import { renderPage } from '../layout.tsx';
import { NoExamplesPage, SimilarPage } from './similar-page.tsx';

export function similarRoutes(deps: SiteDependencies): Hono {
  const routes = new Hono();
  routes.get('/similar', async (c) => {
    const asked = parseSimilarAddress(new URL(c.req.url).searchParams);
    c.header('Cache-Control', 'private, no-cache');
    if (asked.like.length === 0) return c.html(renderPage(<NoExamplesPage />));
    const { examples, unknown } = await readExamples(deps, asked.like);
    if (examples.length === 0)
      throw new OffprintError(
        'not-found',
        `This catalogue has no paper ${unknown.join(', ')}: give the id of one that it has.`,
        { field: 'like' },
      );
    const address = { ...asked, like: examples.map(({ id }) => id) };
    const offset = pageOffset(address.page);
    const found = await deps.search.similar({
      like: address.like,
      sort: address.sort,
      offset: offset ?? 0,
      limit: resultsPerPage,
    });
    const answer = offset === undefined ? { ...found, hits: [] } : found;
    return c.html(
      renderPage(
        <SimilarPage
          address={address}
          examples={examples}
          unknown={unknown}
          answer={answer}
          stillReading={await isStillReading(deps.search, answer)}
        />,
      ),
    );
  });
  return routes;
}
