import { plantStarter, readPaper, storePage } from '@offprint/catalogue';
import { createTestDatabase, type TestDatabase } from '@offprint/catalogue/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completePapers } from './complete-papers.ts';
import { createPoliteFetch } from './polite-fetch.ts';
import { type ReplayServer, startReplayServer } from './testing/replay-server.ts';

let database: TestDatabase;
let server: ReplayServer;
const unknown = '2306.14544';

/** An answer of the query API for the ids that were asked for. */
const atom = (ids: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">
<id>http://arxiv.org/api/x</id><opensearch:totalResults>${ids.length}</opensearch:totalResults><opensearch:startIndex>0</opensearch:startIndex><opensearch:itemsPerPage>${ids.length}</opensearch:itemsPerPage>
${ids
  .map(
    (
      id,
    ) => `<entry><id>http://arxiv.org/abs/${id}v1</id><updated>2026-01-05T00:00:00Z</updated><published>2026-01-05T00:00:00Z</published>
<title>Title of ${id}</title><summary>What ${id} is about.</summary><author><name>A. Author</name></author>
<arxiv:primary_category term="cs.LG"/><category term="cs.LG"/></entry>`,
  )
  .join('\n')}
</feed>`;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startReplayServer((_, response, url) => {
    const ids = (url.searchParams.get('id_list') ?? '').split(',').filter((id) => id !== unknown);
    response.writeHead(200, { 'content-type': 'application/atom+xml; charset=utf-8' });
    response.end(atom(ids));
  });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

it('brings the starter papers their abstracts in one request, keeps our summaries, and asks for nothing twice', async () => {
  const { db } = database;
  await plantStarter(db);
  await storePage(db, { source: 'page', records: [{ id: 'page:no-arxiv-id', title: 'No arXiv id' }] });
  const context = {
    db,
    fetch: createPoliteFetch({ db, contact: 'test', allowPrivateHosts: [server.host] }),
  };
  const report = await completePapers(context, { base: `${server.origin}/api/query` });
  expect(report).toMatchObject({ fetched: 39, updated: 38, refused: 1 });
  expect(server.requests).toHaveLength(1);
  const paper = await readPaper(db, '2406.08607');
  expect(paper?.abstract).toBe('What 2406.08607 is about.');
  expect(paper?.summaries.map(({ kind }) => kind)).toEqual(['ours']);
  expect(paper?.listings.map(({ day }) => day)).toEqual(['2026-02-06']);
  expect(await completePapers(context, { base: `${server.origin}/api/query` })).toBeUndefined();
  expect(server.requests).toHaveLength(1);
});
