// From Node's sockets to the app: kept pages are written at once, everything else becomes a web request.
import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { SiteApp } from '../app.ts';
import { cacheKey } from './cache-key.ts';
import { writeKept } from './kept-response.ts';
import { recordAnswer } from './observe.ts';
import { requestEnvironment } from './request-environment.ts';

/** The listener of a Node HTTP server for a site. */
export function siteListener(app: SiteApp): RequestListener {
  const general = getRequestListener(
    (request, { incoming, outgoing }) =>
      app.fetch(
        request.method === 'GET' ? request : standardRequest(request),
        incoming instanceof IncomingMessage && outgoing instanceof ServerResponse
          ? { incoming, outgoing }
          : {},
      ),
    {
      overrideGlobalObjects: false,
      errorHandler: () =>
        Response.json(
          { error: 'The request cannot be read: check its address and its Host header.' },
          { status: 400, headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } },
        ),
    },
  );
  return (incoming, outgoing) => {
    if (!writeFromMemory(app, incoming, outgoing)) void general(incoming, outgoing);
  };
}

/**
 * The same request as an object of the platform's own class. The server hands out a light stand-in, which serves
 * for reading but cannot be copied into another request, as HEAD and limits on bodies need.
 */
function standardRequest(request: Request): Request {
  const { url, method, headers } = request;
  const body = method === 'HEAD' ? null : request.body;
  return new Request(url, { method, headers, body, ...(body === null ? {} : { duplex: 'half' }) });
}

function writeFromMemory(app: SiteApp, incoming: IncomingMessage, outgoing: ServerResponse): boolean {
  const header = (name: string): string | undefined => {
    const value = incoming.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  const key = cacheKey(incoming.method, incoming.url, header);
  if (key === undefined) return false;
  const kept = app.cache.get(key);
  if (kept === undefined) return false;
  const started = performance.now();
  const env = requestEnvironment(header, { incoming, outgoing }, app.trust);
  env.route = kept.route;
  const written = writeKept(incoming, outgoing, kept, env, app.limiters);
  if (written === undefined) return false;
  app.metrics.cache('hit');
  const method = incoming.method ?? 'GET';
  const seconds = (performance.now() - started) / 1000;
  recordAnswer(
    app.logger,
    app.metrics,
    { method, target: incoming.url ?? '/', status: written.status, seconds, fromMemory: true },
    env,
  );
  return true;
}
