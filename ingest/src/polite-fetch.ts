// Requests to other people's servers: slow, patient, identified, and never to an address they should not go to.
import { setTimeout as wait } from 'node:timers/promises';
import { OffprintError } from '@offprint/catalogue';
import { Agent } from 'undici';
import { assertAllowedUrl, publicLookup } from './address-guard.ts';
import { databaseGate } from './gate.ts';
import { InterruptedReply } from './interrupted-reply.ts';
import type { PoliteFetch, PoliteFetchSettings, PoliteReply, PoliteRequest } from './polite-request.ts';
import { readReplyBody } from './reply-body.ts';
import { backoffMs, retryAfterMs } from './retry.ts';
import { headerOf, isTransport, parseUrl, transportError, unwrapped } from './transport.ts';

const arxivGate = 'arxiv.org';

/** arXiv counts requests over all of its interfaces together: they share one gate. */
export function gateOf(url: URL): string {
  return /(^|\.)arxiv\.org$/.test(url.hostname) ? arxivGate : url.host;
}

/** arXiv asks for three seconds; anyone else gets one. @see https://info.arxiv.org/help/api/tou.html */
const politeIntervalMs = (gate: string): number => (gate === arxivGate ? 3_000 : 1_000);

const overloaded = new Set([429, 500, 502, 503, 504]);
const redirects = new Set([301, 302, 303, 307, 308]);
const dayMs = 86_400_000;

type HopResult<T> =
  | { readonly value: T }
  | { readonly location: string }
  | { readonly again: OffprintError; readonly afterMs: number | undefined };

