// Other sites and us: anyone may read the API, no other site may make a browser write.
import { HttpError } from './problem.ts';
import type { RequestEnvironment } from './request-environment.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY']);

/**
 * Refuses a writing request that a browser sends on behalf of another site. Browsers say so in
 * `Sec-Fetch-Site`, older ones in `Origin`; a request with neither comes from no browser and carries no
 * reader's cookies by itself.
 *
 * @throws HttpError 403.
 */
export function checkSameOrigin(request: Request, env: RequestEnvironment, publicUrl: string): void {
  if (safeMethods.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  if (site === 'same-origin' || site === 'none') return;
  const origin = request.headers.get('origin');
  if (site === null && origin === null) return;
  if (origin !== null && origin === new URL(publicUrl).origin) return;
  const own = `${env.origin.secure ? 'https' : 'http'}://${request.headers.get('host') ?? ''}`;
  if (site === null && origin === own) return;
  throw new HttpError(403, 'This request came from another site: open the page here and send it again.');
}

/** Lets scripts of any site read the API and its headers. */
export function setOpenAccess(headers: Headers): void {
  headers.set('Access-Control-Allow-Origin', '*');
  headers.set(
    'Access-Control-Expose-Headers',
    'ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id',
  );
}

/** The answer to a browser that asks before it reads the API from another site. */
export function preflightHeaders(methods: readonly string[]): Record<string, string> {
  return {
    'Access-Control-Allow-Methods': methods.filter((method) => safeMethods.has(method)).join(', '),
    'Access-Control-Allow-Headers': 'Accept, Authorization, Content-Type, If-None-Match, X-Request-Id',
    'Access-Control-Max-Age': '86400',
  };
}
