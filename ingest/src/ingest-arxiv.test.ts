import {
  type Database,
  listSources,
  missingSince,
  readFeedDays,
  readPaper,
  storePage,
  withSourceLock,
} from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ingestOai } from './ingest-oai.ts';
import { indexPaper, ingestQuery } from './ingest-query.ts';
import { ingestRss } from './ingest-rss.ts';
import { createPoliteFetch } from './polite-fetch.ts';
import type { IngestContext } from './run.ts';
import { indexPaperJob, ingestJobs, planIngest } from './schedule.ts';
import { oaiPage, rssFeed } from './testing/fixtures.ts';
import * as replay from './testing/replay-server.ts';
import { hasSharedData, readShared, skipReason } from './testing/shared-data.ts';

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

async function serve(answer: replay.Answer, now?: string): Promise<{ context: IngestContext; base: string }> {
  await server?.close();
  server = await replay.startReplayServer(answer);
  const fetch = createPoliteFetch({
    db,
    contact: 'x',
    allowPrivateHosts: [server.host],
    attempts: 3,
    sleep: async () => undefined,
  });
  const clock = now === undefined ? {} : { now: () => Temporal.Instant.from(now) };
  return { context: { db, fetch, ...clock }, base: server.origin };
}

const asked = () => server?.requests.map((path) => new URL(path, 'http://x').searchParams) ?? [];

