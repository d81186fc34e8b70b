// The query language for people: anything can be typed, and what cannot be understood is searched as words.
import type { Analyser } from '../analysis/analyser.ts';
import { phraseClause, wordClauses } from './clauses.ts';
import { formatDates, intersect } from './dates.ts';
import { type Demand, demandOf, isFilterField, type ListField } from './filters.ts';
import { maxQueryUnits, type Piece, readPieces, writePiece } from './pieces.ts';
import { type Clause, type Filter, noFilter, type Query, type QueryField } from './query.ts';

export interface ParseOptions {
  readonly analyser: Analyser;
  /** What `date:today` and `date:7d` are counted from; without it, today in the zone of the machine. */
  readonly today?: Temporal.PlainDate;
}

/** More terms than these are not searched. */
export const maxQueryTerms = 64;

const lists = { cat: 'categories', source: 'sources', id: 'ids' } as const;
const excludedLists = { cat: 'excludedCategories', source: 'excludedSources', id: 'excludedIds' } as const;

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

/** A filter that asks for one thing more. */
function narrowed(filter: Filter, demand: Demand, negated: boolean): Filter {
  if (demand.field === 'has') return { ...filter, hasCode: !negated };
  if (demand.field === 'date') return { ...filter, ...intersect(filter, demand.dates) };
  const field: ListField = demand.field;
  const list = negated ? excludedLists[field] : lists[field];
  return { ...filter, [list]: union(filter[list], demand.values) };
}

const queryFields: Readonly<Record<string, QueryField>> = { title: 'title', author: 'author', text: 'text' };

/** A text in which nothing means more than its words. */
const asWords = (text: string): string =>
  text
    .replaceAll(':', ' ')
    .replace(/(?<= |^)-+/g, '')
    .replace(/ +/g, ' ')
    .trim();

const termCount = ({ alternatives }: Clause): number => alternatives[0]?.length ?? 0;

/** What has been read of a query. */
class QueryBuilder {
  readonly #analyser: Analyser;
  readonly #today: Temporal.PlainDate;
  readonly #words: Clause[] = [];
  readonly #required: Clause[] = [];
  readonly #excluded: Clause[] = [];
  readonly #wordTexts: string[] = [];
  readonly #notes = new Set<string>();
  #filter: Filter = noFilter;
  #terms = 0;

  constructor({ analyser, today }: ParseOptions) {
    this.#analyser = analyser;
    this.#today = today ?? Temporal.Now.plainDateISO();
  }

  note(sentence: string): void {
    this.#notes.add(sentence);
  }

  add(piece: Piece): void {
    if (isFilterField(piece.field)) this.#addFilter(piece);
    else if (piece.negated || piece.quoted || piece.field !== undefined) this.#addPhrase(piece);
    else this.#addWords(piece.value);
  }

  #addFilter(piece: Piece): void {
    const demand = demandOf(piece, this.#today);
    if (demand?.field === 'date' && piece.negated) {
      this.note('A date cannot be excluded; write date:..2024 or date:2026.. instead.');
    } else if (demand !== undefined) {
      this.#filter = narrowed(this.#filter, demand, piece.negated);
    } else if (piece.negated) {
      this.note(`“${writePiece(piece)}” was not understood and left out.`);
    } else {
      this.note(`“${writePiece(piece)}” was not understood and searched as words.`);
      this.#addWords(asWords(`${piece.field} ${piece.value}`));
    }
  }

  #addPhrase({ negated, field, value }: Piece): void {
    const clause = phraseClause(value, queryFields[field ?? ''] ?? 'any', this.#analyser);
    if (clause !== undefined) this.#push(negated ? this.#excluded : this.#required, clause);
  }

  #addWords(text: string): void {
    this.#wordTexts.push(text);
    for (const clause of wordClauses(text, this.#analyser)) this.#push(this.#words, clause);
  }

  #push(clauses: Clause[], clause: Clause): void {
    this.#terms += termCount(clause);
    if (this.#terms <= maxQueryTerms) clauses.push(clause);
    else this.note(`Only the first ${maxQueryTerms} words were searched.`);
  }

  finish(): Query {
    const { from, to } = this.#filter;
    if (from !== undefined && to !== undefined && from > to) {
      this.note(`No date is in ${formatDates({ from, to })}, so no paper can match.`);
    }
    const asksForText = this.#words.length + this.#required.length > 0;
    if (!asksForText && this.#wordTexts.length > 0) {
      this.note('All words are too common or no words at all; add one that says what the papers are about.');
    }
    return {
      words: this.#words,
      required: this.#required,
      excluded: this.#excluded,
      filter: this.#filter,
      freeText: [...this.#wordTexts, ...requiredTexts(this.#required)].join(' '),
      notes: [...this.#notes],
    };
  }
}

/** What an encoder reads of the clauses that must match: not the names of people. */
export const requiredTexts = (required: readonly Clause[]): string[] =>
  required.filter(({ field }) => field !== 'author').map(({ written }) => written);

/**
 * Reads a query as people write it: words, `"phrases"`, `-exclusions`, `title:`, `author:`, `text:`, `cat:`,
 * `date:`, `has:code`, `id:` and `source:`. Fields are written in either case, their values in quotes where
 * they have spaces; filters of one field given several times are or-ed, dates intersect. Never throws: what
 * cannot be understood is searched as words, and a note says so.
 *
 * @param input of any length; the first 250 UTF-16 code units are read, up to the end of a word.
 */
export function parseQuery(input: string, options: ParseOptions): Query {
  const builder = new QueryBuilder(options);
  const { pieces, cut, strayQuote } = readPieces(input);
  if (cut) builder.note(`Only the first ${maxQueryUnits} characters were searched.`);
  if (strayQuote) builder.note('A quotation mark without its partner was ignored.');
  for (const piece of pieces) builder.add(piece);
  return builder.finish();
}
