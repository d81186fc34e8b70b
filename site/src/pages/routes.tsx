// All pages that people read, as routes to mount at `/`.
import { Hono } from 'hono';
import type { SiteDependencies } from '../site-dependencies.ts';
import { AboutPage, AboutTrendingPage } from './about-pages.tsx';
import { feedRoutes } from './feed-routes.tsx';
import { labRoutes } from './lab/lab-routes.tsx';
import { renderPage } from './layout.tsx';
import { paperRoutes } from './paper-routes.tsx';
import { searchRoutes } from './search/search-routes.tsx';
import { similarRoutes } from './search/similar-routes.tsx';
import { topicRoutes } from './search/topic-routes.tsx';
import { readStatus, StatusPage } from './status-page.tsx';

/** The pages of the site. Mount at `/`, behind whatever checks requests and answers errors. */
export function pageRoutes(deps: SiteDependencies): Hono {
  const routes = new Hono();
  routes.route('/', feedRoutes(deps));
  routes.route('/', paperRoutes(deps));
  routes.route('/', searchRoutes(deps));
  routes.route('/', similarRoutes(deps));
  routes.route('/', topicRoutes(deps));
  routes.route('/', labRoutes(deps));
  routes.get('/about', (c) => c.html(renderPage(<AboutPage calendar={deps.calendar} />)));
  routes.get('/about/trending', (c) => c.html(renderPage(<AboutTrendingPage constants={deps.trending} />)));
  routes.get('/status', async (c) => {
    // Whoever looks here wants the state of now, not of half a minute ago.
    c.header('Cache-Control', 'no-store');
    return c.html(renderPage(<StatusPage {...(await readStatus(deps))} />));
  });
  return routes;
}
