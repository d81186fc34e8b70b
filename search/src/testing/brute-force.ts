// The score and the order by their definitions, without an index: what the index is compared with.
import type { Analyser, Token } from '../analysis/analyser.ts';
import type { SearchDocument } from '../document.ts';
import type { Scoring } from '../index/scoring.ts';
import type { Clause, Filter, Query, SequenceTerm } from '../query/query.ts';

export interface BruteHit {
  readonly id: string;
  readonly score: number;
}

type Fields = Readonly<Record<'title' | 'abstract', readonly Token[]>> & {
  readonly authors: readonly (readonly Token[])[];
};

/** Scores documents one by one. Statistics are taken over `held`: the documents, and what a real index has not yet forgotten. */
export class BruteForce {
  private readonly analyser: Analyser;
  private readonly scoring: Scoring;
  private readonly cut = new Map<SearchDocument, Fields>();
  private readonly held: readonly SearchDocument[];
  /** Statistics that were counted before: how many papers hold a term, and mean lengths. */
  private readonly known = new Map<string, number>();

  constructor(analyser: Analyser, scoring: Scoring, held: readonly SearchDocument[]) {
    this.analyser = analyser;
    this.scoring = scoring;
    this.held = held;
  }

  search(documents: readonly SearchDocument[], query: Query): BruteHit[] {
    return documents
      .filter((document) => this.passes(document, query))
      .map((document) => ({ id: document.id, score: this.score(document, query) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  }

  passes(document: SearchDocument, query: Query): boolean {
    return (
      passesFilter(document, query.filter) &&
      query.required.every((clause) => this.stands(document, clause)) &&
      !query.excluded.some((clause) => this.stands(document, clause))
    );
  }

  stands(document: SearchDocument, clause: Clause): boolean {
    return clause.alternatives.some(
      (sequence) =>
        this.standsIn(document, clause, sequence, 'text') ||
        this.standsIn(document, clause, sequence, 'author'),
    );
  }

  /** The sum over clauses; within one, text and names add up, and of alternatives that stand the best counts. */
  score(document: SearchDocument, query: Query): number {
    const repeated = new Map<string, { clause: Clause; weight: number }>();
    for (const clause of query.words) {
      const key = JSON.stringify([clause.field, clause.alternatives]);
      const weight = (repeated.get(key)?.weight ?? 0) + (clause.weight ?? 1);
      repeated.set(key, { clause, weight: Math.min(8, weight) });
    }
    let total = 0;
    for (const { clause, weight } of [
      ...query.required.map((clause) => ({ clause, weight: clause.weight ?? 1 })),
      ...repeated.values(),
    ]) {
      for (const vocabulary of ['text', 'author'] as const) {
        let best = 0;
        for (const sequence of clause.alternatives) {
          if (!this.standsIn(document, clause, sequence, vocabulary)) continue;
          const terms = new Set(sequence.map(({ term }) => term));
          let sum = 0;
          for (const term of terms)
            sum += this.contribution(document, term, vocabulary, clause.field === 'title', weight);
          best = Math.max(best, sum);
        }
        total += best;
      }
    }
    return total;
  }

  private contribution(
    document: SearchDocument,
    term: string,
    vocabulary: 'text' | 'author',
    titleOnly: boolean,
    clauseWeight: number,
  ): number {
    const { k1, b, titleWeight, abstractWeight, authorWeight } = this.scoring;
    const count = (tokens: readonly Token[]): number => tokens.filter((token) => token.term === term).length;
    const fields = this.fieldsOf(document);
    const tf =
      vocabulary === 'author'
        ? count(fields.authors.flat())
        : titleWeight * count(fields.title) + (titleOnly ? 0 : abstractWeight * count(fields.abstract));
    if (tf === 0) return 0;
    const n = this.documentsWith(term, vocabulary);
    const idf = Math.log(1 + (this.held.length - n + 0.5) / (n + 0.5));
    const average = this.average(vocabulary);
    const norm = k1 * (1 - b + (b * this.length(document, vocabulary)) / average);
    const value =
      clauseWeight * (vocabulary === 'author' ? authorWeight : 1) * idf * (k1 + 1) * (tf / (tf + norm));
    return Math.round(value * 2 ** 40) / 2 ** 40;
  }

  private documentsWith(term: string, vocabulary: 'text' | 'author'): number {
    const key = `${vocabulary} ${term}`;
    const n = this.known.get(key) ?? this.held.filter((other) => this.holds(other, term, vocabulary)).length;
    this.known.set(key, n);
    return n;
  }

  private average(vocabulary: 'text' | 'author'): number {
    const total = () => this.held.reduce((sum, other) => sum + this.length(other, vocabulary), 0);
    const average = this.known.get(vocabulary) ?? total() / this.held.length;
    this.known.set(vocabulary, average);
    return average;
  }

  private holds(document: SearchDocument, term: string, vocabulary: 'text' | 'author'): boolean {
    const { title, abstract, authors } = this.fieldsOf(document);
    const tokens = vocabulary === 'author' ? authors.flat() : [...title, ...abstract];
    return tokens.some((token) => token.term === term);
  }

  private length(document: SearchDocument, vocabulary: 'text' | 'author'): number {
    const { title, abstract, authors } = this.fieldsOf(document);
    const count = (tokens: readonly Token[]): number => tokens.filter(({ variant }) => !variant).length;
    if (vocabulary === 'author') return count(authors.flat());
    return Math.fround(
      this.scoring.titleWeight * count(title) + this.scoring.abstractWeight * count(abstract),
    );
  }

  private standsIn(
    document: SearchDocument,
    { field }: Clause,
    sequence: readonly SequenceTerm[],
    vocabulary: 'text' | 'author',
  ): boolean {
    if (vocabulary === 'text' ? field === 'author' : field === 'text' || field === 'title') return false;
    const { title, abstract, authors } = this.fieldsOf(document);
    const places = vocabulary === 'author' ? authors : field === 'title' ? [title] : [title, abstract];
    const first = sequence[0]?.offset ?? 0;
    return places.some((tokens) =>
      tokens.some(({ position }) =>
        sequence.every(({ term, offset }) =>
          tokens.some((token) => token.term === term && token.position === position + offset - first),
        ),
      ),
    );
  }

  private fieldsOf(document: SearchDocument): Fields {
    const known = this.cut.get(document);
    if (known !== undefined) return known;
    const fields = {
      title: this.analyser.text(document.title),
      abstract: this.analyser.text(document.abstract),
      authors: document.authors.map((name) => this.analyser.name(name)),
    };
    this.cut.set(document, fields);
    return fields;
  }
}

function passesFilter(document: SearchDocument, filter: Filter): boolean {
  const { ids, sources, categories, from, to, hasCode } = filter;
  if (ids.length > 0 && !ids.includes(document.id)) return false;
  if (sources.length > 0 && !sources.includes(document.source)) return false;
  const belongs = (asked: string) =>
    document.categories.some((category) => category === asked || category.startsWith(`${asked}.`));
  if (categories.length > 0 && !categories.some(belongs)) return false;
  if (filter.excludedCategories.some(belongs)) return false;
  if (filter.excludedSources.includes(document.source) || filter.excludedIds.includes(document.id))
    return false;
  if (hasCode !== undefined && document.hasCode !== hasCode) return false;
  if (from !== undefined && (document.date === null || document.date < from)) return false;
  if (to !== undefined && (document.date === null || document.date > to)) return false;
  return true;
}
