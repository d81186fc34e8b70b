// Counts of papers by what they can be narrowed down by.
import { Bitset } from '../bitset.ts';
import type { FacetCount, Facets } from '../engine/answer.ts';
import { forEachBit } from './matching.ts';
import type { Columns } from './paper-columns.ts';

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
    const source = columns.sourceOf(ordinal);
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
    years: [...years]
      .sort(([a], [b]) => b - a)
      .map(([year, papers]) => ({ value: String(year).padStart(4, '0'), papers })),
    categories: ranked(categories),
    sources: ranked(new Map(columns.sourceTexts.map((source, i) => [source, sources[i] ?? 0]))),
    withCode,
  };
}

function ranked(counts: ReadonlyMap<string, number>): FacetCount[] {
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([value, papers]) => ({ value, papers }))
    .sort((a, b) => b.papers - a.papers || (a.value < b.value ? -1 : 1));
}
