// Puts a backup back: into an empty catalogue or, when told so, in the place of what is there; all or nothing.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type BackupProgress, writeAll } from './backup.ts';
import {
  damaged,
  endSchema,
  headerSchema,
  LineReader,
  parseLine,
  tableSchema,
  trailerSchema,
  tryJson,
} from './backup-lines.ts';
import { type ConnectionSettings, connectClient, openDatabase } from './database.ts';
import { OffprintError } from './errors.ts';
import { migrate, readMigrations } from './migrate.ts';

/**
 * Restores a backup in one transaction, then brings it to this version's schema. The catalogue begins a new
 * generation, so that every derived index starts over.
 *
 * @param options.replace allows a catalogue that already holds papers other than the starter's to be replaced.
 * @returns the number of rows restored.
 * @throws OffprintError `damaged-file`, or `conflict` when there is something to lose or the backup is from a
 *   newer version; nothing is changed then.
 */
export async function restore(
  connection: ConnectionSettings,
  input: Readable,
  options: {
    readonly replace?: boolean;
    readonly onProgress?: (progress: BackupProgress) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<number> {
  const lines = new LineReader(input.pipe(createZstdDecompress()), input);
  const client = await connectClient(connection);
  let total = 0;
  try {
    const header = parseLine(headerSchema, await lines.next(), 'its first line is not a header');
    await client.query('begin');
    await client.query('set local client_min_messages = warning');
    await assertReplaceable(client, options.replace === true);
    await rebuildSchema(client, header.migrations);
    for (;;) {
      const line = await lines.next();
      if (line !== undefined && endSchema.safeParse(tryJson(line)).success) break;
      const { table, columns } = parseLine(tableSchema, line, 'it ends early');
      total += await restoreTable(client, lines, table, columns, (rows, bytes) => {
        options.signal?.throwIfAborted();
        options.onProgress?.({ table, rows: total + rows, bytes });
      });
    }
    await beginGeneration(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    if (error instanceof OffprintError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // Classes 22 and 23 are data that no such table takes; the Z codes are the decompressor's.
    if (
      /^(22|23|42)/.test(code) ||
      code.startsWith('ZSTD') ||
      code === 'Z_BUF_ERROR' ||
      code === 'ERR_STREAM_PREMATURE_CLOSE'
    )
      throw damaged(error instanceof Error ? error.message : code, error);
    throw error;
  } finally {
    input.destroy();
    await client.end();
  }
  const db = openDatabase(connection, 2);
  await migrate(db).finally(() => db.destroy());
  return total;
}

async function assertReplaceable(client: pg.Client, replace: boolean): Promise<void> {
  if (replace) return;
  const { rows: present } = await client.query<{ exists: boolean }>(
    "select to_regclass('public.paper') is not null as exists",
  );
  if (present[0]?.exists !== true) return;
  const { rows } = await client.query<{ papers: number }>(
    'select count(*)::int as papers from paper where authority > 1',
  );
  const papers = rows[0]?.papers ?? 0;
  if (papers > 0)
    throw new OffprintError(
      'conflict',
      `This catalogue already holds ${papers} papers: restore into an empty data folder, or add --replace to give them up for the backup.`,
    );
}

async function rebuildSchema(client: pg.Client, names: readonly string[]): Promise<void> {
  const known = new Map((await readMigrations()).map((migration) => [migration.name, migration]));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new OffprintError(
      'conflict',
      `This backup was made by a newer Offprint (it has the migration ${unknown}): update Offprint, then restore.`,
    );
  const { rows: tables } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  if (tables.length > 0)
    await client.query(
      `drop table ${tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ')} cascade`,
    );
  const { rows: sequences } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'",
  );
  for (const { name } of sequences) await client.query(`drop sequence ${pg.escapeIdentifier(name)}`);
  const { rows: routines } = await client.query<{ name: string }>(
    "select p.oid::regprocedure::text as name from pg_proc p where p.pronamespace = 'public'::regnamespace and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')",
  );
  for (const { name } of routines) await client.query(`drop function ${name} cascade`);
  await client.query(
    'create table migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  );
  for (const name of names) {
    const migration = known.get(name);
    if (migration === undefined) continue;
    await client.query(migration.text);
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, migration.sha256]);
  }
}

async function restoreTable(
  client: pg.Client,
  lines: LineReader,
  table: string,
  columns: readonly string[],
  onRows: (rows: number, bytes: number) => void,
): Promise<number> {
  const { rows: found } = await client.query(
    "select 1 from pg_class where relnamespace = 'public'::regnamespace and relname = $1",
    [table],
  );
  if (found.length === 0) throw damaged(`it has a table ${table} that this schema does not`);
  const name = pg.escapeIdentifier(table);
  await client.query(`delete from ${name}`);
  await client.query(`alter table ${name} disable trigger user`);
  const copy = client.query(
    copyFrom(`copy ${name} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')}) from stdin`),
  );
  const done = finished(copy);
  done.catch(() => undefined);
  const hash = createHash('sha256');
  let rows = 0;
  try {
    for (let line = await lines.next(); line !== '\\.'; line = await lines.next()) {
      if (line === undefined) throw damaged('it ends early');
      hash.update(line).update('\n');
      rows += 1;
      await Promise.race([writeAll(copy, `${line}\n`), done]);
      if (rows % 1000 === 0) onRows(rows, lines.bytes);
    }
  } catch (error) {
    copy.destroy();
    throw error;
  }
  copy.end();
  await done;
  const trailer = parseLine(trailerSchema, await lines.next(), 'it ends early');
  if (trailer.rows !== rows || trailer.sha256 !== hash.digest('hex'))
    throw damaged(`the rows of ${table} do not match their checksum`);
  await client.query(`alter table ${name} enable trigger user`);
  onRows(rows, lines.bytes);
  return rows;
}

/** A restored catalogue is another history: what followed the old one must not mix the two. */
async function beginGeneration(client: pg.Client): Promise<void> {
  await client.query('update catalogue set generation = gen_random_uuid()');
  await client.query(
    "insert into change (paper_id, removed, xid, seq) select paper_id, false, pg_current_xact_id(), nextval('change_seq') from paper order by paper_id",
  );
  const { rows: counters } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''`,
  );
  for (const { table, column } of counters) {
    const [name, of] = [pg.escapeIdentifier(table), pg.escapeIdentifier(column)];
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce((select max(${of}) from ${name}), 0) + 1, false)`,
      [name, column],
    );
  }
  await client.query("select pg_notify('offprint_change', '')");
}
