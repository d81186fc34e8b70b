import { readdirSync } from 'node:fs';
import { type Database, readFeed, readFeedDays, readPaper } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readDailyEntry, readDailyReply } from './daily-api.ts';
import { ingestDaily } from './ingest-daily.ts';
import { createPoliteFetch } from './polite-fetch.ts';
import type { IngestContext } from './run.ts';
import * as replay from './testing/replay-server.ts';
import { hasSharedData, readShared, sharedPath, skipReason } from './testing/shared-data.ts';

let database: TestDatabase;
let db: Database;
let server: replay.ReplayServer | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});
afterAll(() => database.close());

const entry = (id: string, changes: object = {}, outer: object = {}) => ({
  paper: {
    id,
    title: `A paper about ${id}`,
    summary: `An invented abstract of ${id}.`,
    authors: [
      { name: 'A. Author', hidden: false },
      { name: 'B. Hidden', hidden: true },
      { name: 'C. Writer' },
    ],
    publishedAt: '2026-01-02T00:00:00.000Z',
    submittedOnDailyAt: '2026-01-05T03:00:00.000Z',
    submittedOnDailyBy: { _id: 'u1', user: 'reader-1', fullname: 'Reader', type: 'user', name: 'reader-1' },
    upvotes: 7,
    ai_summary: 'What it says, shortly.',
    ai_keywords: ['one', 'two'],
    githubRepo: 'https://github.com/example/code',
    githubStars: 12,
    projectPage: 'https://example.org/project',
    organization: { name: 'example', fullname: 'Example', avatar: '/avatars/e.svg' },
    ...changes,
  },
  publishedAt: '2026-01-01T20:00:00.000Z',
  thumbnail: 'https://cdn.example.org/t.png',
  numComments: 3,
  ...outer,
});

/** An upstream that answers each date from a table, and 400 for others. */
async function upstream(
  days: Readonly<Record<string, unknown>>,
): Promise<{ context: IngestContext; url: string }> {
  server = await replay.startReplayServer((request, response, url) => {
    const day = days[url.searchParams.get('date') ?? ''];
    const body = typeof day === 'string' ? day : JSON.stringify(day ?? { error: 'Invalid date' });
    replay.reply(body, { 'content-type': 'application/json' }, day === undefined ? 400 : 200)(
      request,
      response,
      url,
    );
  });
  const fetch = createPoliteFetch({
    db,
    contact: 'x',
    allowPrivateHosts: [server.host],
    attempts: 2,
    sleep: async () => undefined,
  });
  return { context: { db, fetch }, url: server.origin };
}

describe('an entry of an upstream day', () => {
  it('becomes a paper with its listing, summary, links, votes and authors as printed', () => {
    expect(readDailyEntry(entry('2601.00001'), '2026-01-05', 4, 'https://up.example/api')).toEqual({
      record: {
        id: '2601.00001',
        title: 'A paper about 2601.00001',
        abstract: 'An invented abstract of 2601.00001.',
        authors: [{ name: 'A. Author' }, { name: 'C. Writer' }],
        publishedAt: '2026-01-02T00:00:00.000Z',
        links: [
          { kind: 'code', url: 'https://github.com/example/code', stars: 12 },
          { kind: 'project', url: 'https://example.org/project' },
        ],
        summaries: [{ kind: 'upstream', body: 'What it says, shortly.', keywords: ['one', 'two'] }],
        thumbnailUrl: 'https://cdn.example.org/t.png',
        organization: { name: 'example', fullname: 'Example', avatarUrl: 'https://up.example/avatars/e.svg' },
        upvotes: 7,
        commentCount: 3,
        listings: [
          {
            day: '2026-01-05',
            feed: 'daily',
            announce: 'new',
            position: 4,
            submittedBy: { name: 'reader-1', fullname: 'Reader', upstreamId: 'u1', kind: 'user' },
            submittedAt: '2026-01-05T03:00:00.000Z',
          },
        ],
      },
    });
  });

  it('keeps no link that is not http', () => {
    const read = readDailyEntry(
      entry('2601.00001', { githubRepo: 'javascript:alert(1)', projectPage: 'ftp://x' }),
      '2026-01-05',
      0,
      'https://up.example',
    );
    expect(read).toMatchObject({ record: { id: '2601.00001', links: undefined } });
  });

  it('is refused with a reason, never with an exception, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = readDailyEntry(value, '2026-01-05', 0, 'https://up.example');
        expect('refused' in read && read.refused.reason.length > 0).toBe(true);
      }),
    );
    for (const broken of [
      entry('nonsense'),
      entry('2601.00001', { title: null }),
      entry('2601.00001', { authors: 'A. Author' }),
      { paper: 7 },
    ])
      expect(readDailyEntry(broken, '2026-01-05', 0, 'https://up.example')).toHaveProperty('refused');
  });
});

