// When to ask again: what `Retry-After` says, and otherwise a delay that doubles and is never the same twice.

/**
 * How long a server asks to be left alone, in milliseconds from `now`.
 *
 * @param value the `Retry-After` header: seconds, or an HTTP date.
 * @returns `undefined` when the header is absent or says nothing sensible.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterMs(value: string | undefined, now: Temporal.Instant): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  if (!/^[A-Za-z]{3,9}, /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.epochMilliseconds);
}

export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** The delay before attempt `attempt + 1`: between half of and all of `base * 2^(attempt - 1)`, at most the cap. */
export function backoffMs(attempt: number, backoff: Backoff, random: () => number): number {
  const ceiling = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.min(attempt - 1, 30));
  return ceiling / 2 + (random() * ceiling) / 2;
}
