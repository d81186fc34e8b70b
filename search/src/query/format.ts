// A query back as text, and the text of a query with one filter more or less: what links to facets hold.
import { formatDates } from './dates.ts';
import { demandOf, type ListField } from './filters.ts';
import { requiredTexts } from './parse.ts';
import { maxQueryUnits, type Piece, readPieces, writePiece } from './pieces.ts';
import type { Clause, Query } from './query.ts';

function clausePiece({ field, written }: Clause, negated: boolean): Piece {
  const name = field === 'any' ? undefined : field;
  // Without field and minus only the quotation marks tell a phrase from words.
  return { negated, field: name, quoted: name === undefined && !negated, value: written };
}

/** The words with the common ones among them, as they were read; without those when the query was made by hand. */
function wordTexts({ words, required, freeText }: Query): string {
  const rest = requiredTexts(required).join(' ');
  if (rest === '') return freeText;
  if (freeText === rest) return '';
  return freeText.endsWith(` ${rest}`)
    ? freeText.slice(0, -rest.length - 1)
    : words.map(({ written }) => written).join(' ');
}

/** A query in the language for people; `parseQuery` reads the same query from it, apart from notes. */
export function formatQuery(query: Query): string {
  const { filter } = query;
  const list = (field: ListField, values: readonly string[], negated: boolean): string[] =>
    values.length === 0 ? [] : [writePiece({ negated, field, quoted: false, value: values.join(',') })];
  const isDated = filter.from !== undefined || filter.to !== undefined;
  const parts = [
    wordTexts(query),
    ...query.required.map((clause) => writePiece(clausePiece(clause, false))),
    ...query.excluded.map((clause) => writePiece(clausePiece(clause, true))),
    ...list('cat', filter.categories, false),
    ...list('cat', filter.excludedCategories, true),
    ...list('source', filter.sources, false),
    ...list('source', filter.excludedSources, true),
    ...list('id', filter.ids, false),
    ...list('id', filter.excludedIds, true),
    isDated ? `date:${formatDates(filter)}` : '',
    filter.hasCode === undefined ? '' : filter.hasCode ? 'has:code' : '-has:code',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** The fields of which links add and remove filters. */
export type FilterField = ListField | 'date' | 'has';

// Only needed to read values: ages are counted from it, and links have none.
const anyDay = Temporal.PlainDate.from('2000-01-01');

/** The values a piece gives a filter, written in their one way. */
function valuesOf(piece: Piece): readonly string[] {
  const demand = demandOf(piece, anyDay);
  if (demand === undefined) return [];
  if (demand.field === 'has') return ['code'];
  return demand.field === 'date' ? [formatDates(demand.dates)] : demand.values;
}

/** The pieces without one value of a filter, or without the filter; pieces that are not understood stay. */
function without(pieces: readonly Piece[], field: FilterField, value: string | undefined): Piece[] {
  return pieces.flatMap((piece) => {
    const values = valuesOf(piece);
    if (piece.field !== field || values.length === 0) return [piece];
    if (value === undefined) return [];
    const [unwanted] = valuesOf({ ...piece, value });
    const rest = values.filter((one) => one !== unwanted);
    if (rest.length === values.length) return [piece];
    return rest.length === 0 ? [] : [{ ...piece, value: rest.join(',') }];
  });
}

/**
 * A query's text with a filter: beside others of its field, so that papers may have either value; dates and
 * `has:` take the place of those before. Words at the end make room when the text would become too long.
 */
export function withFilter(input: string, field: FilterField, value: string): string {
  const { pieces } = readPieces(input);
  const replaces = field === 'date' || field === 'has';
  const rest = without(pieces, field, replaces ? undefined : value);
  const added = writePiece({ negated: false, field, quoted: false, value });
  while (rest.length > 0 && [...rest.map(writePiece), added].join(' ').length > maxQueryUnits) rest.pop();
  return [...rest.map(writePiece), added].join(' ');
}

/** A query's text without one value of a filter, or without all of its field; exclusions are filters too. */
export function withoutFilter(input: string, field: FilterField, value?: string): string {
  return without(readPieces(input).pieces, field, value).map(writePiece).join(' ');
}
