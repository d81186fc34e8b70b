import { readdirSync } from 'node:fs';
import { type PaperRecord, paperRecordSchema } from '@offprint/catalogue';
import { describe, expect, it } from 'vitest';
import type { Parsed } from './accept-record.ts';
import { readArxivMetadata } from './arxiv-metadata.ts';
import { readQueryReply } from './arxiv-query.ts';
import { readArxivRaw, sizeInBytes } from './arxiv-raw.ts';
import { readArxivRss } from './arxiv-rss.ts';
import { type OaiEvent, readOaiReply } from './oai-pmh.ts';
import { oaiPage, rssFeed } from './testing/fixtures.ts';
import { hasSharedData, inChunks, readShared, sharedPath, skipReason } from './testing/shared-data.ts';

const records = (parsed: readonly Parsed[]): PaperRecord[] =>
  parsed.flatMap((item) => ('record' in item ? [item.record] : []));
const refusals = (parsed: readonly Parsed[]) =>
  parsed.flatMap((item) => ('refused' in item ? [item.refused] : []));
const rss = (document: string) => readArxivRss(inChunks(document, 333));
const query = (document: string) => readQueryReply(inChunks(document, 333));
const oai = (document: string) => Array.fromAsync(readOaiReply(inChunks(document, 333)));
const metadataOf = (events: readonly OaiEvent[]) =>
  events.flatMap((event) =>
    event.kind === 'record' && event.metadata !== undefined ? [event.metadata] : [],
  );

const monday = 'Mon, 05 Jan 2026 00:00:00 -0500';

