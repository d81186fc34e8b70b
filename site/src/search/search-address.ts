// What the address of a page of results says, what it means, and the address of a neighbouring choice.
import { OffprintError } from '@offprint/catalogue';
import type { SearchSort } from '@offprint/search';
import { z } from 'zod';

/** Results on one page. */
export const resultsPerPage = 25;
/** Longer queries are cut by the search room, which says so. */
export const longestQuery = 250;
/** Behind this place no list of results is leafed through: the best are long past, and each step costs all before it. */
export const deepestOffset = 2000;
/** How many papers one page can be asked to find others like. */
export const mostExamples = 20;

const pageSchema = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);

const searchSchema = z.object({
  q: z.string(),
  sort: z
    .enum(['relevance', 'newest', 'date', 'votes', ''])
    .transform((sort): SearchSort => (sort === 'newest' ? 'date' : sort === '' ? 'relevance' : sort)),
  page: pageSchema,
  explain: z.enum(['1', '0', '']).transform((value) => value === '1'),
});

export interface SearchAddress extends z.infer<typeof searchSchema> {}

const similarSchema = z.object({
  like: z.array(z.string().min(1).max(200)).max(mostExamples),
  sort: z
    .enum(['relevance', 'newest', 'date', ''])
    .transform((sort) => (sort === 'newest' || sort === 'date' ? 'date' : 'relevance')),
  page: pageSchema,
});

export interface SimilarAddress extends z.infer<typeof similarSchema> {}

const complaints = {
  q: 'Give the words to search once: q=retention loss.',
  sort: 'Sort by relevance, newest or votes: sort=newest.',
  page: 'Give a page as a number from 1 on, such as page=2.',
  explain: 'Say explain=1 to see why each result stands where it stands.',
  like: `Give up to ${mostExamples} paper ids, such as like=2406.08607.`,
} as const;

const fieldSchema = z.enum(['q', 'sort', 'page', 'explain', 'like']);

/**
 * Reads the address of a search. Parameters it does not know are left alone.
 *
 * @throws OffprintError `bad-input` with one sentence on the first value that is wrong or given twice.
 */
export function parseSearchAddress(query: URLSearchParams): SearchAddress {
  return read(searchSchema, {
    q: once(query, 'q') ?? '',
    sort: once(query, 'sort') ?? '',
    page: once(query, 'page') ?? '1',
    explain: once(query, 'explain') ?? '',
  });
}

/**
 * Reads the address of a search by examples. The same example given twice counts once.
 *
 * @throws OffprintError `bad-input` with one sentence on the first value that is wrong.
 */
export function parseSimilarAddress(query: URLSearchParams): SimilarAddress {
  const like = query.getAll('like').map((text) => text.trim());
  return read(similarSchema, {
    like: [...new Set(like.filter((text) => text !== ''))],
    sort: once(query, 'sort') ?? '',
    page: once(query, 'page') ?? '1',
  });
}

function once(query: URLSearchParams, field: z.infer<typeof fieldSchema>): string | undefined {
  const values = query.getAll(field);
  if (values.length > 1) throw new OffprintError('bad-input', `Give ${field} once.`, { field });
  return values[0];
}

function read<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const field = fieldSchema.parse(parsed.error.issues[0]?.path[0]);
  throw new OffprintError('bad-input', complaints[field], { field });
}

/** The address of a search with something changed, from its first page; what is at its default is left out. */
export function searchHref(address: SearchAddress, change: Partial<SearchAddress> = {}): string {
  const next = { ...address, page: 1, ...change };
  const query = new URLSearchParams({ q: next.q });
  if (next.sort !== 'relevance') query.set('sort', sortName(next.sort));
  if (next.page > 1) query.set('page', String(next.page));
  if (next.explain) query.set('explain', '1');
  return `/search?${readable(query)}`;
}

/** The address of papers like some examples, with something changed. */
export function similarHref(address: SimilarAddress, change: Partial<SimilarAddress> = {}): string {
  const next = { ...address, page: 1, ...change };
  const query = new URLSearchParams(next.like.map((id): [string, string] => ['like', id]));
  if (next.sort !== 'relevance') query.set('sort', sortName(next.sort));
  if (next.page > 1) query.set('page', String(next.page));
  const text = readable(query);
  return text === '' ? '/similar' : `/similar?${text}`;
}

/** The address of a search as a feed, or of papers like some examples. */
export function feedHref(address: SearchAddress | SimilarAddress, format: 'atom' | 'json'): string {
  const query =
    'q' in address
      ? new URLSearchParams({ q: address.q })
      : new URLSearchParams(address.like.map((id): [string, string] => ['like', id]));
  return `/${'q' in address ? 'search' : 'similar'}/feed.${format}?${readable(query)}`;
}

/** The address of the papers of an author. */
export function authorHref(name: string): string {
  const q = `author:"${name.replace(/["\u201c\u201d]/g, ' ').trim()}"`;
  return searchHref({ q, sort: 'relevance', page: 1, explain: false });
}

const sortName = (sort: SearchSort): string => (sort === 'date' ? 'newest' : sort);

/** Colons, slashes and commas need no escape in a query, and qualifiers are full of them. */
function readable(query: URLSearchParams): string {
  return query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',');
}
