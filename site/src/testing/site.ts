// A site for tests: real routes on a database of its own, an invented catalogue, and a clock that stands still.
import { type PaperRecord, plantStarter, storePage } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import type { EncoderSpec } from '@offprint/search';
import type { AppOptions, SiteApp } from '../app.ts';
import type { Lab } from '../lab/lab.ts';
import { createSite } from '../site.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { testLab } from './lab.ts';
import { openTestSearch } from './search.ts';

export const testUrl = 'http://papers.test';

/** Invented papers that between them carry every field a paper can have. */
export const inventedPapers: readonly PaperRecord[] = [
  {
    id: '2603.00001',
    title: 'A Complete Paper with $x^2$ & <b>Markup</b>',
    abstract: 'First line of an abstract.\nSecond line with <script>alert(1)</script>.\n\n# Not a heading',
    authors: [{ name: 'A. Author', affiliation: 'A University' }, { name: 'B. Author' }],
    publishedAt: '2026-03-01T12:00:00.000Z',
    updatedAt: '2026-03-02T12:00:00.000Z',
    primaryCategory: 'cs.LG',
    categories: ['cs.LG', 'stat.ML'],
    comment: '12 pages',
    journalRef: 'Journal of Examples 1',
    doi: '10.1000/example',
    licence: 'http://creativecommons.org/licenses/by/4.0/',
    versions: [
      { number: 1, submittedAt: '2026-03-01T12:00:00.000Z', sizeBytes: 1000 },
      { number: 2, submittedAt: '2026-03-02T12:00:00.000Z' },
    ],
    links: [
      { kind: 'code', url: 'https://github.com/example/code', stars: 7 },
      { kind: 'project', url: 'https://example.org/project' },
    ],
    summaries: [
      { kind: 'upstream', body: 'What others say.', keywords: ['examples', 'tests'] },
      { kind: 'ours', body: 'What we say.' },
    ],
    thumbnailUrl: 'https://example.org/thumbnail.png',
    mediaUrls: ['https://example.org/film.mp4'],
    organization: { name: 'example', fullname: 'Example Org', avatarUrl: 'https://example.org/a.png' },
    upvotes: 5,
    commentCount: 2,
    listings: [
      {
        day: '2026-03-03',
        feed: 'daily',
        announce: 'new',
        position: 0,
        submittedBy: { name: 'reader', fullname: 'A Reader', upstreamId: 'u1' },
        submittedAt: '2026-03-02T23:00:00.000Z',
      },
    ],
  },
  {
    id: 'hep-th/9901001',
    title: 'A Paper with an Old Id',
    publishedAt: '1999-01-04T10:00:00.000Z',
    withdrawn: true,
    listings: [{ day: '2026-03-03', feed: 'daily', announce: 'new', position: 1 }],
  },
  {
    id: '2603.00002',
    title: 'A Cross-Listed Paper',
    publishedAt: '2026-03-01T11:00:00.000Z',
    categories: ['math.OC', 'cs.LG'],
    listings: [{ day: '2026-03-02', feed: 'arxiv', announce: 'cross', position: 0 }],
  },
  { id: 'acl:2020.example-1', title: 'A Paper without a Date' },
];

/** A site that a test owns. */
export interface TestSite {
  readonly app: SiteApp;
  readonly deps: SiteDependencies;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

/**
 * Opens a site whose clock says 2026-03-04 17:00 UTC, with the starter catalogue, the invented papers and more.
 * It searches by words alone unless it is given an encoder.
 */
export async function openTestSite(
  options: AppOptions = {},
  more: readonly PaperRecord[] = [],
  encoder?: EncoderSpec,
  lab: Lab = testLab(),
): Promise<TestSite> {
  const database = await createTestDatabase();
  await plantStarter(database.db);
  await storePage(database.db, { source: 'import', records: [...inventedPapers, ...more] });
  const search = await openTestSearch(database, encoder);
  const deps: SiteDependencies = {
    db: database.db,
    calendar: { zone: 'America/New_York', opensAt: '21:30' },
    now: () => Temporal.Instant.from('2026-03-04T17:00:00Z'),
    publicUrl: testUrl,
    requestIndexing: async () => 'queued',
    trending: { commentWeight: 2, halfLifeDays: 3 },
    search,
    lab,
  };
  return {
    app: createSite(deps, options),
    deps,
    database,
    close: async () => {
      await search.close();
      await database.close();
    },
  };
}
