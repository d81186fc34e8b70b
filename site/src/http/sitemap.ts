// What crawlers ask for: /robots.txt, and the addresses of the lab, of all topics and of all papers, a month a file, sent as they are read.
import { countPapersByMonth, listPaperStamps, listTopics, type PaperStamp } from '@offprint/catalogue';
import { Hono } from 'hono';
import type { SiteDependencies } from '../site-dependencies.ts';
import { escapeMarkup, HttpError } from './problem.ts';
import type { SiteEnv } from './request-environment.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const xml = { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'public, max-age=3600' };

/** Most addresses in one file (sitemaps.org). */
const maxAddresses = 50_000;
/** Papers read from the database at once. */
const pageSize = 2_000;

/** The addresses of one file, piece by piece. */
async function* addressPieces(
  deps: SiteDependencies,
  month: string,
  part: number,
): AsyncGenerator<string, void, undefined> {
  yield `${declaration}<urlset xmlns="${namespace}">\n`;
  let after: PaperStamp | number = (part - 1) * maxAddresses;
  for (let sent = 0; sent < maxAddresses; ) {
    const stamps: PaperStamp[] = await listPaperStamps(
      deps.db,
      month,
      after,
      Math.min(pageSize, maxAddresses - sent),
    );
    const last = stamps.at(-1);
    if (last === undefined) break;
    yield stamps.map((stamp) => addressOf(deps.publicUrl, stamp)).join('');
    after = last;
    sent += stamps.length;
  }
  yield '</urlset>\n';
}

function addressOf(publicUrl: string, { id, updatedAt, publishedAt }: PaperStamp): string {
  const changed = (updatedAt ?? publishedAt)?.slice(0, 10);
  const lastmod = changed === undefined ? '' : `<lastmod>${changed}</lastmod>`;
  return `<url><loc>${escapeMarkup(`${publicUrl}/papers/${id}`)}</loc>${lastmod}</url>\n`;
}

/** A generator of text as a stream of UTF-8 that reads on only as fast as it is read. */
function textStream(pieces: AsyncGenerator<string, void, undefined>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return();
    },
  });
}

/** `/robots.txt`, `/sitemap.xml` and the files it leads to, `/sitemap/lab.xml`, `/sitemap/topics.xml` and `/sitemap/{month}/{part}.xml`. */
export function sitemapRoutes(deps: SiteDependencies): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();

  app.get('/robots.txt', (c) =>
    c.text(
      `User-agent: *\nDisallow: /api/\nDisallow: /search\nDisallow: /similar\n\nSitemap: ${deps.publicUrl}/sitemap.xml\n`,
      200,
      {
        'Cache-Control': 'public, max-age=86400',
      },
    ),
  );

  app.get('/sitemap.xml', async (c) => {
    const [months, topics] = await Promise.all([countPapersByMonth(deps.db), listTopics(deps.db)]);
    const files = months.flatMap(({ month, papers }) =>
      Array.from({ length: Math.ceil(papers / maxAddresses) }, (_, part) => `${month}/${part + 1}`),
    );
    if (topics.length > 0) files.unshift('topics');
    files.unshift('lab');
    const entries = files.map(
      (file) => `<sitemap><loc>${escapeMarkup(`${deps.publicUrl}/sitemap/${file}.xml`)}</loc></sitemap>\n`,
    );
    return c.body(
      `${declaration}<sitemapindex xmlns="${namespace}">\n${entries.join('')}</sitemapindex>\n`,
      200,
      xml,
    );
  });

  app.get('/sitemap/lab.xml', (c) => {
    const entries = ['/lab', '/lab/about'].map(
      (path) => `<url><loc>${escapeMarkup(`${deps.publicUrl}${path}`)}</loc></url>\n`,
    );
    return c.body(`${declaration}<urlset xmlns="${namespace}">\n${entries.join('')}</urlset>\n`, 200, xml);
  });

  app.get('/sitemap/topics.xml', async (c) => {
    const entries = (await listTopics(deps.db)).map(({ slug }) => {
      const address = `${deps.publicUrl}/topics/${encodeURIComponent(slug)}`;
      return `<url><loc>${escapeMarkup(address)}</loc></url>\n`;
    });
    return c.body(`${declaration}<urlset xmlns="${namespace}">\n${entries.join('')}</urlset>\n`, 200, xml);
  });

  app.get('/sitemap/:month/:part{[1-9][0-9]{0,3}\\.xml}', async (c) => {
    const { month } = c.req.param();
    const part = Number.parseInt(c.req.param('part'), 10);
    if (month !== 'undated' && !/^(?!0000)\d{4}-(?:0[1-9]|1[0-2])$/.test(month))
      throw new HttpError(404, 'There is no such list of addresses: begin at /sitemap.xml.');
    const first = await listPaperStamps(deps.db, month, (part - 1) * maxAddresses, 1);
    if (first.length === 0)
      throw new HttpError(404, 'There is no such list of addresses: begin at /sitemap.xml.');
    c.env.streams = true;
    return c.body(textStream(addressPieces(deps, month, part)), 200, xml);
  });

  return app;
}
