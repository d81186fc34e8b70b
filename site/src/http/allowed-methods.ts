// Which methods a path answers to, asked of the router itself, for OPTIONS, 405 and near misses.
import type { Hono } from 'hono';
import type { SiteEnv } from './request-environment.ts';

const candidates = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'] as const;

/** The methods with a route of their own for a path, `HEAD` and `OPTIONS` added; empty when there is no such path. */
export function allowedMethods(app: Hono<SiteEnv>, path: string): string[] {
  const routed = candidates.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  if (routed.length === 0) return [];
  return [...routed, ...(routed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}
