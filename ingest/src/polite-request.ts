// What a polite request is asked with and answered with, apart from how it is made.
import type { Database, HttpValidator } from '@offprint/catalogue';
import type { Gate } from './gate.ts';
import type { Backoff } from './retry.ts';

export interface PoliteReply {
  readonly status: number;
  /** Where the reply came from, after redirects. */
  readonly url: string;
  /** The charset of its content type, if it names one. */
  readonly charset: string | undefined;
  readonly validator: HttpValidator;
  header(name: string): string | undefined;
  /** Can be read once. Breaks off with an error beyond `maxBytes`. */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface PoliteRequest {
  readonly url: string;
  readonly accept?: string;
  /** Makes the request conditional: `read` then gets status 304 when nothing changed. */
  readonly validator?: HttpValidator | undefined;
  /** Statuses besides 2xx and 304 that `read` wants to see. */
  readonly readStatuses?: readonly number[];
  readonly maxBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a GET and hands the reply to `read`. When the reply breaks off, or the server is overloaded, it is asked
 * again and `read` called anew, so `read` must begin from nothing each time. Nobody else in any process asks the
 * same host before `read` has returned.
 *
 * @throws OffprintError `unavailable` when the server wants to be left alone for long, `upstream` when it keeps
 *   failing or answers with another status, `bad-input` for an address that requests may not go to.
 */
export type PoliteFetch = <T>(request: PoliteRequest, read: (reply: PoliteReply) => Promise<T>) => Promise<T>;

export interface PoliteFetchSettings {
  readonly db: Database;
  /** A mail or web address at which the operator can be reached; goes into every User-Agent. */
  readonly contact: string;
  readonly version?: string;
  /** Hosts (`host` or `host:port`) that may have private addresses. They are the operator's own: no gate, no pause. */
  readonly allowPrivateHosts?: readonly string[];
  readonly attempts?: number;
  readonly backoff?: Backoff;
  /** A longer `Retry-After` ends the attempt at once; the gate stays shut that long. */
  readonly maxRetryAfterMs?: number;
  /** Without a byte for this long, a reply has stalled. */
  readonly idleTimeoutMs?: number;
  /** However busily it trickles, a reply must end within this. */
  readonly replyTimeoutMs?: number;
  readonly maxBytes?: number;
  readonly maxRedirects?: number;
  /** Pause between requests to a host by its gate's name; 0 means no gate. */
  readonly intervalMs?: (gate: string) => number;
  readonly leaseMs?: number;
  readonly gate?: Gate;
  readonly now?: () => Temporal.Instant;
  readonly sleep?: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly random?: () => number;
}
