// Papers that stand in the catalogue by title alone: their abstracts are still to be fetched.
import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * arXiv ids of papers without an abstract, the most recently listed first, leaving out those that arXiv was
 * asked for and does not know.
 *
 * @param limit at most so many ids.
 */
export async function listIncompletePapers(db: Database, limit: number): Promise<string[]> {
  const { rows } = await sql<{ paper_id: string }>`
    select p.paper_id from paper p
    where p.abstract is null and p.paper_id !~ ':'
      and not exists (select 1 from checkpoint c where c.source = 'arxiv-api' and c.key = 'missing:' || p.paper_id)
    order by (select max(l.day) from listing l where l.paper_id = p.paper_id) desc nulls last, p.paper_id
    limit ${limit}`.execute(db);
  return rows.map(({ paper_id }) => paper_id);
}
