// A paper's neighbours on a feed day: who stands before and behind it in the order in which the day is shown.
import { sql } from 'kysely';
import type { Database } from './database.ts';

export interface DayNeighbour {
  readonly id: string;
  readonly title: string;
  /** From 1 on, in the day's order by votes. */
  readonly place: number;
}

/**
 * The papers around one on a feed day, itself included, in the order of `readFeed` by votes without cross-lists
 * and replacements; empty when the paper is not among them.
 *
 * @param reach how many papers on either side.
 */
export async function readDayNeighbours(
  db: Database,
  paperId: string,
  day: string,
  reach: number,
): Promise<DayNeighbour[]> {
  const { rows } = await sql<DayNeighbour>`
    with listed as (
      select distinct on (l.paper_id) l.paper_id, l.position
      from listing l
      where l.day = ${day}::date and (l.announce = 'new' or l.paper_id = ${paperId})
      order by l.paper_id, (l.feed = 'daily') desc
    ), placed as (
      select l.paper_id, p.title,
        row_number() over (order by coalesce(t.upvotes, 0) desc, coalesce(t.comments, 0) desc, l.position asc nulls last,
          p.published_at desc nulls last, l.paper_id)::int as place
      from listed l join paper p using (paper_id) left join tally t using (paper_id)
    )
    select n.paper_id as id, n.title, n.place
    from placed n join placed here on here.paper_id = ${paperId} and n.place between here.place - ${reach}::int and here.place + ${reach}::int
    order by n.place`.execute(db);
  return rows;
}
