// The filters of a query as readers see them beside the results: which are set, and the query with one more or less.
import {
  type Filter,
  type FilterField,
  formatQuery,
  mlAnalyser,
  noFilter,
  parseQuery,
  type Query,
  withoutFilter,
} from '@offprint/search';

export interface ActiveFilter {
  /** As a query says it in the shortest way: `date:2025`, `-cat:cs.CV`. */
  readonly label: string;
  /** The query without it. */
  readonly without: string;
}

const nothing: Query = {
  words: [],
  required: [],
  excluded: [],
  filter: noFilter,
  freeText: '',
  notes: [],
};

/** The filters that a query sets. */
export function activeFilters(q: string): ActiveFilter[] {
  const { filter } = parseQuery(q, { analyser: mlAnalyser });
  const one = (part: Partial<Filter>, field: FilterField, value?: string): ActiveFilter => ({
    label: formatQuery({ ...nothing, filter: { ...noFilter, ...part } }),
    without: withoutFilter(q, field, value),
  });
  return [
    ...filter.categories.map((value) => one({ categories: [value] }, 'cat', value)),
    ...filter.excludedCategories.map((value) => one({ excludedCategories: [value] }, 'cat', value)),
    ...filter.sources.map((value) => one({ sources: [value] }, 'source', value)),
    ...filter.excludedSources.map((value) => one({ excludedSources: [value] }, 'source', value)),
    ...filter.ids.map((value) => one({ ids: [value] }, 'id', value)),
    ...filter.excludedIds.map((value) => one({ excludedIds: [value] }, 'id', value)),
    ...(filter.from === undefined && filter.to === undefined
      ? []
      : [one({ from: filter.from, to: filter.to }, 'date')]),
    ...(filter.hasCode === undefined ? [] : [one({ hasCode: filter.hasCode }, 'has')]),
  ];
}

/** The query without any filter. */
export function withoutFilters(q: string): string {
  const fields: readonly FilterField[] = ['cat', 'source', 'id', 'date', 'has'];
  return fields.reduce((rest, field) => withoutFilter(rest, field), q);
}
