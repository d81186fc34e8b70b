// Search as you type: papers by their titles and authors by their names, the last word perhaps unfinished.
import type { Analyser } from '../analysis/analyser.ts';
import type { Completion } from '../engine/answer.ts';
import type { HeldSegment, HeldSegments } from './held-segments.ts';
import type { IdTable } from './id-table.ts';
import { documentsOf, forEachBit, intersect } from './matching.ts';
import { prefixTerms, termNamed } from './neighbours.ts';
import type { Columns } from './paper-columns.ts';
import type { TermSource } from './plan.ts';
import { planClause } from './plan.ts';
import type { Segment } from './segment.ts';
import { noDocument, TermCursor } from './term-cursor.ts';
import { TopK } from './top-k.ts';

/** Words that an unfinished one may become, the most frequent first. */
const mostExpansions = 48;
/** Postings that are read for all of them: two letters alone are answered from a part of the papers. */
const mostPostings = 300_000;
/** Names that are looked at, on however few papers: some have thousands. */
const mostNames = 4000;
/** What of a text is read. */
const longestText = 250;

/** What completing needs of an index. */
export interface CompletionSource {
  readonly analyser: Analyser;
  readonly ids: IdTable;
  readonly columns: Columns;
  readonly held: HeldSegments;
  readonly terms: TermSource;
}

/**
 * Papers whose title holds all words of a text and one that begins with its last, by votes and then date, and
 * authors with names like that, by papers. A text that ends in a space has no unfinished word.
 */
export function complete(source: CompletionSource, written: string, limit: number): Completion {
  const text = written.slice(0, longestText);
  const begun = /[\p{L}\p{N}\p{M}]*$/u.exec(text)?.[0] ?? '';
  const finished = text.slice(0, text.length - begun.length);
  if (begun === '' && finished.trim() === '') return { papers: [], authors: [] };
  return { papers: titles(source, finished, begun, limit), authors: authors(source, finished, begun, limit) };
}

function titles(source: CompletionSource, finished: string, begun: string, limit: number): string[] {
  const { analyser, ids, columns, held } = source;
  const words = [...new Set(analyser.text(finished).flatMap(({ term, variant }) => (variant ? [] : term)))];
  const expansions = begun === '' ? undefined : expand(source, begun);
  if (words.length === 0 && expansions === undefined) return [];
  const best = new TopK(limit, (a, b) => ids.compare(a, b));
  const budget = { postings: mostPostings };
  for (const { segment, live } of held.all) {
    const members = live.slice();
    for (const term of words) intersect(members, inTitles(segment, [term], undefined));
    if (expansions !== undefined) intersect(members, inTitles(segment, expansions, budget));
    forEachBit(members, (document) => {
      const ordinal = segment.ordinals[document] ?? 0;
      best.offer(ordinal, Math.min(columns.votes.at(ordinal), 1e7) * 1e8 + columns.date.at(ordinal));
    });
  }
  return best.ranked().map(({ ordinal }) => ids.idOf(ordinal));
}

/** The terms that an unfinished word may become: those that begin with it, and stems that are written like it. */
function expand({ analyser, held }: CompletionSource, begun: string): string[] {
  const segments = held.all.map(({ segment }) => segment);
  const prefix = begun.toLowerCase();
  const stems = analyser.text(begun).map(({ term }) => term);
  for (let length = prefix.length - 1; length >= 3; length -= 1) {
    const stem = termNamed(segments, 'text', prefix.slice(0, length));
    if (stem?.surface.startsWith(prefix)) stems.push(stem.term);
  }
  const longer = prefixTerms(segments, 'text', prefix, mostExpansions).map(({ term }) => term);
  return [...new Set([...stems, ...longer])];
}

