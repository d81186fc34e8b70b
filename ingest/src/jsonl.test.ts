import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { countPapers, type Database, readPaper } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importJsonl } from './import-jsonl.ts';
import { readLines } from './jsonl-lines.ts';
import { readJsonlLine } from './jsonl-record.ts';
import { createPoliteFetch } from './polite-fetch.ts';
import type { IngestContext } from './run.ts';
import { hasSharedData, sharedPath, skipReason } from './testing/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'offprint-jsonl-'));
afterAll(() => rmSync(folder, { recursive: true }));
const save = (name: string, bytes: string | Uint8Array) => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
const line = (value: unknown) => readJsonlLine(Buffer.from(JSON.stringify(value)), 7);
const paper = (number: number) => ({
  id: `2601.${String(number).padStart(5, '0')}`,
  title: `Paper ${number}`,
  abstract: 'x'.repeat(number % 50),
});

describe('a line', () => {
  it('of our own dump comes back as it is, without control characters', () => {
    const record = {
      id: '2601.00001',
      title: 'A\u0000 title',
      authors: [{ name: 'A. Author' }],
      upvotes: 3,
      listings: [{ day: '2026-01-05', feed: 'daily', announce: 'new' }],
    };
    expect(line(record)).toEqual({ record: { ...record, title: 'A title' } });
  });

  it('of the arXiv archive is listed on its day', () => {
    expect(
      line({
        id: '1610.09431',
        title: 'T',
        abstract: 'A',
        authors: ['A. Author'],
        categories: ['q-bio.NC', 'cs.AI'],
        comment: null,
        listed: '2025-07-02',
      }),
    ).toMatchObject({
      record: {
        id: '1610.09431',
        primaryCategory: 'q-bio.NC',
        categories: ['q-bio.NC', 'cs.AI'],
        listings: [{ day: '2025-07-02', feed: 'arxiv', announce: 'new' }],
      },
    });
  });

  it('of the Daily Papers archive is listed on its day, or on none', () => {
    const archived = {
      id: '2405.00001',
      day: '2024-05-27',
      title: 'T',
      abstract: 'A',
      authors: ['A. Author'],
      published_at: '2024-05-26T01:02:03Z',
      submitted_at: '2024-05-27T02:06:34.388Z',
      submitted_by: 'reader-1',
      upvotes: 13,
      num_comments: 1,
      ai_summary: 'S',
      ai_keywords: ['k'],
      github_repo: 'https://github.com/example/code',
      github_stars: null,
      project_page: null,
      organization: 'Example',
      thumbnail: null,
    };
    expect(line(archived)).toMatchObject({
      record: {
        id: '2405.00001',
        upvotes: 13,
        commentCount: 1,
        organization: { name: 'Example' },
        publishedAt: '2024-05-26T01:02:03.000Z',
        links: [{ kind: 'code', url: 'https://github.com/example/code' }],
        listings: [
          {
            day: '2024-05-27',
            feed: 'daily',
            submittedBy: { name: 'reader-1' },
            submittedAt: '2024-05-27T02:06:34.388Z',
          },
        ],
      },
    });
    expect(line({ ...archived, day: null, submitted_by: null, submitted_at: null })).toMatchObject({
      record: { listings: undefined },
    });
  });

  it('of the anthology stands under its own name, with its venue and no invented date', () => {
    expect(
      line({
        id: 'author2019venue-word',
        title: 'T',
        abstract: 'A',
        authors: ['A. Author'],
        year: '2019',
        venue: 'icml',
      }),
    ).toMatchObject({
      record: { id: 'anthology:author2019venue-word', journalRef: 'ICML 2019' },
    });
  });

  it('that is no paper is refused by its number, whatever it is', () => {
    expect(readJsonlLine(undefined, 7)).toEqual({
      refused: { id: 'line 7', reason: 'the line is too long' },
    });
    expect(readJsonlLine(Buffer.from([0xff]), 7)).toEqual({
      refused: { id: 'line 7', reason: 'the line is not UTF-8' },
    });
    expect(readJsonlLine(Buffer.from('{'), 7)).toEqual({
      refused: { id: 'line 7', reason: 'the line is not JSON' },
    });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = line(value);
        expect('refused' in read && read.refused.id.startsWith('line 7')).toBe(true);
      }),
    );
  });
});

