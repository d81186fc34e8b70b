// The connection to PostgreSQL: one pool, typed, with dates as plain text and never as a bare `Date`.
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables.ts';

/** Every query of every room goes through this; `Tables` types it. */
export type Database = Kysely<Tables>;

/** How to reach a PostgreSQL server: an address, or a Unix socket's folder. */
export type ConnectionSettings =
  | { readonly url: string }
  | { readonly socketFolder: string; readonly database: string; readonly user: string };

const builtin = pg.types.builtins;

const instantFromPostgres = (text: string): string => new Date(`${text.replace(' ', 'T')}:00`).toISOString();

const parsers = new Map<number, (text: string) => unknown>([
  [builtin.INT8, Number],
  [builtin.NUMERIC, Number],
  [builtin.DATE, (text) => text],
  [builtin.TIMESTAMPTZ, instantFromPostgres],
]);

/**
 * Options for a `pg` client or pool: how to reach the server, UTC sessions, and values parsed as the
 * domain wants them (dates as `YYYY-MM-DD`, instants as ISO UTC, bigints as numbers).
 */
export function clientOptions(settings: ConnectionSettings): pg.ClientConfig {
  return {
    ...('url' in settings
      ? { connectionString: settings.url }
      : { host: settings.socketFolder, database: settings.database, user: settings.user }),
    application_name: 'offprint',
    // A listener may hear nothing for days; a firewall that forgot the connection must not go unnoticed.
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  };
}

/**
 * Connects a client of its own, beside the pool; close it with `end()`.
 * When the server ends the connection between two queries, the next query says so.
 */
export async function connectClient(settings: ConnectionSettings): Promise<pg.Client> {
  const client = new pg.Client(clientOptions(settings));
  surviveServer(client);
  await client.connect();
  return client;
}

/** A connection that ends while it is asked nothing tells the client's listeners; with none it would end the process. */
function surviveServer(client: { on(event: 'error', listener: () => void): unknown }): void {
  client.on('error', () => undefined);
}

/** Beyond this a server that should answer at once, or a pool that should have a connection free, counts as away. */
const connectTimeoutMs = 15_000;

/** Opens a pool of at most `maxConnections` connections. Close it with `destroy()`. */
export function openDatabase(settings: ConnectionSettings, maxConnections = 10): Database {
  const pool = new pg.Pool({
    ...clientOptions(settings),
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
  });
  // The pool itself replaces an idle connection that the server ends; one in use may be between two queries just then.
  surviveServer(pool);
  pool.on('connect', surviveServer);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
