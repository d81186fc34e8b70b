// Writing papers: one page of a source, its checkpoint and its count, all or nothing.
import { sql, type Transaction } from 'kysely';
import { absorb } from './absorb.ts';
import { saveCheckpoint } from './checkpoint.ts';
import type { Database } from './database.ts';
import { mergeRecord } from './merge.ts';
import type { PaperState } from './paper-state.ts';
import { authority, type PaperRecord, type SourceName } from './record.ts';
import { type Alias, settleAliases } from './settle-aliases.ts';
import { isChanged, readStates, type StateChange, writeStates } from './state-tables.ts';
import { storableText } from './storable-text.ts';
import type { Tables } from './tables.ts';

/** What happened to the papers of a page: each is counted once, however often the page names it. */
export interface StoreOutcome {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** A page of records from one source, and where the source stands after it. */
export interface Page {
  readonly source: SourceName;
  readonly records: readonly PaperRecord[];
  /** Saved in the same transaction, so that a killed run resumes right after the last page that counted. */
  readonly checkpoint?: { readonly key: string; readonly value: unknown };
}

/** Pages are written one at a time, whoever writes them; votes and comments do not wait for this. */
const pageLock = 0x6f_66_66_05;

/**
 * Stores a page of papers and its checkpoint in one transaction. Storing the same page again changes nothing.
 * Text loses NUL, which PostgreSQL cannot hold, and lone surrogates, which are not Unicode.
 *
 * @param page at most some thousand records; each must satisfy `paperRecordSchema`.
 * @throws the database's error; nothing of the page is then stored.
 */
export async function storePage(db: Database, page: Page): Promise<StoreOutcome> {
  const records = page.records.map((record) => storable(record));
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${pageLock})`.execute(transaction);
    const canonicalIds = await readCanonicalIds(transaction, records);
    const idOf = (record: PaperRecord): string => canonicalIds.get(record.id) ?? record.id;
    const aliases = settleAliases(
      records.flatMap((record) => (record.aliases ?? []).map((alias) => ({ alias, id: idOf(record) }))),
    );
    const before = await readStates(transaction, [
      ...new Set([...records.map(idOf), ...aliases.map(({ alias }) => alias)]),
    ]);

    const after = new Map<string, PaperState>();
    for (const record of records) {
      const id = idOf(record);
      after.set(id, mergeRecord(after.get(id) ?? before.get(id), record, authority[page.source], id));
    }
    for (const { alias, id } of aliases) {
      const duplicate = after.get(alias) ?? before.get(alias);
      const paper = after.get(id);
      if (duplicate !== undefined && paper !== undefined) after.set(id, absorb(paper, duplicate));
      after.delete(alias);
    }

    const changes = [...after].map(([id, state]): StateChange => ({ before: before.get(id), after: state }));
    const changed = changes.filter(isChanged);
    await writeOrganizations(transaction, records);
    await writeSubmitters(transaction, records);
    await writeStates(transaction, changed);
    await writeAliases(transaction, aliases);
    if (page.checkpoint !== undefined)
      await saveCheckpoint(transaction, page.source, page.checkpoint.key, page.checkpoint.value);
    const created = changed.filter((change) => change.before === undefined).length;
    return { created, updated: changed.length - created, unchanged: changes.length - changed.length };
  });
}

async function readCanonicalIds(
  transaction: Transaction<Tables>,
  records: readonly PaperRecord[],
): Promise<Map<string, string>> {
  if (records.length === 0) return new Map();
  const found = await transaction
    .selectFrom('alias')
    .selectAll()
    .where(
      'alias_id',
      'in',
      records.map(({ id }) => id),
    )
    .execute();
  return new Map(found.map(({ alias_id, paper_id }) => [alias_id, paper_id]));
}

async function writeAliases(transaction: Transaction<Tables>, aliases: readonly Alias[]): Promise<void> {
  if (aliases.length === 0) return;
  const byAlias = new Map(aliases.map(({ alias, id }) => [alias, id]));
  const names = [...byAlias.keys()];
  await sql`update alias a set paper_id = m.paper_id from (
      select unnest(${names}::text[]) as alias_id, unnest(${[...byAlias.values()]}::text[]) as paper_id) m
    where a.paper_id = m.alias_id`.execute(transaction);
  await transaction.deleteFrom('paper').where('paper_id', 'in', names).execute();
  await transaction
    .insertInto('alias')
    .values([...byAlias].map(([alias, id]) => ({ alias_id: alias, paper_id: id })))
    .onConflict((conflict) => conflict.column('alias_id').doNothing())
    .execute();
}

async function writeOrganizations(
  transaction: Transaction<Tables>,
  records: readonly PaperRecord[],
): Promise<void> {
  const byName = new Map(
    records.flatMap(({ organization }) =>
      organization === undefined ? [] : [[organization.name, organization] as const],
    ),
  );
  if (byName.size === 0) return;
  await transaction
    .insertInto('organization')
    .values(
      [...byName.values()].map(({ name, fullname, avatarUrl }) => ({
        name,
        fullname: fullname ?? null,
        avatar_url: avatarUrl ?? null,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        fullname: sql`coalesce(excluded.fullname, organization.fullname)`,
        avatar_url: sql`coalesce(excluded.avatar_url, organization.avatar_url)`,
      }),
    )
    .execute();
}

async function writeSubmitters(
  transaction: Transaction<Tables>,
  records: readonly PaperRecord[],
): Promise<void> {
  const submitters = records.flatMap(({ listings }) =>
    (listings ?? []).flatMap(({ submittedBy }) => (submittedBy === undefined ? [] : [submittedBy])),
  );
  const byName = new Map(submitters.map((submitter) => [submitter.name, submitter]));
  if (byName.size === 0) return;
  await transaction
    .insertInto('submitter')
    .values(
      [...byName.values()].map(({ name, fullname, upstreamId, kind }) => ({
        name,
        fullname: fullname ?? null,
        upstream_id: upstreamId ?? null,
        kind: kind ?? 'user',
      })),
    )
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({
        fullname: sql`coalesce(excluded.fullname, submitter.fullname)`,
        upstream_id: sql`coalesce(excluded.upstream_id, submitter.upstream_id)`,
      }),
    )
    .execute();
}

/** A value whose every text PostgreSQL can hold. */
function storable<T>(value: T): T;
function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map((part) => storable(part));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, storable(part)]));
  return value;
}
