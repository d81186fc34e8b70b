// Papers by their title: how an entry that carries no id is recognised, and how it finds its own later.
import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Looks titles up, whatever their case, punctuation, spaces and Unicode form.
 *
 * @returns for each title that exactly one paper has, that paper's id. A paper that itself waits for its id
 *   (`page:…`) is only found where nothing better is.
 */
export async function findByTitle(db: Database, titles: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ title: string; ids: string[] }>`
    select asked.title, array_agg(p.paper_id order by p.paper_id) as ids
    from unnest(${[...new Set(titles)]}::text[]) as asked (title)
    join paper p on title_key(p.title) = title_key(asked.title)
    where title_key(asked.title) <> ''
    group by asked.title`.execute(db);
  const found = new Map<string, string>();
  for (const { title, ids } of rows) {
    const matched = ids.filter((id) => !id.startsWith('page:'));
    const [id, ...others] = matched.length > 0 ? matched : ids;
    if (id !== undefined && others.length === 0) found.set(title, id);
  }
  return found;
}

export interface TitleMatch {
  readonly pageId: string;
  readonly paperId: string;
  /** As the matched paper spells it. */
  readonly title: string;
}

/** The papers under `page:` ids whose title exactly one other paper now has. */
export async function findMatchesOfPagePapers(db: Database): Promise<TitleMatch[]> {
  const { rows } = await sql<TitleMatch>`
    select w.paper_id as "pageId", min(p.paper_id) as "paperId", min(p.title) as title
    from paper w join paper p on title_key(p.title) = title_key(w.title) and p.paper_id not like 'page:%'
    where w.paper_id like 'page:%' and title_key(w.title) <> ''
    group by w.paper_id having count(*) = 1`.execute(db);
  return rows;
}

/** The papers that still stand under `page:` ids, oldest first. */
export async function listPagePapers(
  db: Database,
  limit: number,
): Promise<{ readonly paperId: string; readonly title: string }[]> {
  const rows = await db
    .selectFrom('paper')
    .select(['paper_id', 'title'])
    .where('paper_id', 'like', sql.lit('page:%'))
    .orderBy('first_seen_at')
    .orderBy('paper_id')
    .limit(limit)
    .execute();
  return rows.map(({ paper_id, title }) => ({ paperId: paper_id, title }));
}