/** A client whose every request is polite. Its sockets close by themselves shortly after they fall idle. */
export function createPoliteFetch(settings: PoliteFetchSettings): PoliteFetch {
  const {
    attempts = 6,
    backoff = { baseMs: 2_000, capMs: 120_000 },
    maxRetryAfterMs = 600_000,
    idleTimeoutMs = 60_000,
    replyTimeoutMs = 600_000,
    maxRedirects = 5,
    now = () => Temporal.Now.instant(),
    sleep = async (durationMs, signal) => wait(durationMs, undefined, { signal }),
    random = Math.random,
  } = settings;
  const allowed = new Set(settings.allowPrivateHosts ?? []);
  const intervalMs = settings.intervalMs ?? politeIntervalMs;
  const gate =
    settings.gate ??
    databaseGate(settings.db, { leaseMs: settings.leaseMs ?? 10_000, patienceMs: maxRetryAfterMs, sleep });
  const agentOptions = {
    connections: 1,
    pipelining: 1,
    headersTimeout: idleTimeoutMs,
    bodyTimeout: idleTimeoutMs,
    keepAliveTimeout: 4_000,
  };
  const publicAgent = new Agent({ ...agentOptions, connect: { lookup: publicLookup(), timeout: 15_000 } });
  const namedAgent = new Agent({ ...agentOptions, connect: { timeout: 15_000 } });
  const userAgent = `offprint/${settings.version ?? '0.1'} (self-hosted paper feed; contact: ${settings.contact.replace(/[^\x20-\x7E]/g, '')})`;

  async function hop<T>(
    url: URL,
    named: boolean,
    request: PoliteRequest,
    signal: AbortSignal,
    read: (reply: PoliteReply) => Promise<T>,
  ): Promise<HopResult<T>> {
    const reply = await (named ? namedAgent : publicAgent).request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      signal,
      headers: {
        'user-agent': userAgent,
        accept: request.accept ?? '*/*',
        'accept-encoding': 'gzip, deflate, br',
        ...(request.validator?.etag === undefined ? {} : { 'if-none-match': request.validator.etag }),
        ...(request.validator?.lastModified === undefined
          ? {}
          : { 'if-modified-since': request.validator.lastModified }),
      },
    });
    const { statusCode: status, body } = reply;
    const header = (name: string) => headerOf(reply.headers, name);
    const location = header('location');
    if (overloaded.has(status) || (redirects.has(status) && location !== undefined)) {
      await body.dump({ limit: 65_536 }).catch(() => undefined);
      if (location !== undefined && redirects.has(status)) return { location };
      return {
        again: new OffprintError(
          'upstream',
          `${url.host} answered ${status} and is to be asked again later.`,
        ),
        afterMs: retryAfterMs(header('retry-after'), now()),
      };
    }
    const wanted =
      (status >= 200 && status < 300) || status === 304 || request.readStatuses?.includes(status);
    if (wanted !== true) {
      await body.dump({ limit: 65_536 }).catch(() => undefined);
      throw new OffprintError(
        'upstream',
        `${url.host} answered ${status} to ${url.pathname.slice(0, 100)}: check the address.`,
      );
    }
    const bytes = readReplyBody(
      body,
      header('content-encoding'),
      request.maxBytes ?? settings.maxBytes ?? 64 * 1024 * 1024,
    );
    try {
      const value = await read({
        status,
        url: url.href,
        charset: /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(header('content-type') ?? '')?.[1],
        validator: { etag: header('etag'), lastModified: header('last-modified') },
        header,
        body: bytes,
      });
      return { value };
    } finally {
      body.on('error', () => undefined).destroy();
    }
  }

  /** One attempt: the request, and those its redirects lead to, each through its own host's gate. */
  async function attempt<T>(
    request: PoliteRequest,
    signal: AbortSignal,
    read: (reply: PoliteReply) => Promise<T>,
  ): Promise<
    { readonly value: T } | { readonly again: OffprintError; readonly afterMs: number | undefined }
  > {
    const visited = new Set<string>();
    let url = parseUrl(request.url);
    for (;;) {
      const named = assertAllowedUrl(url, allowed);
      if (visited.has(url.href) || visited.size > maxRedirects)
        throw new OffprintError(
          'upstream',
          `${url.host} redirects in circles or too often: check the address.`,
        );
      visited.add(url.href);
      const target = url;
      const go = () =>
        hop(target, named, request, AbortSignal.any([signal, AbortSignal.timeout(replyTimeoutMs)]), read);
      const host = gateOf(target);
      // Naming an arXiv host in the settings does not make it the operator's own.
      const isOwn = named && host !== arxivGate && settings.intervalMs === undefined;
      const pauseMs = isOwn ? 0 : intervalMs(host);
      const result =
        pauseMs === 0
          ? await go()
          : await gate.pass(host, pauseMs, signal, async (pause) => {
              const outcome = await go();
              if ('again' in outcome) pause.shutForMs(Math.min(outcome.afterMs ?? backoff.baseMs, dayMs));
              return outcome;
            });
      if (!('location' in result)) return result;
      const next = URL.parse(result.location, target);
      if (next === null)
        throw new OffprintError(
          'upstream',
          `${target.host} redirects to something that is no address: check the address.`,
        );
      if (target.protocol === 'https:' && next.protocol === 'http:' && !named)
        throw new OffprintError(
          'upstream',
          `${target.host} redirects from https to http, which is not followed.`,
        );
      url = next;
    }
  }

  return async (request, read) => {
    const signal = request.signal ?? new AbortController().signal;
    for (let tried = 1; ; tried += 1) {
      signal.throwIfAborted();
      let again: OffprintError;
      let afterMs: number | undefined;
      try {
        const result = await attempt(request, signal, read);
        if ('value' in result) return result.value;
        ({ again, afterMs } = result);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof InterruptedReply) again = error;
        else if (isTransport(error)) again = transportError(request.url, error);
        else throw unwrapped(error);
      }
      if (afterMs !== undefined && afterMs > maxRetryAfterMs)
        throw new OffprintError(
          'unavailable',
          `${parseUrl(request.url).host} asked to be left alone for ${Math.ceil(afterMs / 1000)} s: try again then.`,
          { cause: again },
        );
      if (tried >= attempts)
        throw new OffprintError(
          'upstream',
          `${again.message.replace(/\.$/, '')} (given up after ${tried} attempts).`,
          {
            cause: again,
          },
        );
      await sleep(Math.max(afterMs ?? 0, backoffMs(tried, backoff, random)), signal);
    }
  };
}
