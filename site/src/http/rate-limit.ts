// How many requests one client may send: fixed windows, counted in memory, told in the RateLimit headers.
import { clientKey } from './client-address.ts';

/** A quota: at most `limit` requests of a client in each window of `windowSeconds`. */
export interface RateLimitPolicy {
  /** The name clients read, such as `api`. */
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Where a client stands in the current window. */
export interface RateLimitState {
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly exceeded: boolean;
}

/** Counts requests under one policy. */
export interface RateLimiter {
  readonly policy: RateLimitPolicy;
  /** Counts one request of the client at this address. */
  take(address: string): RateLimitState;
  /** Tells without counting. */
  look(address: string): RateLimitState;
}

/** Distinct clients remembered within one window; past it the earliest are forgotten first. */
const maxClients = 100_000;

/**
 * Begins counting. All counters start again together at each window's end, so memory holds one window at most.
 *
 * @param nowMs a clock in milliseconds.
 */
export function createRateLimiter(policy: RateLimitPolicy, nowMs: () => number): RateLimiter {
  const windowMs = policy.windowSeconds * 1000;
  const counts = new Map<string, number>();
  let window = Math.floor(nowMs() / windowMs);

  const state = (used: number, now: number): RateLimitState => ({
    remaining: Math.max(0, policy.limit - used),
    resetSeconds: Math.max(1, Math.ceil(((window + 1) * windowMs - now) / 1000)),
    exceeded: used > policy.limit,
  });
  const turn = (): number => {
    const now = nowMs();
    const current = Math.floor(now / windowMs);
    if (current !== window) {
      window = current;
      counts.clear();
    }
    return now;
  };

  return {
    policy,
    take: (address) => {
      const now = turn();
      const key = clientKey(address);
      const used = (counts.get(key) ?? 0) + 1;
      if (used === 1 && counts.size >= maxClients) {
        const oldest = counts.keys().next();
        if (!oldest.done) counts.delete(oldest.value);
      }
      counts.set(key, used);
      return state(used, now);
    },
    look: (address) => {
      const now = turn();
      return state(counts.get(clientKey(address)) ?? 0, now);
    },
  };
}

/**
 * The headers that tell a client where it stands, in the form that `huggingface_hub` reads.
 *
 * @see https://www.ietf.org/archive/id/draft-ietf-httpapi-ratelimit-headers-09.html
 */
export function rateLimitHeaders(policy: RateLimitPolicy, state: RateLimitState): [string, string][] {
  return [
    ['RateLimit', `"${policy.name}";r=${state.remaining};t=${state.resetSeconds}`],
    ['RateLimit-Policy', `"fixed window";"${policy.name}";q=${policy.limit};w=${policy.windowSeconds}`],
  ];
}
