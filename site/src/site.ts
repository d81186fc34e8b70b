// The whole site: the app of this room with the pages for people mounted in it and its own error page.
import type { Hono } from 'hono';
import { type AppOptions, createApp, type SiteApp } from './app.ts';
import { renderErrorPage } from './pages/error-page.tsx';
import { pageRoutes } from './pages/routes.tsx';
import type { SiteDependencies } from './site-dependencies.ts';

/**
 * Builds the site that `offprint serve` runs. Nothing is opened and nothing listens yet; see `startServer`.
 *
 * @throws OffprintError `bad-input` when a trusted proxy is not an address.
 */
export function createSite(
  deps: SiteDependencies,
  options: Omit<AppOptions, 'pages' | 'errorPage'> = {},
): SiteApp {
  const pages: Hono = pageRoutes(deps);
  return createApp(deps, {
    ...options,
    pages,
    errorPage: ({ status, message }) => renderErrorPage(status, message),
  });
}
