// The daily listing for feed readers: /feed.atom (RFC 4287) and /feed.json (JSON Feed 1.1).
import { type FeedEntry, openFeedDay, readFeed } from '@offprint/catalogue';
import { Hono } from 'hono';
import { escapeMarkup } from '../http/problem.ts';
import type { SiteEnv } from '../http/request-environment.ts';
import type { SiteDependencies } from '../site-dependencies.ts';
import { listedAt, paperUrl } from './serialise.ts';

/** How far back a reader who was away can catch up. */
const daysTold = 14;
const mostEntries = 100;

/** Text without the characters that no XML document may hold. */
function printable(text: string): string {
  return text.toWellFormed().replace(/(?![\n\t])\p{Cc}|[\ufffe\uffff]/gu, '');
}

const markup = (text: string): string => escapeMarkup(printable(text));

/** What is told about a paper in one paragraph: its abstract, or a summary while there is none. */
function toldOf({ paper }: FeedEntry): string {
  const ours = paper.summaries.find((summary) => summary.kind === 'ours');
  return paper.abstract ?? ours?.body ?? paper.summaries[0]?.body ?? '';
}

/** The listings of the last days, newest first. */
async function recentEntries(deps: SiteDependencies): Promise<readonly FeedEntry[]> {
  const open = openFeedDay(deps.now(), deps.calendar);
  const { entries } = await readFeed(deps.db, {
    from: open.subtract({ days: daysTold }).toString(),
    to: open.toString(),
    crossLists: false,
    replacements: false,
    hasCode: false,
    sort: 'newest',
    limit: mostEntries,
    offset: 0,
  });
  return entries;
}

function atomEntry(entry: FeedEntry, publicUrl: string): string {
  const { paper, listing } = entry;
  const address = markup(paperUrl(publicUrl, paper.id));
  const published = paper.publishedAt === null ? '' : `<published>${paper.publishedAt}</published>`;
  return [
    `<entry><id>${address}</id><link href="${address}"/>`,
    `<title>${markup(paper.title)}</title>`,
    `<updated>${listedAt(listing)}</updated>${published}`,
    ...paper.authors.map((author) => `<author><name>${markup(author.name)}</name></author>`),
    ...paper.categories.map((category) => `<category term="${markup(category)}"/>`),
    `<summary>${markup(toldOf(entry))}</summary></entry>\n`,
  ].join('');
}

/** An Atom document. Authors of papers whose names are unknown are the feed's own author, as RFC 4287 has it. */
function atomFeed(entries: readonly FeedEntry[], deps: SiteDependencies): string {
  const address = markup(deps.publicUrl);
  const newest = entries[0];
  const updated = newest === undefined ? deps.now().toString() : listedAt(newest.listing);
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${address}/</id><title>Offprint: daily papers</title><updated>${updated}</updated>`,
    `<author><name>Offprint</name></author><icon>${address}/favicon.svg</icon>`,
    `<link href="${address}/"/><link rel="self" type="application/atom+xml" href="${address}/feed.atom"/>\n`,
    ...entries.map((entry) => atomEntry(entry, deps.publicUrl)),
    '</feed>\n',
  ].join('');
}

function jsonFeed(entries: readonly FeedEntry[], { publicUrl }: SiteDependencies) {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Offprint: daily papers',
    home_page_url: `${publicUrl}/`,
    feed_url: `${publicUrl}/feed.json`,
    items: entries.map((entry) => ({
      id: paperUrl(publicUrl, entry.paper.id),
      url: paperUrl(publicUrl, entry.paper.id),
      title: entry.paper.title,
      content_text: toldOf(entry),
      date_published: listedAt(entry.listing),
      authors: entry.paper.authors.map(({ name }) => ({ name })),
      tags: entry.paper.categories,
    })),
  };
}

/** `/feed.atom` and `/feed.json`. */
export function feedReaderRoutes(deps: SiteDependencies): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.get('/feed.atom', async (c) =>
    c.body(atomFeed(await recentEntries(deps), deps), 200, {
      'Content-Type': 'application/atom+xml; charset=utf-8',
    }),
  );
  app.get('/feed.json', async (c) =>
    c.body(JSON.stringify(jsonFeed(await recentEntries(deps), deps)), 200, {
      'Content-Type': 'application/feed+json; charset=utf-8',
    }),
  );
  return app;
}
