// Every route of the site, and what a request passes before it reaches one.
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { routePath } from 'hono/route';
import { feedReaderRoutes } from './api/feeds.ts';
import { apiRoutes } from './api/routes.ts';
import { searchFeedRoutes } from './api/search-feeds.ts';
import { allowedMethods } from './http/allowed-methods.ts';
import { assetRoutes } from './http/assets.ts';
import { checkSameOrigin, preflightHeaders, setOpenAccess } from './http/cross-origin.ts';
import { vary } from './http/deliver.ts';
import { faviconRoutes } from './http/favicon.ts';
import { healthRoutes } from './http/health.ts';
import type { SiteMetrics } from './http/metrics.ts';
import { type ErrorPageRenderer, HttpError } from './http/problem.ts';
import { problemResponse, refuseInvalid } from './http/problem-response.ts';
import { type RateLimiter, rateLimitHeaders } from './http/rate-limit.ts';
import type { SiteEnv } from './http/request-environment.ts';
import { checkTarget } from './http/request-guard.ts';
import { setSecurityHeaders } from './http/security-headers.ts';
import { sitemapRoutes } from './http/sitemap.ts';
import type { SiteDependencies } from './site-dependencies.ts';

/** What the app is built from beside the rooms below. */
export interface RouteParts {
  readonly metrics: SiteMetrics;
  /** One limiter for `/api`, one for everything else; `undefined` counts nothing. */
  readonly limiters: { readonly api: RateLimiter; readonly pages: RateLimiter } | undefined;
  readonly errorPage: ErrorPageRenderer;
  readonly isDraining: () => boolean;
  readonly maxBodyBytes: number;
  readonly assetsFolder: string | undefined;
  /** The pages for people. */
  readonly pages: Hono | undefined;
}

/** Whether a path belongs to programs. */
export const isApiPath = (path: string): boolean => path === '/api' || path.startsWith('/api/');

/** Whether requests to a path are counted against a client's quota: not for tools of the operator, not for files. */
const isCounted = (path: string): boolean => !/^\/(?:assets\/|healthz$|readyz$|metrics$|favicon)/.test(path);

/** Assembles the routes and what stands before them. Every answer comes out of here, whatever is asked. */
export function assembleRoutes(deps: SiteDependencies, parts: RouteParts): OpenAPIHono<SiteEnv> {
  const app = new OpenAPIHono<SiteEnv>({ defaultHook: refuseInvalid });

  app.use(async (c, next) => {
    await next();
    c.env.route = answeringRoute(c);
    const open = isApiPath(c.req.path) || c.req.path === '/openapi.json';
    setSecurityHeaders(c.res.headers, deps.publicUrl, open);
    if (open) setOpenAccess(c.res.headers);
    if (!c.res.headers.has('cache-control'))
      c.res.headers.set('Cache-Control', c.res.status < 400 ? 'no-cache' : 'no-store');
    vary(c.res.headers, 'Accept');
    c.res.headers.set('X-Request-Id', c.env.requestId);
  });

  app.use(async (c, next) => {
    const url = new URL(c.req.url);
    checkTarget(c.env.incoming?.url ?? url.pathname + url.search);
    checkSameOrigin(c.req.raw, c.env, deps.publicUrl);
    const limiter = isApiPath(c.req.path) ? parts.limiters?.api : parts.limiters?.pages;
    if (limiter === undefined || !isCounted(c.req.path)) return next();
    const state = limiter.take(c.env.origin.address);
    const headers = rateLimitHeaders(limiter.policy, state);
    if (state.exceeded)
      throw new HttpError(429, `Too many requests: wait ${state.resetSeconds} seconds and ask again.`, {
        'Retry-After': String(state.resetSeconds),
        ...Object.fromEntries(headers),
      });
    await next();
    for (const [name, value] of headers) c.res.headers.set(name, value);
    return undefined;
  });

  app.use(async (c, next) => {
    if (c.req.method !== 'OPTIONS') return next();
    const methods = allowedMethods(app, c.req.path);
    if (methods.length === 0) return c.notFound();
    const asked = isApiPath(c.req.path) && c.req.header('access-control-request-method') !== undefined;
    return c.body(null, 204, { Allow: methods.join(', '), ...(asked ? preflightHeaders(methods) : {}) });
  });

  app.use(bodyLimit({ maxSize: parts.maxBodyBytes }));

  app.route('/', healthRoutes(deps, parts.metrics, parts.isDraining));
  app.route('/', assetRoutes(parts.assetsFolder));
  app.route('/', faviconRoutes());
  app.route('/', apiRoutes(deps));
  app.route('/', feedReaderRoutes(deps));
  app.route('/', searchFeedRoutes(deps));
  app.route('/', sitemapRoutes(deps));
  if (parts.pages !== undefined) app.route('/', parts.pages);

  app.notFound((c) => {
    const path = c.req.path;
    const methods = allowedMethods(app, path);
    if (methods.length > 0 && !methods.includes(c.req.method))
      throw new HttpError(
        405,
        `${c.req.method.slice(0, 20)} is not possible here: use ${methods.join(', ')}.`,
        {
          Allow: methods.join(', '),
        },
      );
    const shorter = path.replace(/\/+$/, '');
    if (path !== shorter && shorter !== '' && !path.startsWith('//') && c.req.method === 'GET') {
      if (allowedMethods(app, shorter).includes('GET'))
        return c.redirect(shorter + new URL(c.req.url).search, 301);
    }
    throw new HttpError(404, 'There is nothing at this address: check it, or begin at the newest papers.');
  });

  app.onError((error, c) => problemResponse(error, c, parts.errorPage));
  return app;
}

/** The pattern of the route that answered; middleware alone is no route. */
function answeringRoute(c: Context<SiteEnv>): string | undefined {
  const pattern = routePath(c);
  return pattern === '*' || pattern === '/*' ? undefined : pattern;
}
