// The database server as operators ask about it: does it answer, and how many connections does Offprint hold.
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Asks the server for nothing; rejects when it does not answer. */
export async function pingDatabase(db: Database): Promise<void> {
  await sql`select 1`.execute(db);
}

/** The connections of every Offprint process to this database, counted by PostgreSQL's word for what they do. */
export async function countConnections(
  db: Database,
): Promise<{ readonly state: string; readonly connections: number }[]> {
  const { rows } = await sql<{ state: string; connections: number }>`
    select coalesce(state, 'unknown') as state, count(*)::int as connections from pg_stat_activity
    where datname = current_database() and application_name = 'offprint' group by 1`.execute(db);
  return rows;
}
