// `/search` and `/about/search`: asks the search service and renders what it answers.
import { isArxivId, parsePaperId, readPaper } from '@offprint/catalogue';
import { type Context, Hono } from 'hono';
import { cleanText } from '../../maths/clean-text.ts';
import { parseSearchAddress, resultsPerPage } from '../../search/search-address.ts';
import { pageOffset } from '../../search/search-lists.ts';
import { isStillReading } from '../../search/search-state.ts';
import type { SiteDependencies } from '../../site-dependencies.ts';
import { paperPath } from '../format.ts';
import { renderPage } from '../layout.tsx';
import { AboutSearchPage, EmptySearchPage } from './about-search.tsx';
import { SearchPage } from './search-page.tsx';

export function searchRoutes(deps: SiteDependencies): Hono {
  const routes = new Hono();

  routes.get('/search', async (c) => {
    const asked = parseSearchAddress(new URL(c.req.url).searchParams);
    // What someone searches is theirs, and hardly ever asked twice: no cache keeps it.
    c.header('Cache-Control', 'private, no-cache');
    const q = cleanText(asked.q).replace(/\s+/g, ' ').trim();
    if (q === '') return c.html(renderPage(<EmptySearchPage />));
    const paper = await paperNamed(deps, q);
    if (paper !== undefined) return c.redirect(paperPath(paper), 302);
    const address = { ...asked, q };
    const offset = pageOffset(address.page);
    const found = await deps.search.search({
      q,
      sort: address.sort,
      offset: offset ?? 0,
      limit: resultsPerPage,
      facets: true,
      explain: address.explain,
    });
    const answer = offset === undefined ? { ...found, hits: [] } : found;
    const stillReading = await isStillReading(deps.search, answer);
    return c.html(renderPage(<SearchPage address={address} answer={answer} stillReading={stillReading} />));
  });

  routes.get('/about/search', (c: Context) => c.html(renderPage(<AboutSearchPage />)));
  return routes;
}

/** The paper whose id or address was typed: any arXiv id, and others that the catalogue holds. */
async function paperNamed(deps: SiteDependencies, text: string): Promise<string | undefined> {
  const id = parsePaperId(text);
  if (id === undefined || isArxivId(id)) return id;
  // `author:smith` has the shape of an id too.
  return (await readPaper(deps.db, id))?.id;
}
