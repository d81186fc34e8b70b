// Where a long ingest stands, by source and key. `storePage` saves it with the papers it covers.
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { SourceName } from './record.ts';

/** The value last saved under a key of a source, as parsed JSON; `undefined` when there is none. */
export async function readCheckpoint(db: Database, source: SourceName, key: string): Promise<unknown> {
  const row = await db
    .selectFrom('checkpoint')
    .select('value')
    .where('source', '=', source)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.value;
}

/** Saves where a source stands; in a transaction, together with what else it does. */
export async function saveCheckpoint(
  db: Database,
  source: SourceName,
  key: string,
  value: unknown,
): Promise<void> {
  await sql`with s as (insert into source (name) values (${source}) on conflict do nothing)
    insert into checkpoint (source, key, value) values (${source}, ${key}, ${JSON.stringify(value)}::jsonb)
    on conflict (source, key) do update set value = excluded.value, saved_at = now()`.execute(db);
}

/** Forgets where a source stands. */
export async function clearCheckpoint(db: Database, source: SourceName, key: string): Promise<void> {
  await db.deleteFrom('checkpoint').where('source', '=', source).where('key', '=', key).execute();
}
