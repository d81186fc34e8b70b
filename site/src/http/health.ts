// How an operator's tools ask whether we live, whether we can serve, and how we fare.
import { isMigrated, pingDatabase } from '@offprint/catalogue';
import { Hono } from 'hono';
import type { SiteDependencies } from '../site-dependencies.ts';
import type { SiteMetrics } from './metrics.ts';
import type { SiteEnv } from './request-environment.ts';

/** How long `/readyz` waits for the database. */
const readyTimeoutMs = 3000;

/**
 * `/healthz` (this process answers), `/readyz` (so does the database, and its tables are those of this version)
 * and `/metrics`.
 */
export function healthRoutes(
  deps: SiteDependencies,
  metrics: SiteMetrics,
  isDraining: () => boolean,
): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const noStore = { 'Cache-Control': 'no-store' };

  app.get('/healthz', (c) => c.json({ status: 'alive' }, 200, noStore));

  app.get('/readyz', async (c) => {
    if (isDraining())
      return c.json({ error: 'This process is shutting down: ask another one.' }, 503, noStore);
    const ready = pingDatabase(deps.db).then(() => isMigrated(deps.db));
    const late = new Promise<'late'>((resolve) => {
      setTimeout(resolve, readyTimeoutMs, 'late').unref();
    });
    const outcome = await Promise.race([ready, late]).catch(() => 'away' as const);
    if (outcome === true) return c.json({ status: 'ready' }, 200, noStore);
    const error =
      outcome === false
        ? 'The database lacks migrations of this version: start the server once to apply them.'
        : 'The database does not answer: check that it runs and that DATABASE_URL is right.';
    return c.json({ error }, 503, { ...noStore, 'Retry-After': '5' });
  });

  app.get('/metrics', async (c) => {
    const { text, contentType } = await metrics.expose();
    return c.body(text, 200, { ...noStore, 'Content-Type': contentType });
  });

  return app;
}
