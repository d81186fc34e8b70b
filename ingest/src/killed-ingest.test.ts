import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { importJsonl } from './import-jsonl.ts';
import { ingestOai } from './ingest-oai.ts';
import { createPoliteFetch } from './polite-fetch.ts';
import { oaiPage } from './testing/fixtures.ts';
import * as replay from './testing/replay-server.ts';

const pages = 45;
const perPage = 20;
const idOf = (number: number) => `2601.${String(number + 1).padStart(5, '0')}`;
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  open.push(() => database.close());
  return database;
}

/** A repository of `pages` pages; every third page updates a paper of the page before. */
async function repository(): Promise<replay.ReplayServer> {
  const server = await replay.startReplayServer((request, response, url) => {
    const at = Number((url.searchParams.get('resumptionToken') ?? 'page-0').replace('page-', ''));
    const papers = Array.from({ length: perPage }, (_, index) => ({ id: idOf(at * perPage + index) }));
    const revised =
      at % 3 === 2 ? [{ id: idOf((at - 1) * perPage), versions: 2, title: 'A revised paper' }] : [];
    const token = at + 1 < pages ? `page-${at + 1}` : '';
    const body = oaiPage([...papers, ...revised], { token, cursor: at * perPage, total: pages * perPage });
    setTimeout(() => replay.reply(body)(request, response, url), 5);
  });
  open.push(() => server.close());
  return server;
}

/**
 * Starts an ingest and kills it without warning, a moment after it has told of so many steps.
 *
 * @returns what it said when it ended by itself before that.
 */
async function ingestAndKill(order: object, steps: number): Promise<string | undefined> {
  const script = join(import.meta.dirname, 'testing', 'killed-ingest.ts');
  const child = spawn(process.execPath, ['--conditions=@offprint/source', script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const reached = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.split('\n').length > steps) resolve();
    });
  });
  await Promise.race([reached, ended]);
  await Promise.race([wait(Math.random() * 30), ended]);
  child.kill('SIGKILL');
  await ended;
  return output.split('\n').find((line) => line.startsWith('{'));
}

/** Everything the catalogue holds that does not depend on when it was written. */
async function contents(db: Database): Promise<unknown> {
  const { rows } = await sql<{ all: unknown }>`select jsonb_build_object(
    'papers', (select jsonb_agg(to_jsonb(p) - 'first_seen_at' order by paper_id) from paper p),
    'authors', (select jsonb_agg(to_jsonb(a) order by paper_id, position) from authorship a),
    'versions', (select jsonb_agg(to_jsonb(v) order by paper_id, number) from version v),
    'listings', (select jsonb_agg(to_jsonb(l) order by day, paper_id) from listing l),
    'checkpoints', (select jsonb_agg(value order by key) from checkpoint)) as all`.execute(db);
  return rows[0]?.all;
}

const fetchFrom = (db: Database, host: string) =>
  createPoliteFetch({ db, contact: 'test', allowPrivateHosts: [host] });

describe('an ingest that is killed again and again', () => {
  it('ends with what an undisturbed one has, and its checkpoint never lies on the way (OAI-PMH)', {
    timeout: 180_000,
  }, async () => {
    const server = await repository();
    const { db, connection } = await emptyDatabase();
    const undisturbed = await emptyDatabase();
    const whole = await ingestOai(
      { db: undisturbed.db, fetch: fetchFrom(undisturbed.db, server.host) },
      { base: server.origin, set: 'cs', since: '2026-01-01' },
    );
    expect(whole).toMatchObject({ outcome: 'succeeded', created: pages * perPage });
    server.requests.length = 0;

    let kills = 0;
    for (let ended: string | undefined; ended === undefined; ) {
      ended = await ingestAndKill({ connection, base: server.origin }, 1 + Math.floor(Math.random() * 18));
      if (ended === undefined) kills += 1;
      else expect(JSON.parse(ended)).toEqual({ outcome: 'succeeded' });
      const { rows } = await sql<{ papers: number; token: string | null; rows: number }>`select
        (select count(*)::int from paper) as papers, (select count(*)::int from checkpoint) as rows,
        (select value->>'token' from checkpoint) as token`.execute(db);
      const state = rows[0];
      const done =
        state?.rows === 0 ? 0 : state?.token === null ? pages : Number(state?.token?.replace('page-', ''));
      expect(state?.papers).toBe(done * perPage);
      if (kills > 60) throw new Error('The ingest makes no progress.');
    }
    expect(kills).toBeGreaterThan(2);
    expect(await contents(db)).toEqual(await contents(undisturbed.db));
    const { rows } = await sql<{ outcome: string }>`select outcome from ingest_run order by run_id`.execute(
      db,
    );
    expect(rows.at(-1)?.outcome).toBe('succeeded');
    expect(rows.slice(0, -1).every(({ outcome }) => outcome === 'failed')).toBe(true);
  });

  it('ends with what an undisturbed one has (JSON Lines)', { timeout: 180_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offprint-kill-'));
    open.push(async () => rmSync(folder, { recursive: true }));
    const file = join(folder, 'papers.jsonl');
    const lines = Array.from({ length: 6_000 }, (_, at) =>
      JSON.stringify({
        id: idOf(at),
        title: `Paper ${at}`,
        authors: [{ name: 'A. Author' }],
        listings: [{ day: '2026-01-05', feed: 'arxiv', announce: 'new' }],
      }),
    );
    writeFileSync(file, lines.join('\n'));
    const { db, connection } = await emptyDatabase();
    const undisturbed = await emptyDatabase();
    await importJsonl({ db: undisturbed.db, fetch: fetchFrom(undisturbed.db, 'none') }, { file });
    let kills = 0;
    for (let ended: string | undefined; ended === undefined && kills < 60; ) {
      ended = await ingestAndKill({ connection, file }, 1 + 2 * kills);
      if (ended === undefined) kills += 1;
    }
    expect(kills).toBeGreaterThan(0);
    expect(await contents(db)).toEqual(await contents(undisturbed.db));
  });
});