describe('an upstream day', () => {
  it('that is malformed is described', () => {
    expect(readDailyReply('42')).toEqual({ malformed: 'the reply is a bare number, not a list' });
    expect(readDailyReply('{"status":"no_data"}')).toEqual({ malformed: 'the upstream says: no_data' });
    expect(readDailyReply('{"error":"Invalid date"}')).toEqual({
      malformed: 'the upstream says: Invalid date',
    });
    expect(readDailyReply('<!doctype html><p>Sorry')).toEqual({
      malformed: 'the reply is a web page, not JSON',
    });
    expect(readDailyReply('null')).toHaveProperty('malformed');
    expect(readDailyReply('[{"paper":')).toEqual({ malformed: 'the reply is not JSON' });
    expect(readDailyReply('')).toEqual({ malformed: 'the reply is empty' });
    expect(readDailyReply('[]')).toEqual({ entries: [] });
  });

  it('that turns malformed leaves everything that was there, and the other days come', async () => {
    const good = [entry('2601.00001'), entry('2601.00002')];
    const first = await upstream({ '2026-01-05': good });
    const range = { from: '2026-01-05', to: '2026-01-05' };
    expect(await ingestDaily(first.context, { upstream: first.url, ...range })).toMatchObject({
      outcome: 'succeeded',
      created: 2,
      refused: 0,
    });
    const before = await readPaper(db, '2601.00001');
    await server?.close();
    const broken = {
      '2026-01-05': { status: 'no_data' },
      '2026-01-06': 17,
      '2026-01-07': [entry('2601.00003'), { paper: {} }],
      '2026-01-08': [],
    };
    const second = await upstream(broken);
    const report = await ingestDaily(second.context, {
      upstream: second.url,
      from: '2026-01-05',
      to: '2026-01-09',
    });
    expect(report).toMatchObject({ outcome: 'succeeded', fetched: 5, created: 1, refused: 4 });
    expect(report.refusals).toEqual([
      { id: '2026-01-05', reason: 'the upstream says: no_data' },
      { id: '2026-01-06', reason: 'the reply is a bare number, not a list' },
      { id: '2026-01-07 entry 2', reason: expect.stringContaining('paper.id') },
      { id: '2026-01-09', reason: 'the upstream says: Invalid date' },
    ]);
    expect(await readPaper(db, '2601.00001')).toEqual(before);
    const days = await readFeedDays(db, '2026-01-05', '2026-01-09');
    expect(days.map(({ day, outcome }) => `${day} ${outcome}`)).toEqual([
      '2026-01-05 announced',
      '2026-01-06 failed',
      '2026-01-07 announced',
      '2026-01-08 empty',
      '2026-01-09 failed',
    ]);
  });

  it('is not asked for again by a run that goes on', async () => {
    const stop = new AbortController();
    const days = {
      '2026-02-02': [entry('2602.00001')],
      '2026-02-03': [entry('2602.00002')],
      '2026-02-04': [entry('2602.00003')],
    };
    const { context, url } = await upstream(days);
    const options = { upstream: url, from: '2026-02-02', to: '2026-02-04' };
    const onProgress = ({ done }: { done: number }) => done === 2 && stop.abort();
    expect(await ingestDaily({ ...context, signal: stop.signal, onProgress }, options)).toMatchObject({
      outcome: 'stopped',
      created: 2,
    });
    expect(await ingestDaily(context, options)).toMatchObject({
      outcome: 'succeeded',
      fetched: 1,
      created: 1,
    });
    expect(server?.requests.map((path) => /date=([^&]+)/.exec(path)?.[1])).toEqual([
      '2026-02-02',
      '2026-02-03',
      '2026-02-04',
    ]);
  });

  it('of several linked pages is read whole', async () => {
    server = await replay.startReplayServer((request, response, url) => {
      const page = Number(url.searchParams.get('p') ?? 0);
      const link: Record<string, string> =
        page === 0 ? { link: '</api/daily_papers?date=2026-03-02&p=1>; rel="next"' } : {};
      replay.reply(JSON.stringify([entry(`2603.0000${page + 1}`)]), {
        'content-type': 'application/json',
        ...link,
      })(request, response, url);
    });
    const fetch = createPoliteFetch({ db, contact: 'x', allowPrivateHosts: [server.host] });
    const report = await ingestDaily(
      { db, fetch },
      { upstream: server.origin, from: '2026-03-02', to: '2026-03-02' },
    );
    expect(report).toMatchObject({ fetched: 2, created: 2 });
  });

  it('needs dates and an upstream that are some', async () => {
    const { context, url } = await upstream({});
    for (const options of [
      { upstream: url, from: '2026-02-30', to: '2026-03-01' },
      { upstream: url, from: '2026-03-02', to: '2026-03-01' },
      { upstream: 'not an address', from: '2026-03-01', to: '2026-03-01' },
      { upstream: 'file:///etc', from: '2026-03-01', to: '2026-03-01' },
      { upstream: url, from: '1900-01-01', to: '2026-03-01' },
    ])
      await expect(ingestDaily(context, options)).rejects.toMatchObject({ code: 'bad-input' });
    expect(server?.requests).toEqual([]);
  });

  it.skipIf(!hasSharedData)(
    `comes in whole for all 45 recorded days, and again without a change${skipReason}`,
    async () => {
      const days = Object.fromEntries(
        readdirSync(sharedPath('data', 'hf-api-daily')).map((file) => [
          file.slice(0, 10),
          readShared('data', 'hf-api-daily', file),
        ]),
      );
      const { context, url } = await upstream(days);
      const dates = Object.keys(days).sort();
      const options = { upstream: url, from: dates[0] ?? '', to: dates.at(-1) ?? '' };
      const expected = dates.reduce((sum, date) => sum + JSON.parse(days[date] ?? '[]').length, 0);
      const report = await ingestDaily(context, options);
      expect(report.outcome).toBe('succeeded');
      // What the upstream answers for weekends is its error object, and the only thing refused.
      expect(report.refusals.every(({ reason }) => reason === 'the upstream says: Invalid date')).toBe(true);
      expect(report.fetched - report.refused).toBe(expected);
      const day = dates.at(-1) ?? '';
      const query = {
        from: day,
        to: day,
        feed: 'daily',
        crossLists: true,
        replacements: true,
        hasCode: false,
        sort: 'votes',
        limit: 100,
        offset: 0,
      } as const;
      const feed = await readFeed(db, query);
      const raw: { paper: { id: string; upvotes: number } }[] = JSON.parse(days[day] ?? '[]');
      expect(feed.total).toBe(raw.length);
      expect(Object.fromEntries(feed.entries.map(({ paper }) => [paper.id, paper.upvotes]))).toEqual(
        Object.fromEntries(raw.map(({ paper }) => [paper.id, paper.upvotes])),
      );
      // A paper listed on two days has the votes of the day read last; reading the first again brings its own back.
      const ids = Object.values(days).flatMap((text) =>
        JSON.parse(text).map((item: { paper: { id: string } }) => item.paper.id),
      );
      const twice = ids.length - new Set(ids).size;
      const again = await ingestDaily(context, options);
      expect(again).toMatchObject({ created: 0, refused: report.refused });
      expect(again.updated).toBeLessThanOrEqual(2 * twice);
    },
  );
});
