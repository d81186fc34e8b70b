// The site ready to be served: kept pages before the routes, delivery behind them, logs and metrics around both.
import type { Hono } from 'hono';
import { cacheKey, mayKeep } from './http/cache-key.ts';
import { type ClientTrust, trustProxies } from './http/client-address.ts';
import { entityTag } from './http/conditional.ts';
import { deliver } from './http/deliver.ts';
import { answerFromKept, type Limiters } from './http/kept-response.ts';
import { createLogger, type Logger } from './http/log.ts';
import { createMetrics, type SiteMetrics } from './http/metrics.ts';
import { observe } from './http/observe.ts';
import { createPageCache, type FreshAnswer, type PageCache } from './http/page-cache.ts';
import { type ErrorPageRenderer, plainErrorPage } from './http/problem.ts';
import { createRateLimiter, type RateLimiter } from './http/rate-limit.ts';
import {
  type NodeBindings,
  type RequestEnvironment,
  requestEnvironment,
} from './http/request-environment.ts';
import { assembleRoutes } from './routes.ts';
import type { SiteDependencies } from './site-dependencies.ts';

/** Settings of one running site; every one has a default. */
export interface AppOptions {
  readonly logger?: Logger;
  /** Differs after every change of the catalogue: `RevisionWatch.current`. Without it kept pages only age. */
  readonly revision?: () => string;
  readonly pageCache?: { readonly maxBytes?: number; readonly maxAgeMs?: number };
  /** Requests per client and window, for the API and for pages; `false` counts nothing. */
  readonly rateLimit?:
    | false
    | { readonly api?: number; readonly pages?: number; readonly windowSeconds?: number };
  /** Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed, such as `loopback`, `10.0.0.0/8`. */
  readonly trustedProxies?: readonly string[];
  readonly maxBodyBytes?: number;
  readonly assetsFolder?: string;
  readonly errorPage?: ErrorPageRenderer;
  /** The pages for people, mounted at the root. */
  readonly pages?: Hono;
  /** Whether `/metrics` tells the figures of the Node process as well. */
  readonly processMetrics?: boolean;
}

/** The site as a function from request to answer, and the parts of it that a server reaches around that. */
export interface SiteApp {
  /** Answers a request; never rejects. */
  fetch(request: Request, bindings?: NodeBindings): Promise<Response>;
  /** Answers a request given as a path, for tests. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Says that this process is shutting down: `/readyz` refuses from now on. */
  drain(): void;
  readonly cache: PageCache;
  readonly metrics: SiteMetrics;
  readonly logger: Logger;
  readonly trust: ClientTrust;
  readonly limiters: Limiters;
}

/**
 * Builds the site. Nothing is opened and nothing listens yet; see `startServer`.
 *
 * @throws OffprintError `bad-input` when a trusted proxy is not an address.
 */
export function createApp(deps: SiteDependencies, options: AppOptions = {}): SiteApp {
  const logger = options.logger ?? createLogger('silent');
  const trust = trustProxies(options.trustedProxies ?? []);
  const nowMs = (): number => deps.now().epochMilliseconds;
  const cache = createPageCache({
    revision: options.revision ?? (() => ''),
    maxBytes: options.pageCache?.maxBytes ?? 64 * 1024 * 1024,
    maxAgeMs: options.pageCache?.maxAgeMs ?? 30_000,
    nowMs: () => performance.now(),
  });
  const metrics = createMetrics({
    db: deps.db,
    pageCache: () => cache,
    process: options.processMetrics ?? false,
  });
  const limiters = options.rateLimit === false ? undefined : createLimiters(options.rateLimit ?? {}, nowMs);
  let draining = false;
  const routes = assembleRoutes(deps, {
    metrics,
    limiters,
    errorPage: options.errorPage ?? plainErrorPage,
    isDraining: () => draining,
    maxBodyBytes: options.maxBodyBytes ?? 1024 * 1024,
    assetsFolder: options.assetsFolder,
    pages: options.pages,
  });

  const answer = async (request: Request, env: RequestEnvironment): Promise<Response> => {
    const url = new URL(request.url);
    const target = env.incoming?.url ?? url.pathname + url.search;
    const get = request.method === 'HEAD' ? new Request(request, { method: 'GET' }) : request;
    const key = cacheKey(request.method, target, (name) => request.headers.get(name));
    if (key === undefined) return deliver(request, await routes.fetch(get, env), env.streams);
    let unkept: Response | undefined;
    let made = false;
    const kept = await cache.load(key, async () => {
      made = true;
      const response = await routes.fetch(get, env);
      if (mayKeep(response) && !env.streams) return freshAnswer(response, env.route);
      unkept = response;
      return undefined;
    });
    metrics.cache(kept === undefined ? 'uncacheable' : made ? 'miss' : 'hit');
    if (kept !== undefined) return answerFromKept(request, kept, env, limiters, target);
    return deliver(request, unkept ?? (await routes.fetch(get, env)), env.streams);
  };

  const fetch = async (request: Request, bindings: NodeBindings = {}): Promise<Response> => {
    const env = requestEnvironment((name) => request.headers.get(name), bindings, trust);
    return observe(request, env, logger, metrics, () => answer(request, env));
  };

  return {
    fetch,
    request: (path, init) => fetch(new Request(new URL(path, deps.publicUrl), init)),
    drain: () => {
      draining = true;
    },
    cache,
    metrics,
    logger,
    trust,
    limiters,
  };
}

/** Generous: a person reading, or a script paging politely, never meets them. */
function createLimiters(
  quota: Exclude<AppOptions['rateLimit'], false | undefined>,
  nowMs: () => number,
): { api: RateLimiter; pages: RateLimiter } {
  const windowSeconds = quota.windowSeconds ?? 300;
  const limiter = (name: string, limit: number): RateLimiter =>
    createRateLimiter({ name, limit, windowSeconds }, nowMs);
  return { api: limiter('api', quota.api ?? 3000), pages: limiter('pages', quota.pages ?? 3000) };
}

/** Headers that belong to one request and are never kept for another. */
const personal = new Set(['x-request-id', 'ratelimit', 'ratelimit-policy', 'content-length', 'date']);

async function freshAnswer(response: Response, route: string | undefined): Promise<FreshAnswer> {
  const body = new Uint8Array(await response.arrayBuffer());
  const etag = response.headers.get('etag') ?? entityTag(body);
  const headers = new Headers(response.headers);
  headers.set('ETag', etag);
  headers.append('Vary', 'Accept-Encoding');
  return { body, etag, route, headers: [...headers].filter(([name]) => !personal.has(name)) };
}
