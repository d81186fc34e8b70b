// Which requests may be answered from kept pages, and under which key.
import { representationFor } from './accept.ts';

const neverKept = /^\/(?:assets\/|lab\/data\/|sitemap|feed\.|healthz$|readyz$|metrics$|outbox|settings)/;

/**
 * The key of a request that an anonymous reader's kept answer may serve: a GET or HEAD for a page or for the
 * daily listing, without cookies, credentials or a range. `undefined` for every other request.
 *
 * @param target path and query as sent.
 */
export function cacheKey(
  method: string | undefined,
  target: string | undefined,
  header: (name: string) => string | null | undefined,
): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  if (target === undefined || target.length > 1000 || !target.startsWith('/')) return undefined;
  if (target.startsWith('/api/') ? !/^\/api\/daily_papers(?:\?|$)/.test(target) : neverKept.test(target))
    return undefined;
  if (given(header('cookie')) || given(header('authorization')) || given(header('range'))) return undefined;
  return `${representationFor(header('accept'))} ${orderedQuery(target)}`;
}

const given = (value: string | null | undefined): boolean =>
  value !== null && value !== undefined && value !== '';

/** The target with its parameters in one order, for their order changes no answer; repeated ones keep theirs. */
function orderedQuery(target: string): string {
  const at = target.indexOf('?');
  if (at === -1 || !target.includes('&', at)) return target;
  const name = (part: string): string => part.split('=', 1)[0] ?? '';
  const parts = target.slice(at + 1).split('&');
  return `${target.slice(0, at)}?${parts.toSorted((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0)).join('&')}`;
}

/** Whether a response may be kept for other anonymous readers. */
export function mayKeep(response: Response): boolean {
  return (
    response.status === 200 &&
    !response.headers.has('set-cookie') &&
    !/no-store|private/i.test(response.headers.get('cache-control') ?? '') &&
    /^(?:text\/html|text\/markdown|application\/json)/.test(response.headers.get('content-type') ?? '')
  );
}