describe('RSS', () => {
  const monday = 'Mon, 05 Jan 2026 00:00:00 -0500';
  const tuesday = 'Tue, 06 Jan 2026 00:00:00 -0500';
  const categories = ['cs', 'stat.ML'];

  it('lists what was announced, once, however often it is read', async () => {
    const items = [{ id: '2601.00001' }, { id: '2601.00002', announce: 'cross' }, { id: 'nonsense' }];
    const { context, base } = await serve(replay.reply(rssFeed(monday, items)));
    expect(await ingestRss(context, { base, categories })).toMatchObject({
      outcome: 'succeeded',
      fetched: 3,
      created: 2,
      refused: 1,
    });
    expect(await ingestRss(context, { base, categories })).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
    });
    expect(server?.requests).toEqual(['/cs+stat.ML', '/cs+stat.ML']);
    expect((await readPaper(db, '2601.00002'))?.listings).toMatchObject([
      { day: '2026-01-05', feed: 'arxiv', announce: 'cross' },
    ]);
    expect(await readFeedDays(db, '2026-01-05', '2026-01-05')).toMatchObject([
      { source: 'arxiv-rss', outcome: 'announced' },
    ]);
  });

  it('asks conditionally, and only forgets to when forced', async () => {
    const { context, base } = await serve((request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"e"' ? 304 : 200, { etag: '"e"' });
      response.end(
        request.headers['if-none-match'] === '"e"' ? '' : rssFeed(tuesday, [{ id: '2601.00003' }]),
      );
    });
    await ingestRss(context, { base, categories });
    expect(await ingestRss(context, { base, categories })).toMatchObject({
      fetched: 0,
      notes: ['The feed has not changed since it was last read.'],
    });
    expect(await ingestRss(context, { base, categories, force: true })).toMatchObject({
      fetched: 1,
      unchanged: 1,
    });
  });

  it('records an empty weekday as a holiday and a weekend as nothing', async () => {
    const holiday = await serve(replay.reply(rssFeed('Wed, 07 Jan 2026 00:00:00 -0500', [])));
    expect(await ingestRss(holiday.context, { base: holiday.base, categories })).toMatchObject({
      outcome: 'succeeded',
      fetched: 0,
    });
    const weekend = await serve(replay.reply(rssFeed('Sat, 10 Jan 2026 00:00:00 -0500', [])));
    await ingestRss(weekend.context, { base: weekend.base, categories });
    expect(await readFeedDays(db, '2026-01-07', '2026-01-10')).toMatchObject([
      { day: '2026-01-07', outcome: 'empty' },
    ]);
  });

  it('records a failure for the day that was expected, without undoing what is known', async () => {
    const cut = rssFeed('Thu, 08 Jan 2026 00:00:00 -0500', [{ id: '2601.00008' }, { id: '2601.00009' }]);
    const { context, base } = await serve(replay.cutShort(cut, cut.length - 200), '2026-01-08T02:00:00Z');
    const report = await ingestRss(context, { base, categories });
    expect(report).toMatchObject({
      outcome: 'failed',
      created: 0,
      error: { message: expect.stringMatching(/breaks off inside/) },
    });
    expect(server?.requests).toHaveLength(3);
    expect(await readFeedDays(db, '2026-01-08', '2026-01-08')).toMatchObject([{ outcome: 'failed' }]);
    const monday8 = { ...context, now: () => Temporal.Instant.from('2026-01-05T15:00:00Z') };
    await ingestRss(monday8, { base, categories });
    expect(await readFeedDays(db, '2026-01-05', '2026-01-05')).toMatchObject([{ outcome: 'announced' }]);
    expect((await listSources(db)).find(({ name }) => name === 'arxiv-rss')).toMatchObject({
      lastError: expect.stringMatching(/breaks off/),
    });
  });

  it('refuses wrong encodings, web pages and attacks without storing anything', async () => {
    const latin1 = Buffer.from(rssFeed(monday, [{ id: '2601.00020', creator: 'Zo\u00eb' }]), 'latin1');
    const bomb = rssFeed(monday, [{ id: '2601.00020' }]).replace(
      '<rss ',
      '<!DOCTYPE rss [<!ENTITY a "b">]><rss ',
    );
    for (const answer of [
      replay.reply(latin1),
      replay.reply('<html><body>Sorry</body></html>'),
      replay.reply(bomb),
    ]) {
      const { context, base } = await serve(answer);
      expect(await ingestRss(context, { base, categories, force: true })).toMatchObject({
        outcome: 'failed',
        created: 0,
      });
    }
    expect(await readPaper(db, '2601.00020')).toBeUndefined();
  });

  it('is asked for categories that are some', async () => {
    const { context } = await serve(replay.reply(''));
    for (const bad of [[], ['cs/../x'], ['CS'], ['cs.LG?x']])
      await expect(ingestRss(context, { categories: bad })).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('OAI-PMH', () => {
  const page = (...numbers: number[]) => numbers.map((number) => ({ id: `2602.0000${number}` }));

  it('follows resumption tokens, and goes on from there next time', async () => {
    const { context, base } = await serve(
      replay.inTurn(
        replay.reply(oaiPage(page(1, 2), { token: 'p2', cursor: 0, total: 3 })),
        replay.reply(oaiPage(page(3), { token: '', cursor: 2, total: 3 })),
        replay.reply(oaiPage([], { error: 'noRecordsMatch', responseDate: '2026-01-12T00:00:00Z' })),
        replay.reply(oaiPage([], { error: 'noRecordsMatch' })),
      ),
    );
    const progress: unknown[] = [];
    const report = await ingestOai(
      { ...context, onProgress: (at) => void progress.push(at) },
      { base, set: 'cs', since: '2026-01-01' },
    );
    expect(report).toMatchObject({ outcome: 'succeeded', fetched: 3, created: 3 });
    expect(progress).toEqual([
      { done: 2, total: 3, unit: 'papers' },
      { done: 3, total: 3, unit: 'papers' },
    ]);
    expect(await ingestOai(context, { base, set: 'cs' })).toMatchObject({ outcome: 'succeeded', fetched: 0 });
    await ingestOai(context, { base, set: 'cs' });
    expect(asked().map((query) => query.get('resumptionToken') ?? query.get('from'))).toEqual([
      '2026-01-01',
      'p2',
      '2026-01-10',
      '2026-01-12',
    ]);
    expect(asked()[1]?.has('metadataPrefix')).toBe(false);
  });

  it('goes on in the middle of a window that broke off', async () => {
    const { context, base } = await serve(
      replay.inTurn(
        replay.reply(oaiPage(page(4), { token: 't2' })),
        replay.overloaded(503),
        replay.overloaded(503),
        replay.overloaded(503),
        replay.reply(oaiPage(page(5), { token: '' })),
      ),
    );
    const window = { base, from: '2026-02-01', until: '2026-02-02' };
    expect(await ingestOai(context, window)).toMatchObject({ outcome: 'failed', created: 1 });
    expect(await ingestOai(context, window)).toMatchObject({ outcome: 'succeeded', created: 1, fetched: 1 });
    expect(asked().at(-1)?.get('resumptionToken')).toBe('t2');
  });

  it('begins again from the newest datestamp when its token has expired', async () => {
    const dated = (number: number, datestamp: string) => ({ id: `2602.0001${number}`, datestamp });
    const { context, base } = await serve(
      replay.inTurn(
        replay.reply(oaiPage([dated(1, '2026-03-01'), dated(2, '2026-03-04')], { token: 'old' })),
        replay.reply(oaiPage([], { error: 'badResumptionToken' })),
        replay.reply(oaiPage([dated(2, '2026-03-04'), dated(3, '2026-03-05')])),
      ),
    );
    const report = await ingestOai(context, { base, set: 'stat', from: '2026-03-01', until: '2026-03-09' });
    expect(report).toMatchObject({ outcome: 'succeeded', fetched: 4, created: 3, unchanged: 1 });
    expect(asked().at(-1)?.get('from')).toBe('2026-03-04');
    expect(asked().at(-1)?.get('until')).toBe('2026-03-09');
  });

  it('begins the whole window again when datestamps had not come in order', async () => {
    const dated = (number: number, datestamp: string) => ({ id: `2602.0002${number}`, datestamp });
    const { context, base } = await serve(
      replay.inTurn(
        replay.reply(oaiPage([dated(1, '2026-03-08'), dated(2, '2026-03-02')], { token: 'old' })),
        replay.reply(oaiPage([], { error: 'badResumptionToken' })),
        replay.reply(oaiPage([dated(1, '2026-03-08')])),
      ),
    );
    await ingestOai(context, { base, set: 'econ', from: '2026-03-01' });
    expect(asked().at(-1)?.get('from')).toBe('2026-03-01');
  });

  it('gives up on a repository that never accepts its own tokens, or repeats itself', async () => {
    const endless = await serve((request, response, url) =>
      replay.reply(
        url.searchParams.has('resumptionToken')
          ? oaiPage([], { error: 'badResumptionToken' })
          : oaiPage([], { token: 'x' }),
      )(request, response, url),
    );
    expect(await ingestOai(endless.context, { base: endless.base, set: 'math' })).toMatchObject({
      outcome: 'failed',
    });
    const same = await serve(replay.reply(oaiPage(page(6), { token: 'same' })));
    expect(await ingestOai(same.context, { base: same.base, set: 'math', restart: true })).toMatchObject({
      outcome: 'failed',
      error: { message: expect.stringMatching(/same page/) },
    });
  });

  it('marks deleted papers withdrawn and keeps them readable', async () => {
    await storePage(db, { source: 'arxiv-api', records: [{ id: '2602.00030', title: 'Once here' }] });
    const { context, base } = await serve(
      replay.reply(
        oaiPage([
          { id: '2602.00030', deleted: true },
          { id: '2602.00031', deleted: true },
        ]),
      ),
    );
    expect(await ingestOai(context, { base, from: '2026-04-01' })).toMatchObject({
      fetched: 2,
      updated: 1,
      unchanged: 1,
    });
    expect(await readPaper(db, '2602.00030')).toMatchObject({ title: 'Once here', withdrawn: true });
  });

  it('fails on any other error of the protocol, in its words', async () => {
    const { context, base } = await serve(replay.reply(oaiPage([], { error: 'badArgument' }), {}, 422));
    expect(await ingestOai(context, { base, from: '2026-05-01' })).toMatchObject({
      outcome: 'failed',
      error: { message: expect.stringMatching(/badArgument, As the test wants it/) },
    });
  });

  it('gets single papers, and refuses those that do not exist', async () => {
    const { context, base } = await serve((request, response, url) =>
      replay.reply(
        url.searchParams.get('identifier') === 'oai:arXiv.org:math/0309136'
          ? oaiPage([{ id: 'math/0309136' }])
          : oaiPage([], { error: 'idDoesNotExist' }),
      )(request, response, url),
    );
    const report = await ingestOai(context, {
      base,
      ids: ['https://arxiv.org/abs/math.GT/0309136v2', '2602.99999', 'nonsense'],
    });
    expect(report).toMatchObject({ outcome: 'succeeded', fetched: 3, created: 1, refused: 2 });
  });

  it('refuses dates and sets that are none before it asks', async () => {
    const { context, base } = await serve(replay.reply(oaiPage([])));
    for (const bad of [
      { from: '2026-02-30' },
      { from: 'yesterday' },
      { from: '2026-02-02', until: '2026-02-01' },
      { set: 'cs&verb=Identify' },
    ])
      await expect(ingestOai(context, { base, ...bad })).rejects.toMatchObject({ code: 'bad-input' });
    expect(server?.requests).toEqual([]);
  });

  it('lets one process at a time ingest from a source', async () => {
    let answer: (() => void) | undefined;
    const { context, base } = await serve((_, response) => {
      answer = () => response.end(oaiPage([]));
    });
    const running = ingestOai(context, { base, from: '2026-06-01' });
    await expect.poll(() => server?.requests.length).toBe(1);
    const other = vi.fn();
    await expect(withSourceLock(db, 'arxiv-oai', other, 100)).rejects.toMatchObject({ code: 'conflict' });
    expect(other).not.toHaveBeenCalled();
    answer?.();
    await running;
    await withSourceLock(db, 'arxiv-oai', other, 100);
    expect(other).toHaveBeenCalled();
  });

  it.skipIf(!hasSharedData)(`replays a recorded window of arXiv${skipReason}`, async () => {
    const { context, base } = await serve(
      replay.gzipped(readShared('data', 'ingest', 'arxiv_oai', 'hepcrawl_arxiv-physics-hep-ex.xml'), {
        'content-type': 'text/xml',
      }),
    );
    const report = await ingestOai(context, {
      base,
      prefix: 'arXiv',
      set: 'physics:hep-ex',
      from: '2017-12-14',
    });
    expect(report).toMatchObject({ outcome: 'succeeded', refused: 0 });
    expect(report.created).toBeGreaterThan(1);
    expect((await readPaper(db, '1706.05371'))?.authors.length).toBe(13);
  });
});

describe('the query API', () => {
  const entry = (id: string) =>
    `<entry><id>http://arxiv.org/abs/${id}v1</id><title>A paper about ${id}</title><summary>Text.</summary><published>2026-01-01T00:00:00Z</published><updated>2026-01-01T00:00:00Z</updated></entry>`;
  const feed = (entries: string[], total = entries.length) =>
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/"><o:totalResults>${total}</o:totalResults>${entries.join('')}</feed>`;
  const errorFeed =
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id format</summary></entry></feed>';

  it('brings ids in any spelling and remembers those arXiv does not know', async () => {
    const { context, base } = await serve(replay.reply(feed([entry('2603.00001')])));
    const report = await ingestQuery(context, {
      base,
      ids: ['arXiv:2603.00001v3', '2603.00001', '2603.99999', 'abc'],
    });
    expect(report).toMatchObject({ outcome: 'succeeded', created: 1, refused: 2 });
    expect(asked()[0]?.get('id_list')).toBe('2603.00001,2603.99999');
    expect(await missingSince(db, '2603.99999')).toMatch(/Z$/);
    expect(await missingSince(db, '2603.00001')).toBeUndefined();
  });

  it('finds the id that arXiv chokes on and brings the others', async () => {
    const { context, base } = await serve((request, response, url) => {
      const ids = (url.searchParams.get('id_list') ?? '').split(',');
      replay.reply(
        ids.includes('2603.00013') ? errorFeed : feed(ids.map(entry)),
        {},
        ids.includes('2603.00013') ? 400 : 200,
      )(request, response, url);
    });
    const ids = Array.from({ length: 8 }, (_, at) => `2603.0001${at}`);
    const report = await ingestQuery(context, { base, ids });
    expect(report).toMatchObject({
      created: 7,
      refused: 1,
      refusals: [{ id: '2603.00013', reason: 'arXiv refused the query: incorrect id format.' }],
    });
  });

  it('pages through a search, past spurious empty pages, and goes on where it stopped', async () => {
    const all = Array.from({ length: 5 }, (_, at) => entry(`2603.0010${at}`));
    let empties = 0;
    const { context, base } = await serve((request, response, url) => {
      const start = Number(url.searchParams.get('start'));
      const isEmpty = start === 2 && empties++ === 0;
      replay.reply(
        feed(isEmpty ? [] : all.slice(start, start + Number(url.searchParams.get('max_results'))), 5),
      )(request, response, url);
    });
    const options = { base, search: 'cat:cs.LG', pageSize: 2 };
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => done >= 4 && stop.abort();
    expect(await ingestQuery({ ...context, signal: stop.signal, onProgress }, options)).toMatchObject({
      outcome: 'stopped',
      created: 4,
    });
    expect(await ingestQuery(context, options)).toMatchObject({
      outcome: 'succeeded',
      created: 1,
      fetched: 1,
    });
    expect(asked().map((query) => query.get('start'))).toEqual(['0', '2', '2', '4']);
  });

  it('indexes one paper on demand, or remembers that there is none', async () => {
    const { context, base } = await serve(
      replay.inTurn(
        replay.reply(feed([entry('2603.00200')])),
        replay.reply(feed([])),
        replay.reply(errorFeed, {}, 400),
      ),
    );
    const jobs = ingestJobs({ categories: [], sets: [], queryBase: base });
    await jobs.find(({ name }) => name === indexPaperJob)?.run(context, { id: '2603.00200' });
    expect(await readPaper(db, '2603.00200')).toBeDefined();
    expect(await indexPaper(context, '2603.00201', { base })).toBe('missing');
    expect(await indexPaper(context, '2603.00202', { base })).toBe('missing');
    expect(await missingSince(db, '2603.00202')).toBeDefined();
    await expect(indexPaper(context, 'nonsense', { base })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('wants ids or a search', async () => {
    const { context } = await serve(replay.reply(''));
    await expect(ingestQuery(context, {})).rejects.toMatchObject({ code: 'bad-input' });
    await expect(ingestQuery(context, { ids: [], search: 'x' })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(ingestQuery(context, { search: ' ' })).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('the jobs of a server', () => {
  const settings = (base: string) => ({
    categories: ['cs'],
    sets: ['cs'],
    upstream: base,
    rssBase: base,
    oaiBase: base,
  });
  const job = (base: string, name: string) => {
    const found = ingestJobs(settings(base)).find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no job ${name}`);
    return found;
  };

  it('plan the next try of every source', async () => {
    const { context, base } = await serve(replay.reply(''), '2026-01-16T12:00:00Z');
    await planIngest(context, settings(base));
    const sources = new Map((await listSources(db)).map((source) => [source.name, source]));
    // A Friday noon: nothing is announced before Sunday evening, 20:10 in New York.
    expect(sources.get('arxiv-rss')).toMatchObject({
      nextTryAt: '2026-01-19T01:10:00.000Z',
      note: 'arXiv announces nothing on Fridays and Saturdays.',
    });
    expect(sources.get('arxiv-oai')?.nextTryAt).toBe('2026-01-17T04:20:00.000Z');
  });

  it('read an announcement once, and try again only while it is not there', async () => {
    const stale = rssFeed('Fri, 16 Jan 2026 00:00:00 -0500', []);
    const fresh = rssFeed('Mon, 19 Jan 2026 00:00:00 -0500', [{ id: '2601.10001' }]);
    const { context, base } = await serve(
      replay.inTurn(replay.reply(stale), replay.reply(fresh)),
      '2026-01-19T01:10:00Z',
    );
    const rss = job(base, 'ingest-rss');
    await rss.run(context);
    await rss.run(context);
    await rss.run(context);
    expect(server?.requests).toHaveLength(2);
    expect(await readFeedDays(db, '2026-01-19', '2026-01-19')).toMatchObject([{ outcome: 'announced' }]);
  });

  it('say that a day failed when its announcement never came', async () => {
    const { context, base } = await serve(
      replay.reply(rssFeed('Mon, 19 Jan 2026 00:00:00 -0500', [{ id: '2601.10001' }])),
      '2026-01-20T07:40:00Z',
    );
    await job(base, 'ingest-rss').run(context);
    expect(await readFeedDays(db, '2026-01-20', '2026-01-20')).toMatchObject([
      { outcome: 'failed', detail: expect.stringMatching(/not renewed/) },
    ]);
  });

  it('raise a failure, so that they are tried again, and still plan the next time', async () => {
    const { context, base } = await serve(replay.overloaded(503), '2026-01-21T01:10:00Z');
    await expect(job(base, 'ingest-rss').run(context)).rejects.toMatchObject({ code: 'upstream' });
    expect((await listSources(db)).find(({ name }) => name === 'arxiv-rss')?.nextTryAt).toBe(
      '2026-01-21T01:40:00.000Z',
    );
    await expect(job(base, 'ingest-daily').run(context)).rejects.toMatchObject({ code: 'upstream' });
  });
});
