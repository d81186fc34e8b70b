// A list of papers as feed readers take it: Atom (RFC 4287) and JSON Feed 1.1.
import type { PaperCard } from '@offprint/catalogue';
import type { Context } from 'hono';
import { escapeMarkup } from '../http/problem.ts';
import type { SiteEnv } from '../http/request-environment.ts';
import { paperUrl } from './serialise.ts';

/** Most papers in one feed. */
export const mostFeedEntries = 100;

export interface FeedDocument {
  readonly title: string;
  /** Absolute addresses: the page that shows the same, and this feed in the format asked for. */
  readonly homeUrl: string;
  readonly feedUrl: string;
  readonly publicUrl: string;
  /** Newest first. */
  readonly entries: readonly FeedItem[];
  /** When the feed last changed if it has no entry. */
  readonly now: Temporal.Instant;
}

export interface FeedItem {
  readonly paper: PaperCard;
  /** When the paper came into this list: an instant. */
  readonly since: string;
}

/** The format in which a feed is asked for by the end of its address. */
export type FeedFormat = 'atom' | 'json';

/** A feed as a response. */
export function feedResponse(c: Context<SiteEnv>, format: FeedFormat, feed: FeedDocument): Response {
  return format === 'atom'
    ? c.body(atomFeed(feed), 200, { 'Content-Type': 'application/atom+xml; charset=utf-8' })
    : c.body(JSON.stringify(jsonFeed(feed)), 200, { 'Content-Type': 'application/feed+json; charset=utf-8' });
}

/** Text without the characters that no XML document may hold. */
function printable(text: string): string {
  return text.toWellFormed().replace(/(?![\n\t])\p{Cc}|[\ufffe\uffff]/gu, '');
}

const markup = (text: string): string => escapeMarkup(printable(text));

/** What is told about a paper in one paragraph: its abstract, or a summary while there is none. */
function toldOf(paper: PaperCard): string {
  const ours = paper.summaries.find((summary) => summary.kind === 'ours');
  return paper.abstract ?? ours?.body ?? paper.summaries[0]?.body ?? '';
}

function atomEntry({ paper, since }: FeedItem, publicUrl: string): string {
  const address = markup(paperUrl(publicUrl, paper.id));
  const published = paper.publishedAt === null ? '' : `<published>${paper.publishedAt}</published>`;
  return [
    `<entry><id>${address}</id><link href="${address}"/>`,
    `<title>${markup(paper.title)}</title>`,
    `<updated>${since}</updated>${published}`,
    ...paper.authors.map((author) => `<author><name>${markup(author.name)}</name></author>`),
    ...paper.categories.map((category) => `<category term="${markup(category)}"/>`),
    `<summary>${markup(toldOf(paper))}</summary></entry>\n`,
  ].join('');
}

/** An Atom document. Authors of papers whose names are unknown are the feed's own author, as RFC 4287 has it. */
function atomFeed({ title, homeUrl, feedUrl, publicUrl, entries, now }: FeedDocument): string {
  const home = markup(homeUrl);
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${home}</id><title>${markup(title)}</title><updated>${entries[0]?.since ?? now.toString()}</updated>`,
    `<author><name>Offprint</name></author><icon>${markup(publicUrl)}/favicon.svg</icon>`,
    `<link href="${home}"/><link rel="self" type="application/atom+xml" href="${markup(feedUrl)}"/>\n`,
    ...entries.map((entry) => atomEntry(entry, publicUrl)),
    '</feed>\n',
  ].join('');
}

function jsonFeed({ title, homeUrl, feedUrl, publicUrl, entries }: FeedDocument) {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: homeUrl,
    feed_url: feedUrl,
    items: entries.map(({ paper, since }) => ({
      id: paperUrl(publicUrl, paper.id),
      url: paperUrl(publicUrl, paper.id),
      title: paper.title,
      content_text: toldOf(paper),
      date_published: since,
      authors: paper.authors.map(({ name }) => ({ name })),
      tags: paper.categories,
    })),
  };
}