describe('arXiv RSS', () => {
  it('lists each paper on its day with announce type, licence, categories and authors', async () => {
    const feed = await rss(
      rssFeed(monday, [
        { id: '2601.00001', version: 2, announce: 'replace-cross', categories: ['cs.LG', 'cs.AI'] },
      ]),
    );
    expect(feed.day).toBe('2026-01-05');
    expect(records(feed.entries)[0]).toMatchObject({
      id: '2601.00001',
      title: 'A paper about 2601.00001',
      abstract: 'An invented abstract of 2601.00001.',
      authors: [{ name: 'A. Author' }, { name: 'B. Writer' }],
      primaryCategory: 'cs.LG',
      categories: ['cs.LG', 'cs.AI'],
      licence: 'http://creativecommons.org/licenses/by/4.0/',
      versions: [{ number: 2 }],
      listings: [{ day: '2026-01-05', feed: 'arxiv', announce: 'replace-cross', position: 0 }],
    });
  });

  it('takes the day by the clock of New York, whatever zone the feed writes', async () => {
    expect((await rss(rssFeed('Mon, 05 Jan 2026 05:00:00 GMT', []))).day).toBe('2026-01-05');
    expect((await rss(rssFeed('Mon, 05 Jan 2026 04:59:59 GMT', []))).day).toBe('2026-01-04');
  });

  it('reads a feed without papers as a day without papers', async () => {
    expect(await rss(rssFeed(monday, []))).toEqual({ day: '2026-01-05', entries: [] });
  });

  it('refuses a bad entry with its reason and takes the others', async () => {
    const feed = await rss(
      rssFeed(monday, [{ id: '2601.00001' }, { id: 'nonsense' }, { id: '2601.00003', announce: 'sideways' }]),
    );
    expect(records(feed.entries).map(({ id }) => id)).toEqual(['2601.00001']);
    expect(refusals(feed.entries).map(({ reason }) => reason)).toEqual([
      'it names no arXiv id',
      'unknown announce type sideways',
    ]);
  });

  it('reads the RDF of before 2024', async () => {
    const feed = await rss(`<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://arxiv.org/"><title>cs updates</title><dc:date>2020-01-06T20:30:00-05:00</dc:date></channel>
<item rdf:about="http://arxiv.org/abs/2001.00001"><title>An old paper. (arXiv:2001.00001v3 [cs.LG] UPDATED)</title><link>http://arxiv.org/abs/2001.00001</link>
<description rdf:parseType="Literal">&lt;p&gt;An old abstract.&lt;/p&gt;</description>
<dc:creator>&lt;a href="http://arxiv.org/find/1"&gt;A. Author&lt;/a&gt;, &lt;a href="http://arxiv.org/find/2"&gt;B. Writer&lt;/a&gt;</dc:creator></item>
</rdf:RDF>`);
    expect(records(feed.entries)[0]).toMatchObject({
      id: '2001.00001',
      title: 'An old paper',
      abstract: 'An old abstract.',
      authors: [{ name: 'A. Author' }, { name: 'B. Writer' }],
      categories: ['cs.LG'],
      versions: [{ number: 3 }],
      listings: [{ day: '2020-01-06', feed: 'arxiv', announce: 'replace', position: 0 }],
    });
  });

  it.skipIf(!hasSharedData)(`reads every recorded feed without refusing anything${skipReason}`, async () => {
    for (const file of readdirSync(sharedPath('data', 'ingest', 'arxiv_rss')).filter((name) =>
      name.endsWith('.xml'),
    )) {
      const document = readShared('data', 'ingest', 'arxiv_rss', file);
      const feed = await rss(document);
      expect(refusals(feed.entries), file).toEqual([]);
      expect(feed.entries.length, file).toBe(document.match(/<item[ >]/g)?.length);
      for (const record of records(feed.entries)) {
        expect(paperRecordSchema.safeParse(record).success).toBe(true);
        expect(record.abstract).not.toMatch(/Announce Type|<b>|Abstract:/);
        expect(record.authors?.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('OAI-PMH', () => {
  it('reads arXivRaw: versions, sizes in bytes, licence, categories, paragraphs', async () => {
    const events = await oai(
      oaiPage([{ id: '2601.00001', versions: 2, comments: '5 pages' }], {
        token: 'next',
        cursor: 0,
        total: 9,
      }),
    );
    expect(metadataOf(events).map(readArxivRaw)).toMatchObject([
      {
        record: {
          id: '2601.00001',
          abstract: 'An invented abstract of 2601.00001.\n\nWith a second paragraph.',
          authors: [{ name: 'A. Author' }, { name: 'B. Writer' }],
          publishedAt: '2026-01-05T10:00:00.000Z',
          updatedAt: '2026-01-06T10:00:00.000Z',
          primaryCategory: 'cs.LG',
          categories: ['cs.LG', 'stat.ML'],
          comment: '5 pages',
          withdrawn: false,
          versions: [
            { number: 1, submittedAt: '2026-01-05T10:00:00.000Z', sizeBytes: 10 * 1024 },
            { number: 2, submittedAt: '2026-01-06T10:00:00.000Z', sizeBytes: 11 * 1024 },
          ],
        },
      },
    ]);
    expect(events.at(-1)).toEqual({
      kind: 'token',
      token: { token: 'next', cursor: 0, completeListSize: 9 },
    });
  });

  it('knows a withdrawn paper by its flag and by its own words', async () => {
    const withdrawn = async (paper: Parameters<typeof oaiPage>[0][number]) =>
      metadataOf(await oai(oaiPage([paper]))).map((raw) => records([readArxivRaw(raw)])[0]?.withdrawn)[0];
    expect(await withdrawn({ id: '2601.00001', sourceType: 'I' })).toBe(true);
    expect(
      await withdrawn({ id: '2601.00001', comments: 'This paper has been withdrawn by the author' }),
    ).toBe(true);
    expect(await withdrawn({ id: '2601.00001', comments: 'How funds are drawn with care' })).toBe(false);
  });

  it('tells deleted records, and every error of the protocol', async () => {
    const [, deleted] = await oai(oaiPage([{ id: '2601.00001', deleted: true }]));
    expect(deleted).toMatchObject({ kind: 'record', header: { deleted: true }, metadata: undefined });
    const codes = [
      'badArgument',
      'badResumptionToken',
      'badVerb',
      'cannotDisseminateFormat',
      'idDoesNotExist',
      'noRecordsMatch',
      'noMetadataFormats',
      'noSetHierarchy',
    ];
    for (const code of codes)
      expect((await oai(oaiPage([], { error: code }))).find(({ kind }) => kind === 'error')).toMatchObject({
        code,
      });
    expect(
      (await oai(oaiPage([], { error: 'somethingNew' }))).find(({ kind }) => kind === 'error'),
    ).toMatchObject({ code: 'unknown' });
  });

  it('reads sizes as arXiv writes them', () => {
    expect(sizeInBytes('123kb')).toBe(123 * 1024);
    expect(sizeInBytes('0kb')).toBe(0);
    expect(sizeInBytes('17')).toBe(17);
    expect(sizeInBytes('big')).toBeUndefined();
  });

  it.skipIf(!hasSharedData)(`reads every recorded arXiv record${skipReason}`, async () => {
    const files = readdirSync(sharedPath('data', 'ingest', 'arxiv_oai')).filter((name) =>
      name.startsWith('hepcrawl'),
    );
    let papers = 0;
    for (const file of files) {
      const document = readShared('data', 'ingest', 'arxiv_oai', file);
      const metadata = metadataOf(await oai(document));
      const parsed = metadata.map(readArxivMetadata);
      expect(refusals(parsed), file).toEqual([]);
      papers += parsed.length;
      for (const [at, record] of records(parsed).entries()) {
        const printed = metadata[at]?.children.find(({ name }) => name === 'authors')?.children ?? [];
        const colons = printed.filter(({ text }) => text.trim().startsWith(':')).length;
        expect(record.authors?.length).toBe(printed.length - colons);
        expect(record.publishedAt).toMatch(/^\d{4}-\d{2}-\d{2}T00:00:00\.000Z$/);
      }
    }
    expect(papers).toBeGreaterThan(20);
  });

  it.skipIf(!hasSharedData)(`reads every recorded reply of other repositories${skipReason}`, async () => {
    const folder = ['data', 'ingest', 'oai_generic'] as const;
    const kinds = new Map<string, string[]>();
    for (const file of readdirSync(sharedPath(...folder)).filter((name) => name.endsWith('.xml'))) {
      const events = await oai(readShared(...folder, file)).catch((error: unknown) => [
        { kind: `threw ${String(error).slice(0, 80)}` },
      ]);
      kinds.set(
        file,
        events.map((event) => ('code' in event ? `${event.kind} ${event.code}` : event.kind)),
      );
    }
    expect(kinds.get('sickle_noRecordsMatch.xml')).toContain('error noRecordsMatch');
    expect(kinds.get('sickle_badResumptionToken.xml')).toContain('error badResumptionToken');
    expect(kinds.get('sickle_undefinedError.xml')).toContain('error unknown');
    expect(kinds.get('sickle_Identify.xml')).toContain('identify');
    expect(kinds.get('sickle_ListRecords.xml')?.filter((kind) => kind === 'record').length).toBeGreaterThan(
      1,
    );
    expect(kinds.get('sickle_ListRecordsBroken.xml')?.[0]).toMatch(/^threw/);
  });
});

const atom = (entries: string, total = 1) => `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<id>https://arxiv.org/api/x</id><opensearch:totalResults>${total}</opensearch:totalResults>${entries}</feed>`;

describe('the query API', () => {
  it('reads an entry: versions, dates, primary category, mangled names', async () => {
    const page = await query(
      atom(`<entry><id>http://arxiv.org/abs/math.GT/0309136v3</id><title>A
  title</title><updated>2005-01-02T00:00:00Z</updated><published>2003-09-08T01:02:03Z</published><summary>  Text.</summary>
<author><name>Dirk W\u00c3\u00bcst</name><arxiv:affiliation>Here</arxiv:affiliation></author>
<arxiv:primary_category term="math.GT"/><category term="math.GT"/><category term="57M25, 57M27"/><category term="cs.CG"/><arxiv:doi>10.1/x</arxiv:doi></entry>`),
    );
    expect(records(page.entries)).toMatchObject([
      {
        id: 'math/0309136',
        title: 'A title',
        authors: [{ name: 'Dirk Wüst', affiliation: 'Here' }],
        categories: ['math.GT', 'cs.CG'],
        doi: '10.1/x',
        versions: [
          { number: 1, submittedAt: '2003-09-08T01:02:03.000Z' },
          { number: 3, submittedAt: '2005-01-02T00:00:00.000Z' },
        ],
      },
    ]);
  });

  it('raises the words of the error feed', async () => {
    const error = atom(
      '<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id format for abc</summary></entry>',
    );
    await expect(query(error)).rejects.toThrow('arXiv refused the query: incorrect id format for abc.');
  });

  it.skipIf(!hasSharedData)(`reads every recorded reply${skipReason}`, async () => {
    const folder = ['data', 'ingest', 'arxiv_api_atom'] as const;
    for (const file of readdirSync(sharedPath(...folder)).filter((name) => /\.(json|xml)$/.test(name))) {
      const text = readShared(...folder, file);
      const recording: { status_code: number; body: string } = file.endsWith('.json')
        ? JSON.parse(text)
        : { status_code: 200, body: text };
      if (recording.status_code === 400) {
        await expect(query(recording.body)).rejects.toThrow(/incorrect id format/);
        continue;
      }
      const page = await query(recording.body);
      expect(refusals(page.entries), file).toEqual([]);
      expect(page.entries.length, file).toBe(recording.body.match(/<entry>/g)?.length ?? 0);
      expect(page.totalResults, file).toBeTypeOf('number');
      for (const record of records(page.entries)) {
        expect(record.categories).toContain(record.primaryCategory);
        expect(record.authors?.some(({ name }) => name.includes('Ã'))).toBe(false);
      }
    }
  });
});