/** The documents with one of the terms in their title. */
function inTitles(
  segment: Segment,
  terms: readonly string[],
  budget: { postings: number } | undefined,
): Uint32Array {
  const found = new Uint32Array((segment.documents + 31) >>> 5);
  const cursor = new TermCursor();
  for (const term of terms) {
    const entry = segment.text.dictionary.find(term);
    if (entry === undefined) continue;
    cursor.open(segment.text, entry);
    while (cursor.document !== noDocument) {
      const { documents, counts, count, titleBits } = cursor;
      const mask = (1 << titleBits) - 1;
      for (let i = 0; i < count; i += 1) {
        if (((counts[i] ?? 0) & mask) === 0) continue;
        const document = documents[i] ?? 0;
        found[document >>> 5] = (found[document >>> 5] ?? 0) | (1 << (document & 31));
      }
      if (budget !== undefined) {
        budget.postings -= count;
        if (budget.postings <= 0) return found;
      }
      cursor.load(cursor.block + 1);
    }
  }
  return found;
}

function authors(
  source: CompletionSource,
  finished: string,
  begun: string,
  limit: number,
): Completion['authors'] {
  const { analyser, held } = source;
  const words = analyser.name(finished).map(({ term }) => term);
  const prefix = analyser.name(begun).at(-1)?.term ?? '';
  if (words.length === 0 && prefix === '') return [];
  const segments = held.all.map(({ segment }) => segment);
  const starts =
    prefix === '' ? words.slice(0, 1) : prefixTerms(segments, 'author', prefix, 12).map(({ term }) => term);
  const fits = (name: string): boolean => {
    const terms = analyser.name(name).map(({ term }) => term);
    return words.every((word) => terms.includes(word)) && terms.some((term) => term.startsWith(prefix));
  };
  const known = new Map<string, boolean>();
  const seen = new Map<string, number>();
  let left = mostNames;
  for (const start of starts) {
    for (const one of held.all) {
      if (left <= 0) break;
      left -= eachPaperOf(one, start, words, left, (names) => {
        for (const name of names) {
          const fitting = known.get(name) ?? (mayFit(name, prefix) && fits(name));
          known.set(name, fitting);
          if (fitting) seen.set(name, (seen.get(name) ?? 0) + 1);
        }
      });
    }
  }
  return [...seen]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, limit)
    .map(([name]) => ({ name, papers: papersBy(source, name) }))
    .sort((a, b) => b.papers - a.papers || (a.name < b.name ? -1 : 1));
}

/** Shows the names on current papers that have a term, and all words, among their authors. @returns how many. */
function eachPaperOf(
  { segment, live }: HeldSegment,
  term: string,
  words: readonly string[],
  most: number,
  visit: (names: readonly string[]) => void,
): number {
  const cursors = [...new Set([term, ...words])].map((word) => {
    const entry = segment.author.dictionary.find(word);
    const cursor = new TermCursor();
    if (entry !== undefined) cursor.open(segment.author, entry);
    return cursor;
  });
  const [first, ...others] = cursors;
  let shown = 0;
  while (first !== undefined && first.document !== noDocument && shown < most) {
    const { document } = first;
    const current = ((live[document >>> 5] ?? 0) & (1 << (document & 31))) !== 0;
    if (current && others.every((cursor) => cursor.seek(document) === document)) {
      const names = segment.authorsOf(document).split('\n', most - shown);
      visit(names);
      shown += names.length;
    }
    first.next();
  }
  return shown;
}

/** A quick look before a name is cut into terms: whether its letters hold the prefix, where that is easily told. */
function mayFit(name: string, prefix: string): boolean {
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9\u0080-\uffff]/g, '');
  return /[^a-z0-9]/.test(letters) || letters.includes(prefix);
}

/** On how many papers a name stands as it is written. */
function papersBy({ analyser, held, terms }: CompletionSource, name: string): number {
  const sequence = analyser.name(name).map(({ term, position }) => ({ term, offset: position }));
  const clause = planClause({ field: 'author', alternatives: [sequence], written: name }, terms);
  let papers = 0;
  for (const { segment, live } of held.all) {
    const documents = documentsOf(clause, segment).words;
    intersect(documents, live);
    forEachBit(documents, () => {
      papers += 1;
    });
  }
  return papers;
}
