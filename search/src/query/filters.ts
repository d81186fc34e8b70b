// The fields of the query language that a paper has or has not: how their values are read.
import { type DateRange, parseDates } from './dates.ts';
import { paperIdIn } from './paper-id.ts';
import type { FieldName, Piece } from './pieces.ts';

/** Lists of values by field. */
export type ListField = 'cat' | 'source' | 'id';

/** What a piece asks of a paper. */
export type Demand =
  | { readonly field: ListField; readonly values: readonly string[] }
  | { readonly field: 'date'; readonly dates: DateRange }
  | { readonly field: 'has' };

/** `cs.LG`, however its letters are written. */
function categoryIn(text: string): string | undefined {
  if (!/^\p{L}[\p{L}\p{N}.-]{0,39}$/u.test(text)) return undefined;
  const [archive = '', subject] = text.split(/\.(.*)/s, 2);
  if (subject === undefined) return archive.toLowerCase();
  return `${archive.toLowerCase()}.${subject.length === 2 ? subject.toUpperCase() : subject.toLowerCase()}`;
}

const sourceIn = (text: string): string | undefined =>
  /^[a-z0-9][\w-]{0,39}$/i.test(text) ? text.toLowerCase() : undefined;

const readers: Readonly<Record<ListField, (text: string) => string | undefined>> = {
  cat: categoryIn,
  source: sourceIn,
  id: paperIdIn,
};

const isListField = (field: FieldName): field is ListField => Object.hasOwn(readers, field);

/**
 * What a piece with a filter's field asks for; lists are separated by commas.
 *
 * @returns `undefined` when the value is none that the field can have.
 */
export function demandOf({ field, value }: Piece, today: Temporal.PlainDate): Demand | undefined {
  if (field === undefined) return undefined;
  if (field === 'has') return value.toLowerCase() === 'code' ? { field } : undefined;
  if (field === 'date') {
    const dates = parseDates(value, today);
    return dates && { field, dates };
  }
  if (!isListField(field)) return undefined;
  const values = value.split(',').map((part) => readers[field](part.trim()));
  const sound = values.filter((part) => part !== undefined);
  return sound.length === values.length ? { field, values: sound } : undefined;
}

/** Whether a field filters papers instead of being searched. */
export const isFilterField = (field: FieldName | undefined): boolean =>
  field === 'has' || field === 'date' || (field !== undefined && isListField(field));
