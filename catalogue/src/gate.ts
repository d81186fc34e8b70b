// One request at a time to a host, and not too soon after the last: decided by the database, so that every
// process on it obeys, by the database's clock.
import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * A claim on a host. It must be renewed before it runs out, or the gate opens for others: that is how the
 * claim of a killed process ends.
 */
export interface GateLease {
  readonly host: string;
  /** The instant until which the gate is shut for everyone else, as the database spells it. */
  readonly until: string;
}

export type GateClaim =
  | { readonly lease: GateLease }
  /** How long the gate stays shut, in milliseconds, as far as one can tell now. */
  | { readonly waitMs: number };

const instantText = sql`to_char(next_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Claims the host for `leaseMs` if its gate is open. */
export async function claimGate(db: Database, host: string, leaseMs: number): Promise<GateClaim> {
  const claimed = await sql<{ until: string }>`
    insert into gate (host, next_at) values (${host}, clock_timestamp() + ${leaseMs} * interval '1 ms')
    on conflict (host) do update set next_at = excluded.next_at where gate.next_at <= clock_timestamp()
    returning ${instantText} as until`.execute(db);
  const row = claimed.rows[0];
  if (row !== undefined) return { lease: { host, until: row.until } };
  const shut = await sql<{ wait_ms: number }>`
    select greatest(0, ceil(extract(epoch from next_at - clock_timestamp()) * 1000))::float8 as wait_ms
    from gate where host = ${host}`.execute(db);
  return { waitMs: shut.rows[0]?.wait_ms ?? 0 };
}

/**
 * Moves the end of a claim to `fromNowMs` from now: later to keep the gate shut while a request is under way,
 * sooner to open it after a pause.
 *
 * @returns the new lease, or `undefined` when the claim had run out and another took the gate.
 */
export async function moveGate(
  db: Database,
  lease: GateLease,
  fromNowMs: number,
): Promise<GateLease | undefined> {
  const moved = await sql<{ until: string }>`
    update gate set next_at = clock_timestamp() + ${fromNowMs} * interval '1 ms'
    where host = ${lease.host} and next_at = ${lease.until}::timestamptz
    returning ${instantText} as until`.execute(db);
  const row = moved.rows[0];
  return row === undefined ? undefined : { host: lease.host, until: row.until };
}