describe('the lines of a file', () => {
  const contents = 'one\ntwo\n\nthree\u{1F600}\nlast';
  it.each([
    ['plain', Buffer.from(contents)],
    ['gzip', gzipSync(contents)],
    ['zstd', zstdCompressSync(contents)],
  ])('are the same in %s, from the start and from any place', async (name, bytes) => {
    const file = save(`lines.${name}`, bytes);
    const all = await Array.fromAsync(readLines(file));
    expect(all.map(({ bytes: text }) => Buffer.from(text ?? []).toString())).toEqual(contents.split('\n'));
    for (const [at, { number, endOffset }] of all.entries()) {
      const rest = await Array.fromAsync(readLines(file, { line: number, offset: endOffset }));
      expect(rest).toEqual(all.slice(at + 1));
    }
  });

  it('longer than the limit are passed over without being held', async () => {
    const file = save('long', `short\n${'x'.repeat(300_000)}\nshort again\n`);
    const lines = await Array.fromAsync(readLines(file, undefined, undefined, 1_000));
    expect(lines.map(({ number, bytes }) => [number, bytes?.length])).toEqual([
      [1, 5],
      [2, undefined],
      [3, 11],
    ]);
  });

  it('of a broken archive are given up to the damage', async () => {
    const noise = Array.from({ length: 2_000 }, (_, at) => `line ${at} ${Math.sin(at)}`).join('\n');
    for (const [name, whole] of [
      ['gz', gzipSync(noise)],
      ['zst', zstdCompressSync(noise)],
    ] as const) {
      const file = save(`cut.${name}`, whole.subarray(0, whole.length - 100));
      await expect(Array.fromAsync(readLines(file))).rejects.toMatchObject({ code: 'damaged-file' });
    }
  });
});

describe('importing', () => {
  let database: TestDatabase;
  let db: Database;
  let context: IngestContext;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = database.db;
    context = { db, fetch: createPoliteFetch({ db, contact: 'x' }) };
  });
  afterAll(() => database.close());

  it('counts papers, refuses bad lines by number and reports bytes', async () => {
    const file = save(
      'mixed.jsonl',
      `${JSON.stringify(paper(1))}\nnot json\n\n${JSON.stringify(paper(2))}\n{"id":"x"}\n`,
    );
    const seen: number[] = [];
    const report = await importJsonl(
      { ...context, onProgress: ({ done, total }) => void seen.push(done / (total ?? 1)) },
      { file },
    );
    expect(report).toMatchObject({ outcome: 'succeeded', fetched: 4, created: 2, refused: 2 });
    expect(report.refusals.map(({ id }) => id)).toEqual(['line 2', 'line 5']);
    expect(seen.at(-1)).toBe(1);
    expect(await importJsonl(context, { file })).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      refused: 2,
    });
  });

  it.each(['plain', 'gzip', 'zstd'])('goes on after the last page when it was stopped (%s)', async (kind) => {
    const first = kind === 'plain' ? 10_000 : kind === 'gzip' ? 20_000 : 30_000;
    const text = Array.from({ length: 3_500 }, (_, at) => JSON.stringify(paper(first + at))).join('\n');
    const file = save(
      `resume.${kind}`,
      kind === 'gzip' ? gzipSync(text) : kind === 'zstd' ? zstdCompressSync(text) : text,
    );
    const before = await countPapers(db);
    const stop = new AbortController();
    // Stops between the first pages: the run looks at the signal after each.
    const timer = setInterval(async () => {
      if ((await countPapers(db)) - before >= 1_000) stop.abort();
    }, 5);
    const stopped = await importJsonl({ ...context, signal: stop.signal }, { file });
    clearInterval(timer);
    const rest = await importJsonl(context, { file });
    expect(stopped.created + rest.created).toBe(3_500);
    expect(rest.updated + rest.unchanged).toBe(0);
    if (stopped.outcome === 'stopped') expect(rest.notes[0]).toMatch(/^Went on after line \d+\.$/);
    expect((await countPapers(db)) - before).toBe(3_500);
  });

  it('keeps the lines before a damage and says so', async () => {
    const text = Array.from({ length: 1_500 }, (_, at) =>
      JSON.stringify({ ...paper(40_000 + at), abstract: String(Math.sin(at)).repeat(20) }),
    ).join('\n');
    const whole = gzipSync(text);
    const report = await importJsonl(context, {
      file: save('cut.jsonl.gz', whole.subarray(0, whole.length / 2)),
    });
    expect(report).toMatchObject({ outcome: 'failed', error: { code: 'damaged-file' } });
    expect(report.created).toBeGreaterThan(0);
  });

  it('says what is wrong with what is no file', async () => {
    await expect(importJsonl(context, { file: join(folder, 'none') })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(importJsonl(context, { file: folder })).rejects.toMatchObject({ code: 'bad-input' });
    expect(await importJsonl(context, { file: save('empty', '') })).toMatchObject({
      outcome: 'succeeded',
      fetched: 0,
    });
  });

  it.skipIf(!hasSharedData)(
    `brings the whole Daily Papers archive, whose window is 128 MiB, and refuses nothing${skipReason}`,
    async () => {
      const file = sharedPath('data', 'hf-daily-papers.jsonl.zst');
      expect(readFileSync(file).length).toBeGreaterThan(1_000_000);
      const report = await importJsonl(context, { file });
      expect(report).toMatchObject({ outcome: 'succeeded', fetched: 10_630, refused: 0 });
      expect(await readPaper(db, '2401.09603')).toMatchObject({ listings: [] });
    },
  );
});
