// Papers that their source has deleted: they stay readable here and say so.
import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Marks papers as withdrawn, under whichever id they stand. Returns how many of them were not before. */
export async function markWithdrawn(db: Database, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await sql`update paper set withdrawn = true
    where not withdrawn and paper_id in (
      select coalesce(a.paper_id, asked.id) from unnest(${[...ids]}::text[]) as asked (id)
      left join alias a on a.alias_id = asked.id)`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}
