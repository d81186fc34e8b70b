import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { offprint } from './testing/offprint-process.ts';

const kills = 50;
const papers = 12_000;

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'offprint-kill-'));
  await chmod(parent, 0o755);
});
afterAll(() => rm(parent, { recursive: true, force: true, maxRetries: 5 }));

/** Kills the database server of a data folder if it runs: it may have stopped in good order, or not have started yet. */
function killPostgres(folder: string): void {
  try {
    process.kill(
      Number.parseInt(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8'), 10),
      'SIGKILL',
    );
  } catch {
    // Nothing to kill this time.
  }
}

/** A small generator with a seed, so that a failing run can be repeated (Mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

it(`loses no committed paper and doubles none when an import is killed ${kills} times, every third time with PostgreSQL itself`, {
  timeout: 600_000,
}, async () => {
  const OFFPRINT_DATA = join(parent, 'data');
  const file = join(parent, 'papers.jsonl');
  const line = (n: number): string =>
    JSON.stringify({
      id: `2601.${String(n).padStart(5, '0')}`,
      title: `Paper ${n}`,
      abstract: 'word '.repeat(150),
      authors: [{ name: 'A. Author' }],
      listings: [{ day: '2026-01-05', feed: 'arxiv', announce: 'new' }],
    });
  await writeFile(file, Array.from({ length: papers }, (_, n) => `${line(n + 1)}\n`).join(''));
  const next = random(20_260_206);
  const count = async (): Promise<number> =>
    JSON.parse((await offprint(['status', '--json'], { OFFPRINT_DATA }).finished).stdout).papers;

  let seen = 0;
  for (let round = 0; round < kills; round += 1) {
    // Once everything is in, going over it again is an ingest like any other.
    const importing = offprint(['import', file, ...(round > 0 && seen >= papers + 39 ? ['--restart'] : [])], {
      OFFPRINT_DATA,
    });
    await sleep(250 + next() * 700);
    if (round % 3 === 2) killPostgres(OFFPRINT_DATA);
    importing.child.kill('SIGKILL');
    await importing.finished;
    if (round % 5 === 4) {
      const now = await count();
      expect(now).toBeGreaterThanOrEqual(seen);
      seen = now;
    }
  }
  const last = await offprint(['import', file], { OFFPRINT_DATA }).finished;
  expect(last).toMatchObject({ code: 0 });
  expect(await count()).toBe(papers + 39);
  const dumped = (await offprint(['dump'], { OFFPRINT_DATA }).finished).stdout.trim().split('\n');
  const kept = dumped.filter((text) => text.includes('"title":"Paper ')).map((text) => JSON.parse(text));
  expect(new Set(kept.map(({ id }) => id)).size).toBe(papers);
  expect(kept.every((paper) => paper.authors.length === 1 && paper.listings.length === 1)).toBe(true);
});
