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
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  };
}

/** Opens a pool of at most `maxConnections` connections. Close it with `destroy()`. */
export function openDatabase(settings: ConnectionSettings, maxConnections = 10): Database {
  const pool = new pg.Pool({ ...clientOptions(settings), max: maxConnections });
  // An idle connection that the server ends is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
