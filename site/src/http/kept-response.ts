// A kept answer as it is sent to one reader: 304 or bytes in the encoding they take, with their own few headers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { chooseEncoding, type Encoding } from './compression.ts';
import { isHeld } from './conditional.ts';
import type { KeptAnswer } from './page-cache.ts';
import { type RateLimiter, rateLimitHeaders } from './rate-limit.ts';
import type { RequestEnvironment } from './request-environment.ts';

/** One limiter for the API, one for the pages, or none at all. */
export type Limiters = { readonly api: RateLimiter; readonly pages: RateLimiter } | undefined;

/** The headers of this request alone. An answer from memory costs next to nothing and counts against no quota. */
function personalHeaders(requestId: string, address: string, limiters: Limiters, target: string): string[] {
  const limiter = target.startsWith('/api/') ? limiters?.api : limiters?.pages;
  const state = limiter?.look(address);
  return [
    'X-Request-Id',
    requestId,
    ...(limiter === undefined || state === undefined ? [] : rateLimitHeaders(limiter.policy, state).flat()),
  ];
}

function asHeaders(list: readonly string[]): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < list.length; i += 2) headers.append(list[i] ?? '', list[i + 1] ?? '');
  return headers;
}

/** The answer as a `Response`, encoded now when it was not before. */
export async function answerFromKept(
  request: Request,
  kept: KeptAnswer,
  env: RequestEnvironment,
  limiters: Limiters,
  target: string,
): Promise<Response> {
  env.route = kept.route;
  const own = personalHeaders(env.requestId, env.origin.address, limiters, target);
  if (isHeld(request.headers.get('if-none-match'), kept.etag))
    return new Response(null, { status: 304, headers: asHeaders([...kept.notModified, ...own]) });
  const encoding = kept.encodingFor(chooseEncoding(request.headers.get('accept-encoding')));
  await kept.encode(encoding);
  const body = request.method === 'HEAD' ? null : new Uint8Array(kept.bodies.get(encoding) ?? []);
  return new Response(body, {
    status: 200,
    headers: asHeaders([...(kept.heads.get(encoding) ?? []), ...own]),
  });
}

/**
 * Writes a kept answer to the socket without any `Response` between, when its bytes are at hand.
 *
 * @returns the status and the body's length, or `undefined` when nothing was written because the encoding is not made yet.
 */
export function writeKept(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  kept: KeptAnswer,
  env: RequestEnvironment,
  limiters: Limiters,
): { readonly status: number; readonly bytes: number } | undefined {
  const target = incoming.url ?? '/';
  const header = (name: string): string | undefined => {
    const value = incoming.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  if (isHeld(header('if-none-match'), kept.etag)) {
    const own = personalHeaders(env.requestId, env.origin.address, limiters, target);
    outgoing.writeHead(304, [...kept.notModified, ...own]);
    outgoing.end();
    return { status: 304, bytes: 0 };
  }
  const encoding: Encoding = kept.encodingFor(chooseEncoding(header('accept-encoding')));
  const head = kept.heads.get(encoding);
  const body = kept.bodies.get(encoding);
  if (head === undefined || body === undefined) return undefined;
  const own = personalHeaders(env.requestId, env.origin.address, limiters, target);
  outgoing.writeHead(200, [...head, ...own]);
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
  return { status: 200, bytes: incoming.method === 'HEAD' ? 0 : body.byteLength };
}
