// The arXiv query API: how a query is spelt, and its Atom replies as paper records.
import { OffprintError, parseArxivId } from '@offprint/catalogue';
import { acceptRecord, type Parsed, refusal } from './accept-record.ts';
import { isoInstant } from './instants.ts';
import { decodeLatexAccents } from './latex-accents.ts';
import { oneLine, paragraphs, repairDoubleEncoding } from './plain-text.ts';
import { saysWithdrawn } from './withdrawn.ts';
import { childrenNamed, childText, readXmlElements, type XmlElement } from './xml-elements.ts';

export interface ArxivQuery {
  /** Bare ids; at most a few hundred fit into an address. */
  readonly ids?: readonly string[];
  /** In arXiv's query language, such as `cat:cs.LG` or `ti:"a title"`. */
  readonly search?: string;
  readonly start: number;
  readonly maxResults: number;
}

export interface QueryPage {
  readonly entries: readonly Parsed[];
  readonly totalResults: number | undefined;
}

/** The address of a query. Searches come newest first, so that paging is stable while papers are added. */
export function queryAddress(base: string, query: ArxivQuery): string {
  const url = URL.parse(base);
  if (url === null)
    throw new OffprintError('bad-input', `${base.slice(0, 200)} is not the address of the arXiv API.`, {
      field: 'base',
    });
  if (query.search !== undefined) {
    url.searchParams.set('search_query', query.search);
    url.searchParams.set('sortBy', 'submittedDate');
    url.searchParams.set('sortOrder', 'descending');
  }
  if (query.ids !== undefined) url.searchParams.set('id_list', query.ids.join(','));
  url.searchParams.set('start', String(query.start));
  url.searchParams.set('max_results', String(query.maxResults));
  return url.href;
}

function readAuthor(author: XmlElement): { name: string; affiliation?: string } | undefined {
  const clean = (text: string) => oneLine(decodeLatexAccents(repairDoubleEncoding(text)));
  const name = clean(childText(author, 'name') ?? '');
  if (/^[\s:;,.-]*$/.test(name)) return undefined;
  const affiliation = childrenNamed(author, 'affiliation')
    .map((text) => clean(text.text))
    .filter((text) => text !== '')
    .join('; ');
  return affiliation === '' ? { name } : { name, affiliation };
}

function readEntry(entry: XmlElement): Parsed {
  const idText = childText(entry, 'id') ?? '';
  const arxiv = parseArxivId(idText);
  if (arxiv === undefined) return refusal(idText || 'an entry', 'its id is not an arXiv id');
  const { id, version } = arxiv;
  const publishedAt = isoInstant(childText(entry, 'published') ?? '');
  const updatedAt = isoInstant(childText(entry, 'updated') ?? '');
  const terms = childrenNamed(entry, 'category').flatMap((category) => category.attributes.get('term') ?? []);
  const primary = entry.children.find((child) => child.name === 'primary_category')?.attributes.get('term');
  // The Atom categories also carry ACM and MSC classes; those of arXiv have no spaces and no commas.
  const categories = [...new Set([primary, ...terms])].filter(
    (term) => term !== undefined && /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z-]{2,})?$/.test(term),
  );
  const optional = (name: string) => {
    const text = childText(entry, name);
    return text === undefined ? undefined : oneLine(text);
  };
  const comment = optional('comment');
  const abstract = paragraphs(childText(entry, 'summary') ?? '');
  const authors = childrenNamed(entry, 'author').flatMap((author) => readAuthor(author) ?? []);
  const versions = new Map<number, { number: number; submittedAt: string | undefined }>();
  versions.set(1, { number: 1, submittedAt: publishedAt });
  if (version !== undefined && version > 1)
    versions.set(version, { number: version, submittedAt: updatedAt });
  return acceptRecord(
    {
      id,
      title: oneLine(childText(entry, 'title') ?? ''),
      abstract: abstract === '' ? undefined : abstract,
      authors: authors.length === 0 ? undefined : authors,
      publishedAt,
      updatedAt,
      primaryCategory: primary ?? categories[0],
      categories: categories.length === 0 ? undefined : categories,
      comment,
      journalRef: optional('journal_ref'),
      doi: optional('doi'),
      withdrawn: saysWithdrawn(comment, abstract) ? true : undefined,
      versions: [...versions.values()],
    },
    id,
  );
}

/**
 * Reads one reply of the query API. An unknown id has no entry, or an entry without a title; both are simply missing.
 *
 * @throws OffprintError `bad-input` with arXiv's words when the reply is its error feed (sent with status 400).
 * @see https://info.arxiv.org/help/api/user-manual.html
 */
export async function readQueryReply(bytes: AsyncIterable<Uint8Array>, charset?: string): Promise<QueryPage> {
  const roots = new Set(['feed']);
  const names = new Set(['entry', 'totalResults']);
  const entries: Parsed[] = [];
  let totalResults: number | undefined;
  for await (const element of readXmlElements(bytes, { roots, names, charset })) {
    if (element.name === 'totalResults') {
      const text = element.text.trim();
      if (/^\d{1,9}$/.test(text)) totalResults = Number(text);
    } else {
      const id = childText(element, 'id') ?? '';
      if (/\/api\/errors/.test(id)) {
        const reason = oneLine(childText(element, 'summary') ?? 'no reason given').slice(0, 300);
        throw new OffprintError('bad-input', `arXiv refused the query: ${reason}.`, { field: 'query' });
      }
      if (childText(element, 'title') !== undefined) entries.push(readEntry(element));
    }
  }
  return { entries, totalResults };
}
