// Counts of papers by what they can be narrowed down by.
import { Bitset } from '../bitset.ts';
import { forEachBit } from './matching.ts';
import type { Columns } from './paper-columns.ts';

/** One value and how many of the papers have it; the most frequent first, equals in their own order. */
export interface FacetCount<Value> {
  readonly value: Value;
  readonly count: number;
}

export interface Facets {
  readonly years: readonly FacetCount<number>[];
  readonly categories: readonly FacetCount<string>[];
  readonly sources: readonly FacetCount<string>[];
  readonly withCode: number;
}

/** Lists of categories are counted first and taken apart afterwards, for there are few of them. */
export function countFacets(ordinals: Uint32Array | Bitset, columns: Columns): Facets {
  const years = new Map<number, number>();
  const lists = new Uint32Array(columns.categoryLists.length);
  const sources = new Uint32Array(columns.sourceTexts.length);
  let withCode = 0;
  const count = (ordinal: number): void => {
    if (!columns.isLive(ordinal)) return;
    const date = columns.date.at(ordinal);
    if (date > 0) {
      const year = Math.floor(date / 10_000);
      years.set(year, (years.get(year) ?? 0) + 1);
    }
    const list = columns.categories.at(ordinal);
    lists[list] = (lists[list] ?? 0) + 1;
    const source = columns.source.at(ordinal);
    sources[source] = (sources[source] ?? 0) + 1;
    if (columns.hasCode(ordinal)) withCode += 1;
  };
  if (ordinals instanceof Bitset) forEachBit(ordinals.words, count);
  else ordinals.forEach(count);
  const categories = new Map<string, number>();
  columns.categoryLists.forEach((list, i) => {
    for (const category of new Set(list))
      categories.set(category, (categories.get(category) ?? 0) + (lists[i] ?? 0));
  });
  return {
    years: [...years].map(([value, total]) => ({ value, count: total })).sort((a, b) => b.value - a.value),
    categories: ranked(categories),
    sources: ranked(new Map(columns.sourceTexts.map((source, i) => [source, sources[i] ?? 0]))),
    withCode,
  };
}

function ranked(counts: ReadonlyMap<string, number>): FacetCount<string>[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
