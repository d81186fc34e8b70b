// The site's mark, drawn here, for browsers and for robots that ask about it.
import { Hono } from 'hono';
import type { SiteEnv } from './request-environment.ts';

const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#7a2e1f"/>' +
  '<path d="M9 6h10l5 5v15H9z" fill="#f7f4ec"/><path d="M19 6v5h5z" fill="#c9b98f"/>' +
  '<path d="M12 15h9M12 18.5h9M12 22h6" stroke="#7a2e1f" stroke-width="1.4" stroke-linecap="round"/></svg>';

/** `/favicon.svg`, and `/favicon.ico` which leads to it. */
export function faviconRoutes(): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.get('/favicon.svg', (c) =>
    c.body(mark, 200, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'public, max-age=86400' }),
  );
  app.get('/favicon.ico', (c) => c.redirect('/favicon.svg', 301));
  return app;
}
