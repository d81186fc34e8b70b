// What tests of every room use: a database of their own, empty and migrated, gone when they close it.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type ConnectionSettings, clientOptions, type Database, openDatabase } from '../database.ts';

/** A database that belongs to one test file. */
export interface TestDatabase {
  readonly db: Database;
  readonly connection: ConnectionSettings;
  close(): Promise<void>;
}

/** The PostgreSQL servers on which the catalogue must behave the same. */
export type TestServer = 'embedded' | 'debian15';

/** Why tests on this server are skipped, or `undefined` when they run. */
export function missingServer(server: TestServer): string | undefined {
  return inject('sockets')[server] === undefined ? "Debian's postgresql-15 is not installed" : undefined;
}

/** Clones the migrated template. `empty` gives a database without any table instead. */
export async function createTestDatabase(
  options: { readonly empty?: boolean; readonly server?: TestServer } = {},
): Promise<TestDatabase> {
  const socketFolder = inject('sockets')[options.server ?? 'embedded'];
  if (socketFolder === undefined) throw new Error(missingServer(options.server ?? 'embedded'));
  const database = `t_${randomBytes(8).toString('hex')}`;
  await asSuperuser(
    socketFolder,
    `create database ${database} owner offprint template ${options.empty === true ? 'template0' : 'offprint'}`,
  );
  const connection: ConnectionSettings = { socketFolder, database, user: 'offprint' };
  const db = openDatabase(connection, 8);
  return {
    db,
    connection,
    async close() {
      await db.destroy();
      await asSuperuser(socketFolder, `drop database ${database} with (force)`);
    },
  };
}

async function asSuperuser(socketFolder: string, statement: string): Promise<void> {
  const client = new pg.Client(clientOptions({ socketFolder, database: 'postgres', user: 'postgres' }));
  await client.connect();
  try {
    // Only one clone of a template can be made at a time.
    await client.query('select pg_advisory_lock(7)');
    await client.query(statement);
  } finally {
    await client.end();
  }
}
