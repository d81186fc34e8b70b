// arXiv's RSS: what was announced on a day, in the format of today and in the RDF of before 2024.
import { type Announce, parseArxivId } from '@offprint/catalogue';
import { acceptRecord, type Parsed, refusal } from './accept-record.ts';
import { splitAuthors } from './author-names.ts';
import { dateInZone, isoInstant, mailInstant } from './instants.ts';
import { decodeHtmlReferences, oneLine, paragraphs, withoutInlineTags } from './plain-text.ts';
import { childrenNamed, childText, readXmlElements, type XmlElement } from './xml-elements.ts';

/** arXiv announces by the clock of New York. */
export const arxivZone = 'America/New_York';

export interface RssFeed {
  /** The day the feed itself stands for, `YYYY-MM-DD`; `undefined` when it does not say. */
  readonly day: string | undefined;
  readonly entries: readonly Parsed[];
}

const announceTypes = new Map<string, Announce>([
  ['new', 'new'],
  ['cross', 'cross'],
  ['replace', 'replace'],
  ['replace-cross', 'replace-cross'],
]);

function dayOf(element: XmlElement): string | undefined {
  const mail = childText(element, 'pubDate');
  const iso = childText(element, 'date');
  const instant = mail === undefined ? isoInstant(iso ?? '') : mailInstant(mail);
  return instant === undefined ? undefined : dateInZone(instant, arxivZone);
}

interface Described {
  readonly announce: string | undefined;
  readonly abstract: string;
}

/** The description of today, `arXiv:ID Announce Type: new` above `Abstract: …`, or a fragment of HTML. */
function readDescription(text: string): Described {
  const marked = /^\s*arXiv:\S+\s+Announce Type:\s*(\S+)\s+Abstract:\s*([\s\S]*)$/.exec(text);
  if (marked !== null) return { announce: marked[1], abstract: paragraphs(marked[2] ?? '') };
  return { announce: undefined, abstract: paragraphs(withoutInlineTags(text)) };
}

/** Old titles end in `(arXiv:2105.00001v2 [cs.LG] UPDATED)`, which tells id, category and announce type. */
function readOldTitle(title: string): { title: string; id?: string; category?: string; announce?: string } {
  const match =
    /^(.*?)\.?\s*\((?:arXiv:)?([^\s()]+)\s+\[([^\]\s]+)\]\s*(UPDATED|CROSS LISTED|CROSS)?\)\s*$/.exec(title);
  if (match === null) return { title };
  const [, bare = title, id = '', category = '', mark] = match;
  return {
    title: bare,
    id,
    category,
    announce: mark === undefined ? 'new' : mark === 'UPDATED' ? 'replace' : 'cross',
  };
}

function readItem(item: XmlElement, position: number, feedDay: string | undefined): Parsed {
  const old = readOldTitle(oneLine(childText(item, 'title') ?? ''));
  const addresses = [childText(item, 'guid'), old.id, childText(item, 'link'), item.attributes.get('about')];
  const arxiv = addresses
    .flatMap((address) => parseArxivId(address ?? '') ?? [])
    .sort((a, b) => Number(b.version !== undefined) - Number(a.version !== undefined))[0];
  if (arxiv === undefined)
    return refusal(
      addresses.find((text) => text !== undefined) ?? `item ${position + 1}`,
      'it names no arXiv id',
    );
  const described = readDescription(childText(item, 'description') ?? '');
  const announceText = childText(item, 'announce_type') ?? described.announce ?? old.announce ?? 'new';
  const announce = announceTypes.get(announceText);
  if (announce === undefined) return refusal(arxiv.id, `unknown announce type ${announceText.slice(0, 40)}`);
  const day = dayOf(item) ?? feedDay;
  if (day === undefined)
    return refusal(arxiv.id, 'neither it nor the feed says on which day it was announced');
  const categories = [
    ...new Set([
      ...childrenNamed(item, 'category').map((category) => oneLine(category.text)),
      ...(old.category === undefined ? [] : [old.category]),
    ]),
  ].filter((name) => name !== '');
  const authors = [...childrenNamed(item, 'creator'), ...childrenNamed(item, 'author')].flatMap((line) =>
    splitAuthors(withoutInlineTags(line.text)),
  );
  return acceptRecord(
    {
      id: arxiv.id,
      title: decodeHtmlReferences(old.title),
      abstract: described.abstract === '' ? undefined : described.abstract,
      authors: authors.length === 0 ? undefined : authors,
      primaryCategory: categories[0],
      categories: categories.length === 0 ? undefined : categories,
      licence: childText(item, 'rights'),
      versions: arxiv.version === undefined ? undefined : [{ number: arxiv.version }],
      listings: [{ day, feed: 'arxiv', announce, position }],
    },
    arxiv.id,
  );
}

/**
 * Reads an RSS 2.0 or RDF feed of arXiv. A feed without items is a day on which nothing was announced.
 *
 * @throws see `readXmlElements`.
 * @see https://info.arxiv.org/help/rss_specifications.html
 */
export async function readArxivRss(bytes: AsyncIterable<Uint8Array>, charset?: string): Promise<RssFeed> {
  const items: XmlElement[] = [];
  const dates: XmlElement[] = [];
  // The channel cannot be taken whole (its items are inside), so its own dates come as elements of their own.
  const roots = new Set(['rss', 'RDF']);
  const names = new Set(['item', 'pubDate', 'date', 'lastBuildDate']);
  for await (const element of readXmlElements(bytes, { roots, names, charset }))
    (element.name === 'item' ? items : dates).push(element);
  const named = (name: string) => dates.find((element) => element.name === name)?.text.trim() ?? '';
  const instant =
    mailInstant(named('pubDate')) ?? isoInstant(named('date')) ?? mailInstant(named('lastBuildDate'));
  const day = instant === undefined ? undefined : dateInZone(instant, arxivZone);
  return { day, entries: items.map((item, position) => readItem(item, position, day)) };
}
