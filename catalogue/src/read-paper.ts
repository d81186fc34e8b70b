// Reading papers one by one and in the order of their publication.
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { type CardRow, cardColumns, cardOf, listingJson, listingJsonSchema } from './card-query.ts';
import type { Database } from './database.ts';
import type { Paper, PaperCard } from './paper.ts';

const versionsSchema = z.array(
  z.object({
    number: z.number(),
    submittedAt: z
      .string()
      .nullable()
      .transform((text) => (text === null ? null : new Date(text).toISOString())),
    sizeBytes: z.number().nullable(),
  }),
);

/** Everything about one paper, by its id or an alias of it; `undefined` when the catalogue has none. */
export async function readPaper(db: Database, id: string): Promise<Paper | undefined> {
  const { rows } = await sql<CardRow & { versions: unknown; listings: unknown; aliases: string[] }>`
    select ${cardColumns},
      (select coalesce(json_agg(json_build_object('number', v.number, 'submittedAt', v.submitted_at, 'sizeBytes', v.size_bytes) order by v.number), '[]')
         from version v where v.paper_id = p.paper_id) as versions,
      (select coalesce(json_agg(${listingJson} order by l.day desc, l.feed desc), '[]')
         from listing l left join submitter u on u.name = l.submitted_by where l.paper_id = p.paper_id) as listings,
      (select coalesce(json_agg(x.alias_id order by x.alias_id), '[]') from alias x where x.paper_id = p.paper_id) as aliases
    from paper p
    where p.paper_id = coalesce((select x.paper_id from alias x where x.alias_id = ${id}), ${id})`.execute(
    db,
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    ...cardOf(row),
    versions: versionsSchema.parse(row.versions),
    listings: z.array(listingJsonSchema).parse(row.listings),
    aliases: row.aliases,
  };
}

/** A place in the order of `listPapers`. */
export interface PaperCursor {
  readonly publishedAt: string | null;
  readonly id: string;
}

/**
 * Papers, newest publication first, those without a date last; ties by id.
 *
 * @param query.after the last paper of the page before.
 */
export async function listPapers(
  db: Database,
  query: { readonly after?: PaperCursor; readonly limit: number; readonly category?: string },
): Promise<PaperCard[]> {
  const inCategory = query.category === undefined ? sql`true` : sql`${query.category} = any(p.categories)`;
  const inOrder = sql`order by p.published_at desc nulls last, p.paper_id limit ${query.limit}`;
  // One range of the index each: a single condition with `or` would walk the index from its beginning.
  const ranges = behind(query.after).map(
    (range) => sql`(select p.* from paper p where ${range} and ${inCategory} ${inOrder})`,
  );
  const { rows } = await sql<CardRow>`
    select ${cardColumns} from (${sql.join(ranges, sql` union all `)}) p ${inOrder}`.execute(db);
  return rows.map(cardOf);
}

/** What comes after a paper in that order, as ranges of the index. */
function behind(after: PaperCursor | undefined): RawBuilder<unknown>[] {
  if (after === undefined) return [sql`true`];
  if (after.publishedAt === null) return [sql`p.published_at is null and p.paper_id > ${after.id}`];
  return [
    sql`p.published_at = ${after.publishedAt} and p.paper_id > ${after.id}`,
    sql`p.published_at < ${after.publishedAt}`,
    sql`p.published_at is null`,
  ];
}

/** How many papers the catalogue holds. */
export async function countPapers(db: Database): Promise<number> {
  const { rows } = await sql<{ papers: number }>`select count(*)::int as papers from paper`.execute(db);
  return rows[0]?.papers ?? 0;
}
