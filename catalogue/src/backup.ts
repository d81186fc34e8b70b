// The whole database as one file, and back: streamed, compressed, checked, and restored all or nothing.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type ConnectionSettings, connectClient } from './database.ts';

/** Where a backup or a restore stands. */
export interface BackupProgress {
  readonly table: string;
  readonly rows: number;
  /** Bytes before compression. */
  readonly bytes: number;
}

export const backupFormat = 'offprint-backup-1';

/**
 * A backup is a zstd stream of lines. The first is a JSON header (`BackupHeader`); then, for each table in an
 * order in which references hold, a JSON line `{table, columns}`, the rows in PostgreSQL's COPY text format,
 * a line `\.`, and a JSON line `{rows, sha256}` over the row lines; the last line is `{"end":true}`.
 */
export interface BackupHeader {
  readonly format: typeof backupFormat;
  readonly createdAt: string;
  /** The migrations the tables were built by, in order. */
  readonly migrations: readonly string[];
}

/** Not part of a backup: the schema's own history, and the change sequence, which a restore begins anew. */
const derivedTables = ['migration', 'change'];

/**
 * Writes every table as it is at one moment, while others go on writing.
 *
 * @param output is ended when the backup is complete; on an error it is destroyed.
 * @returns the number of rows written.
 */
export async function backup(
  connection: ConnectionSettings,
  output: Writable,
  options: { readonly onProgress?: (progress: BackupProgress) => void; readonly signal?: AbortSignal } = {},
): Promise<number> {
  const client = await connectClient(connection);
  try {
    await client.query('begin isolation level repeatable read read only');
    const { signal } = options;
    let total = 0;
    async function* lines(): AsyncGenerator<string | Buffer> {
      const { rows: migrations } = await client.query<{ name: string }>(
        'select name from migration order by name',
      );
      const header: BackupHeader = {
        format: backupFormat,
        createdAt: new Date().toISOString(),
        migrations: migrations.map(({ name }) => name),
      };
      yield `${JSON.stringify(header)}\n`;
      let bytes = 0;
      for (const { table, columns } of await readTables(client)) {
        yield `${JSON.stringify({ table, columns })}\n`;
        const hash = createHash('sha256');
        const copy = client.query(
          copyTo(
            `copy ${pg.escapeIdentifier(table)} (${columns.map(pg.escapeIdentifier).join(', ')}) to stdout`,
          ),
        );
        for await (const chunk of copy) {
          signal?.throwIfAborted();
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
          options.onProgress?.({ table, rows: total, bytes });
        }
        total += copy.rowCount;
        yield `\\.\n${JSON.stringify({ rows: copy.rowCount, sha256: hash.digest('hex') })}\n`;
        options.onProgress?.({ table, rows: total, bytes });
      }
      yield '{"end":true}\n';
    }
    await pipeline(lines, createZstdCompress(), output);
    return total;
  } finally {
    await client.end();
  }
}

/** Every table with its columns, referenced tables before those that refer to them. */
export async function readTables(client: pg.Client): Promise<{ table: string; columns: string[] }[]> {
  const { rows } = await client.query<{ table: string; columns: string[]; needs: string[] }>(
    `select c.relname as table,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
             where k.conrelid = c.oid and k.contype = 'f' and r.oid <> c.oid) as needs
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all($1)
     order by c.relname`,
    [derivedTables],
  );
  const ordered: { table: string; columns: string[] }[] = [];
  const done = new Set<string>();
  for (let waiting = rows; waiting.length > 0; waiting = waiting.filter(({ table }) => !done.has(table))) {
    const ready = waiting.filter(({ needs }) => needs.every((need) => done.has(need)));
    if (ready.length === 0)
      throw new Error(
        `The tables ${waiting.map(({ table }) => table).join(', ')} refer to each other in a circle.`,
      );
    for (const { table, columns } of ready) {
      done.add(table);
      ordered.push({ table, columns });
    }
  }
  return ordered;
}

/** Waits for room in a stream that said it was full. */
export async function writeAll(stream: Writable, chunk: string | Buffer): Promise<void> {
  if (!stream.write(chunk)) await once(stream, 'drain');
}
