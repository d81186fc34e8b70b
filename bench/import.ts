// Bulk import of the arXiv archive: papers a second and peak memory, beside SQLite storing the same rows.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { runOffprint, scratchFolder } from './offprint-process.ts';
import { archiveLines, writePapersFile } from './papers-file.ts';

const lineSchema = z.object({
  id: z.string(),
  title: z.string(),
  abstract: z.string(),
  authors: z.array(z.string()),
  categories: z.array(z.string()),
  listed: z.string(),
});

/** The embedded PostgreSQL, a server when OFFPRINT_BENCH_DATABASE_URL names an empty database, and the peer. */
export async function benchImport(): Promise<void> {
  const folder = await scratchFolder();
  try {
    const file = join(folder, 'papers.jsonl');
    const papers = await writePapersFile(file, Number.POSITIVE_INFINITY);
    const ours = await importWith('embedded PostgreSQL', file, papers, {
      OFFPRINT_DATA: join(folder, 'data'),
    });
    const server = process.env.OFFPRINT_BENCH_DATABASE_URL;
    if (server !== undefined) await importWith('PostgreSQL server', file, papers, { DATABASE_URL: server });
    const theirs = await importIntoSqlite(join(folder, 'papers.sqlite'));
    process.stdout.write(
      `node:sqlite          ${theirs.toFixed(0)} papers/s (same rows, WAL, synchronous=FULL, no merging, no change sequence)\n`,
    );
    process.stdout.write(`ratio                ${(ours / theirs).toFixed(2)} × node:sqlite\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importWith(
  name: string,
  file: string,
  papers: number,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const { seconds, peakBytes } = await runOffprint(['import', file], environment);
  process.stdout.write(
    `${name.padEnd(20)} ${(papers / seconds).toFixed(0)} papers/s (${papers} in ${seconds.toFixed(1)} s, start included), peak ${(peakBytes / 1e6).toFixed(0)} MB\n`,
  );
  const again = await runOffprint(['import', file, '--restart'], environment);
  process.stdout.write(
    `  the same again     ${(papers / again.seconds).toFixed(0)} papers/s, all unchanged\n`,
  );
  return papers / seconds;
}

async function importIntoSqlite(path: string): Promise<number> {
  const db = new DatabaseSync(path);
  db.exec(`pragma journal_mode = wal; pragma synchronous = full;
    create table paper (paper_id text primary key, title text, abstract text, categories text);
    create table authorship (paper_id text, position integer, name text, primary key (paper_id, position)) without rowid;
    create table listing (day text, paper_id text, feed text, announce text, primary key (day, paper_id, feed)) without rowid;`);
  const paper = db.prepare('insert or replace into paper values (?, ?, ?, ?)');
  const authorship = db.prepare('insert or replace into authorship values (?, ?, ?)');
  const listing = db.prepare("insert or replace into listing values (?, ?, 'arxiv', 'new')");
  const start = performance.now();
  let papers = 0;
  db.exec('begin');
  for await (const line of archiveLines()) {
    const record = lineSchema.parse(JSON.parse(line));
    paper.run(record.id, record.title, record.abstract, record.categories.join(' '));
    record.authors.forEach((name, position) => {
      authorship.run(record.id, position + 1, name);
    });
    listing.run(record.listed, record.id);
    papers += 1;
    if (papers % 1000 === 0) db.exec('commit; begin');
  }
  db.exec('commit');
  const seconds = (performance.now() - start) / 1000;
  db.close();
  return papers / seconds;
}
