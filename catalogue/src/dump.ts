// The public data as JSON Lines, one paper a line in the shape in which papers are told: readable by anyone, and by `offprint import`.
import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { PaperState } from './paper-state.ts';
import type { PaperRecord } from './record.ts';
import { readStates } from './state-tables.ts';
import type { Tables } from './tables.ts';

const pageSize = 500;

/**
 * Every paper of the catalogue as a record, in the order of their ids, as they are at one moment.
 * Memory stays at one page, however many papers there are.
 */
export async function* dumpRecords(db: Database): AsyncGenerator<PaperRecord> {
  // A generator cannot sit inside a callback, so the transaction is begun and ended by hand.
  const transaction = await db
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute();
  try {
    let last = '';
    for (;;) {
      const { rows: page } = await sql<{
        paper_id: string;
      }>`select paper_id from paper where paper_id > ${last} order by paper_id limit ${pageSize}`.execute(
        transaction,
      );
      if (page.length === 0) return;
      const ids = page.map(({ paper_id }) => paper_id);
      const [states, extras] = await Promise.all([
        readStates(transaction, ids),
        readExtras(transaction, ids),
      ]);
      for (const id of ids) {
        const state = states.get(id);
        if (state !== undefined) yield toRecord(state, extras.aliases.get(id) ?? [], extras);
      }
      last = ids.at(-1) ?? last;
    }
  } finally {
    await transaction.rollback().execute();
  }
}

interface Extras {
  readonly aliases: ReadonlyMap<string, string[]>;
  readonly submitters: ReadonlyMap<
    string,
    { fullname: string | null; upstream_id: string | null; kind: string }
  >;
  readonly organizations: ReadonlyMap<string, { fullname: string | null; avatar_url: string | null }>;
}

async function readExtras(transaction: Transaction<Tables>, ids: readonly string[]): Promise<Extras> {
  const [aliases, submitters, organizations] = await Promise.all([
    transaction.selectFrom('alias').selectAll().where('paper_id', 'in', ids).orderBy('alias_id').execute(),
    transaction
      .selectFrom('submitter')
      .selectAll()
      .where(sql<boolean>`name in (select submitted_by from listing where paper_id = any(${ids}))`)
      .execute(),
    transaction
      .selectFrom('organization')
      .selectAll()
      .where(sql<boolean>`name in (select organization_name from paper where paper_id = any(${ids}))`)
      .execute(),
  ]);
  return {
    aliases: new Map(
      [...Map.groupBy(aliases, ({ paper_id }) => paper_id)].map(([id, rows]) => [
        id,
        rows.map(({ alias_id }) => alias_id),
      ]),
    ),
    submitters: new Map(submitters.map((row) => [row.name, row])),
    organizations: new Map(organizations.map((row) => [row.name, row])),
  };
}

type Told<T> = { [K in keyof T]?: Exclude<T[K], null | undefined> };

/** Leaves out what is unknown or empty: an absent field means that nothing is said. */
function told<T extends object>(fields: T): Told<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== null &&
        value !== undefined &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0),
    ),
  ) as Told<T>;
}

function toRecord(
  { paper, authors, versions, links, summaries, tally, listings }: PaperState,
  aliases: readonly string[],
  extras: Extras,
): PaperRecord {
  const organization =
    paper.organization_name === null ? undefined : extras.organizations.get(paper.organization_name);
  return {
    id: paper.paper_id,
    title: paper.title,
    ...told({
      abstract: paper.abstract,
      authors: authors.map(({ name, affiliation }) => ({ name, ...told({ affiliation }) })),
      authorCount: authors.length === 0 && paper.author_count > 0 ? paper.author_count : null,
      publishedAt: paper.published_at,
      updatedAt: paper.updated_at,
      primaryCategory: paper.primary_category,
      categories: [...paper.categories],
      comment: paper.comment,
      journalRef: paper.journal_ref,
      doi: paper.doi,
      licence: paper.licence,
      withdrawn: paper.withdrawn,
      versions: versions.map(({ number, submittedAt, sizeBytes }) => ({
        number,
        ...told({ submittedAt, sizeBytes }),
      })),
      links: links.map(({ kind, url, stars }) => ({ kind, url, ...told({ stars }) })),
      summaries: summaries.map(({ kind, body, keywords }) => ({
        kind,
        body,
        ...told({ keywords: [...keywords] }),
      })),
      thumbnailUrl: paper.thumbnail_url,
      mediaUrls: [...paper.media_urls],
      organization:
        paper.organization_name === null
          ? null
          : {
              name: paper.organization_name,
              ...told({
                fullname: organization?.fullname ?? null,
                avatarUrl: organization?.avatar_url ?? null,
              }),
            },
      upvotes: tally?.upvotes,
      commentCount: tally?.comments,
      listings: listings.map(({ day, feed, announce, position, submittedBy, submittedAt }) => {
        const submitter = submittedBy === null ? undefined : extras.submitters.get(submittedBy);
        return {
          day,
          feed,
          announce,
          ...told({
            position,
            submittedAt,
            submittedBy:
              submittedBy === null
                ? null
                : {
                    name: submittedBy,
                    ...told({
                      fullname: submitter?.fullname,
                      upstreamId: submitter?.upstream_id,
                      kind: submitter?.kind,
                    }),
                  },
          }),
        };
      }),
      aliases: [...aliases],
    }),
  };
}
