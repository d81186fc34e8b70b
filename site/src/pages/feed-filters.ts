// The filters of a feed page: what the address may say, what it means, and the address of a neighbouring choice.
import { type FeedQuery, OffprintError } from '@offprint/catalogue';
import { z } from 'zod';

/** Papers on one page. */
export const pageSize = 50;

const switchSchema = z
  .enum(['on', 'off', '1', '0', 'true', 'false', 'yes', 'no', ''])
  .transform((value) => ['on', '1', 'true', 'yes'].includes(value));

const category = /^[a-z][a-z-]{1,19}(?:\.[A-Za-z][A-Za-z-]{0,19})?$/;

const categoriesSchema = z
  .array(z.string().max(400))
  .max(40)
  .transform((values) => [
    ...new Set(values.flatMap((value) => value.split(/[\s,]+/)).filter((name) => name !== '')),
  ])
  .pipe(z.array(z.string().regex(category)).max(40));

const filtersSchema = z.object({
  include: categoriesSchema,
  exclude: categoriesSchema,
  cross: switchSchema,
  code: switchSchema,
  sort: z
    .enum(['votes', 'newest', 'trending'])
    .or(z.literal('').transform(() => undefined))
    .optional(),
  feed: z
    .enum(['daily', 'arxiv'])
    .or(z.literal('').transform(() => undefined))
    .optional(),
  show: z.enum(['new', 'replacements']).or(z.literal('').transform(() => 'new' as const)),
  p: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .transform(Number),
});

export interface FeedFilters extends z.infer<typeof filtersSchema> {
  readonly include: string[];
}

const complaints: Readonly<Record<keyof z.input<typeof filtersSchema>, string>> = {
  include: 'Give categories to include as arXiv writes them, such as include=cs.LG,stat.ML or include=math.',
  exclude: 'Give categories to leave out as arXiv writes them, such as exclude=cs.CV,eess.',
  cross: 'Say cross=on to show cross-lists, or cross=off.',
  code: 'Say code=on for papers with code only, or code=off.',
  sort: 'Sort by votes, newest or trending: sort=votes.',
  feed: 'Choose feed=daily or feed=arxiv, or leave it out for both.',
  show: 'Say show=new or show=replacements.',
  p: 'Give a page as a number from 1 on, such as p=2.',
};

/**
 * Reads the filters out of an address. Parameters it does not know are left alone.
 *
 * @throws OffprintError `bad-input` with one sentence on the first value that is wrong.
 */
export function parseFilters(query: URLSearchParams): FeedFilters {
  const parsed = filtersSchema.safeParse({
    include: query.getAll('include'),
    exclude: query.getAll('exclude'),
    cross: query.get('cross') ?? '',
    code: query.get('code') ?? '',
    sort: query.get('sort') ?? undefined,
    feed: query.get('feed') ?? undefined,
    show: query.get('show') ?? 'new',
    p: query.get('p') ?? '1',
  });
  if (parsed.success) return parsed.data;
  const field = z
    .enum(Object.keys(complaints) as [keyof typeof complaints])
    .parse(parsed.error.issues[0]?.path[0]);
  throw new OffprintError('bad-input', complaints[field], { field });
}

/** The catalogue's question for these filters over a stretch of days. */
export function feedQuery(
  filters: FeedFilters,
  range: { readonly from: string; readonly to: string },
  sort: FeedQuery['sort'],
): FeedQuery {
  const replacements = filters.show === 'replacements';
  return {
    from: range.from,
    to: range.to,
    ...(filters.feed === undefined ? {} : { feed: filters.feed }),
    include: filters.include,
    exclude: filters.exclude,
    crossLists: filters.cross,
    replacements,
    replacementsOnly: replacements,
    hasCode: filters.code,
    sort,
    limit: pageSize,
    offset: (filters.p - 1) * pageSize,
  };
}

/** The address of a feed page with some filters changed; what is at its default is left out. */
export function filterHref(path: string, filters: FeedFilters, change: Partial<FeedFilters> = {}): string {
  const next = { ...filters, p: 1, ...change };
  const query = new URLSearchParams();
  if (next.include.length > 0) query.set('include', next.include.join(','));
  if (next.exclude.length > 0) query.set('exclude', next.exclude.join(','));
  if (next.cross) query.set('cross', 'on');
  if (next.code) query.set('code', 'on');
  if (next.sort !== undefined) query.set('sort', next.sort);
  if (next.feed !== undefined) query.set('feed', next.feed);
  if (next.show !== 'new') query.set('show', next.show);
  if (next.p > 1) query.set('p', String(next.p));
  const text = query.toString().replaceAll('%2C', ',');
  return text === '' ? path : `${path}?${text}`;
}

/** Whether any filter keeps papers out. */
export function isFiltered(filters: FeedFilters): boolean {
  return (
    filters.include.length > 0 || filters.exclude.length > 0 || filters.code || filters.feed !== undefined
  );
}
