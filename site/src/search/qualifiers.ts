// The filters of a query as readers see them beside the results: which are set, and the query with one more or less.

export type Qualifier = 'cat' | 'date' | 'source' | 'has';

export interface ActiveFilter {
  readonly qualifier: string;
  readonly value: string;
  /** As it stands in the query. */
  readonly label: string;
  /** The query without it. */
  readonly without: string;
}

const written = /(?<=^|\s)(-?)(cat|category|date|source|has|id):\s?(\S+)/gi;

/** The filters that stand in a query. */
export function activeFilters(q: string): ActiveFilter[] {
  return [...q.matchAll(written)].map((match) => ({
    qualifier: (match[1] ?? '') + (match[2] ?? '').toLowerCase().replace('category', 'cat'),
    value: match[3] ?? '',
    label: match[0],
    without: tidy(q.slice(0, match.index) + q.slice(match.index + match[0].length)),
  }));
}

/** The query with one filter more. */
export function withQualifier(q: string, qualifier: Qualifier, value: string): string {
  return tidy(`${q} ${qualifier}:${value}`);
}

/** The query without any filter. */
export function withoutFilters(q: string): string {
  return tidy(q.replace(written, ''));
}

const tidy = (q: string): string => q.replace(/\s+/g, ' ').trim();
