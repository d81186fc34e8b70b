// A filter compiled against the columns: one quick question a paper.
import type { Filter } from '../query/query.ts';
import type { IdTable } from './id-table.ts';
import { type Columns, dateNumber } from './paper-columns.ts';

/** Whether the paper of an ordinal passes. */
export type Passes = (ordinal: number) => boolean;

/** @returns `undefined` when the filter asks nothing. */
export function compileFilter(filter: Filter, columns: Columns, ids: IdTable): Passes | undefined {
  const tests: Passes[] = [];
  if (filter.ids.length > 0) {
    const wanted = new Set(filter.ids.map((id) => ids.find(id)));
    tests.push((ordinal) => wanted.has(ordinal));
  }
  if (filter.excludedIds.length > 0) {
    const unwanted = new Set(filter.excludedIds.map((id) => ids.find(id)));
    tests.push((ordinal) => !unwanted.has(ordinal));
  }
  if (filter.from !== undefined || filter.to !== undefined) {
    const from = filter.from === undefined ? 1 : dateNumber(filter.from);
    const to = filter.to === undefined ? 99_999_999 : dateNumber(filter.to);
    tests.push((ordinal) => {
      const date = columns.date.at(ordinal);
      return date >= from && date <= to && date > 0;
    });
  }
  if (filter.hasCode !== undefined) {
    const { hasCode } = filter;
    tests.push((ordinal) => columns.hasCode(ordinal) === hasCode);
  }
  for (const [sources, expected] of [
    [filter.sources, 1],
    [filter.excludedSources, 0],
  ] as const) {
    if (sources.length === 0) continue;
    const among = Uint8Array.from(columns.sourceTexts, (source) => (sources.includes(source) ? 1 : 0));
    tests.push((ordinal) => among[columns.sourceOf(ordinal)] === expected);
  }
  for (const [categories, expected] of [
    [filter.categories, 1],
    [filter.excludedCategories, 0],
  ] as const) {
    if (categories.length === 0) continue;
    const belongs = (category: string): boolean =>
      categories.some((asked) => category === asked || category.startsWith(`${asked}.`));
    const among = Uint8Array.from(columns.categoryLists, (list) => (list.some(belongs) ? 1 : 0));
    tests.push((ordinal) => among[columns.categories.at(ordinal)] === expected);
  }
  const [first, ...others] = tests;
  if (first === undefined) return undefined;
  if (others.length === 0) return first;
  return (ordinal) => tests.every((test) => test(ordinal));
}
