// Validators: what a client already holds is not sent again (RFC 9110, section 13).
import { createHash } from 'node:crypto';

/** A weak entity tag of some bytes: the same for every encoding of them. */
export function entityTag(bytes: Uint8Array): string {
  return `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
}

/** Whether an `If-None-Match` header names the entity, by weak comparison. */
export function isHeld(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (ifNoneMatch === null || ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const bare = etag.replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === bare);
}

const keptOn304 = new Set([
  'cache-control',
  'content-location',
  'date',
  'etag',
  'expires',
  'vary',
  'x-request-id',
  'ratelimit',
  'ratelimit-policy',
  'access-control-allow-origin',
  'access-control-expose-headers',
]);

/** The headers of a 304 for a response that had these. */
export function notModifiedHeaders(headers: Iterable<[string, string]>): [string, string][] {
  return [...headers].filter(([name]) => keptOn304.has(name.toLowerCase()));
}
