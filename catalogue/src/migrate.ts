// Brings a database to the current schema: plain SQL files, forward only, each in its own transaction.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { OffprintError } from './errors.ts';

const migrationsFolder = join(import.meta.dirname, '..', 'migrations');

/** Any constant will do, as long as every process asks for the same one while it migrates. */
const migrationLock = 0x6f_66_66_01;

/** A migration file. */
export interface Migration {
  readonly name: string;
  readonly sha256: string;
  readonly text: string;
}

/** The migration files of this version, in order. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(migrationsFolder, name), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/**
 * Applies every migration that the database has not seen, in the order of their names. Safe to call from
 * several processes at once: one migrates, the others wait and find nothing to do.
 *
 * @param upTo stops after the migration of this name; for tests of an upgrade.
 * @returns the names of the migrations applied now.
 * @throws OffprintError `conflict` when the database was written by a newer version, or when a migration
 *   file changed after it was applied.
 */
export async function migrate(db: Database, upTo?: string): Promise<string[]> {
  const migrations = await readMigrations();
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${migrationLock})`.execute(connection);
    try {
      await sql`create table if not exists migration (
        name text primary key, sha256 text not null, applied_at timestamptz not null default now())`.execute(
        connection,
      );
      const applied = new Map(
        (await connection.selectFrom('migration').select(['name', 'sha256']).execute()).map((row) => [
          row.name,
          row.sha256,
        ]),
      );
      assertSameHistory(applied, migrations);
      const missing = migrations.filter(
        ({ name }) => !applied.has(name) && (upTo === undefined || name <= upTo),
      );
      for (const { name, sha256, text } of missing) {
        await connection.transaction().execute(async (transaction) => {
          await sql.raw(text).execute(transaction);
          await transaction.insertInto('migration').values({ name, sha256 }).execute();
        });
      }
      return missing.map(({ name }) => name);
    } finally {
      await sql`select pg_advisory_unlock(${migrationLock})`.execute(connection);
    }
  });
}

/** Whether the database has every migration of this version; `/readyz` asks. */
export async function isMigrated(db: Database): Promise<boolean> {
  const names = (await readMigrations()).map(({ name }) => name);
  const applied = await db.selectFrom('migration').select('name').where('name', 'in', names).execute();
  return applied.length === names.length;
}

function assertSameHistory(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of applied) {
    if (!known.has(name))
      throw new OffprintError(
        'conflict',
        `This database was last used by a newer Offprint (it has the migration ${name}): update Offprint, or point it at another database.`,
      );
    if (known.get(name) !== sha256)
      throw new OffprintError(
        'conflict',
        `The migration ${name} is not the one this database was built with: restore that file, or start from a backup.`,
      );
  }
}
