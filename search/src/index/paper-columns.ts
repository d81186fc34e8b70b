// What of a paper is filtered, sorted and counted by, in columns by ordinal: changed in place, for votes change often.
import { z } from 'zod';
import type { SearchDocument } from '../document.ts';
import { SearchError } from '../errors.ts';
import { WordWriter } from './byte-writer.ts';

/** What the index tells of a paper beside its text. */
export interface PaperColumns {
  readonly date: string | null;
  readonly votes: number;
  readonly categories: readonly string[];
  readonly source: string;
  readonly hasCode: boolean;
}

/** In one word: whether the paper is in the index, whether it has code, and the number of its source. */
const live = 1;
const code = 2;
const sourceShift = 2;

/** Texts with small numbers: sources, and whole lists of categories, of which a catalogue has few. */
class Interned {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(texts: readonly string[] = []) {
    for (const text of texts) this.number(text);
  }

  number(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.numbers.set(text, number);
      this.texts.push(text);
    }
    return number;
  }
}

const names = ['hashLow', 'hashHigh', 'date', 'votes', 'categories', 'traits'] as const;
type ColumnName = (typeof names)[number];

/** The interned texts, for a snapshot. */
export const internedSchema = z.object({ sources: z.array(z.string()), categories: z.array(z.string()) });
export type InternedTexts = z.infer<typeof internedSchema>;

export class Columns {
  readonly hashLow = new WordWriter();
  readonly hashHigh = new WordWriter();
  /** The date as the number 20250613; 0 when unknown. */
  readonly date = new WordWriter();
  readonly votes = new WordWriter();
  /** The number of the list of categories. */
  readonly categories = new WordWriter();
  readonly traits = new WordWriter();
  private sources = new Interned();
  private lists = new Interned();
  private splitLists: string[][] = [];

  get sizeBytes(): number {
    return names.reduce((total, name) => total + this[name].capacityBytes, 0);
  }

  /** Every distinct list of categories, by number. */
  get categoryLists(): readonly (readonly string[])[] {
    for (const text of this.lists.texts.slice(this.splitLists.length)) this.splitLists.push(splitList(text));
    return this.splitLists;
  }

  get sourceTexts(): readonly string[] {
    return this.sources.texts;
  }

  isLive(ordinal: number): boolean {
    return (this.traits.at(ordinal) & live) !== 0;
  }

  hasCode(ordinal: number): boolean {
    return (this.traits.at(ordinal) & code) !== 0;
  }

  /** The number of the source among `sourceTexts`. */
  sourceOf(ordinal: number): number {
    return this.traits.at(ordinal) >>> sourceShift;
  }

  /** Appends a row for the next ordinal. */
  append(): void {
    for (const name of names) this[name].push(0);
  }

  /** Writes the row of a paper. @returns whether anything is other than before. */
  write(ordinal: number, document: SearchDocument, hash: { low: number; high: number }): boolean {
    const row: Record<ColumnName, number> = {
      hashLow: hash.low,
      hashHigh: hash.high,
      date: dateNumber(document.date),
      votes: document.votes,
      categories: this.lists.number(document.categories.join('\n')),
      traits: live | (document.hasCode ? code : 0) | (this.sources.number(document.source) << sourceShift),
    };
    let changed = false;
    for (const name of names) {
      if (this[name].at(ordinal) === row[name]) continue;
      this[name].set(ordinal, row[name]);
      changed = true;
    }
    return changed;
  }

  remove(ordinal: number): void {
    this.traits.set(ordinal, 0);
  }

  read(ordinal: number): PaperColumns {
    return {
      date: dateText(this.date.at(ordinal)),
      votes: this.votes.at(ordinal),
      categories: splitList(this.lists.texts[this.categories.at(ordinal)] ?? ''),
      source: this.sources.texts[this.sourceOf(ordinal)] ?? '',
      hasCode: this.hasCode(ordinal),
    };
  }

  /** The columns one after another, for a snapshot. */
  parts(): { words: Uint32Array[]; texts: InternedTexts } {
    return {
      words: names.map((name) => this[name].written()),
      texts: { sources: this.sources.texts, categories: this.lists.texts },
    };
  }

  static from(words: readonly Uint32Array[], texts: InternedTexts): Columns {
    const columns = new Columns();
    names.forEach((name, i) => {
      for (const word of words[i] ?? []) columns[name].push(word);
    });
    columns.sources = new Interned(texts.sources);
    columns.lists = new Interned(texts.categories);
    return columns;
  }

  static readonly count = names.length;
}

/** `2025-06-13` as 20250613, null as 0. @throws SearchError `bad-input` for anything else. */
export function dateNumber(date: string | null): number {
  if (date === null) return 0;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    throw new SearchError(
      'bad-input',
      `A date is written YYYY-MM-DD, not ${JSON.stringify(date.slice(0, 40))}.`,
      {
        field: 'date',
      },
    );
  }
  return Number(date.slice(0, 4)) * 10_000 + Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
}

function dateText(number: number): string | null {
  if (number === 0) return null;
  const digits = String(number).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

function splitList(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
