// Reading many papers by their ids: what an index is fed with and what its results are shown as.
import { sql } from 'kysely';
import { type CardRow, cardColumns, cardOf } from './card-query.ts';
import type { Database } from './database.ts';
import type { PaperCard } from './paper.ts';

/** The papers with these ids, in the order asked for; ids that the catalogue does not hold are left out. */
export async function readCards(db: Database, ids: readonly string[]): Promise<PaperCard[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<CardRow>`
    select ${cardColumns} from unnest(${[...ids]}::text[]) with ordinality as asked (paper_id, place)
    join paper p using (paper_id) order by asked.place`.execute(db);
  return rows.map(cardOf);
}
