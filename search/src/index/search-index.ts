// The index: papers go in, queries are answered from the next moment on.
import type { Analyser } from '../analysis/analyser.ts';
import type { Bitset } from '../bitset.ts';
import type { SearchDocument } from '../document.ts';
import type { Completion, Facets } from '../engine/answer.ts';
import type { Query } from '../query/query.ts';
import { BackgroundMerges, mergeAtOnce } from './background-merges.ts';
import { complete } from './complete.ts';
import { hashText } from './content-hash.ts';
import { type Explanation, explainScore } from './explain.ts';
import { countFacets } from './facets.ts';
import { HeldSegments } from './held-segments.ts';
import { IdTable } from './id-table.ts';
import type { Cursor } from './manifest.ts';
import { mergeSegments } from './merge.ts';
import { type NearTerm, oneEditTerms, prefixTerms } from './neighbours.ts';
import { Columns, type PaperColumns } from './paper-columns.ts';
import { type PutResult, putDocuments } from './put.ts';
import { Reader } from './reader.ts';
import { checkScoring, inverseDocumentFrequency, type Scoring, standardScoring } from './scoring.ts';
import type { SearchOptions, SearchResult } from './search-options.ts';
import type { Vocabulary } from './segment.ts';
import { type IndexState, readSnapshot, writeSnapshot } from './snapshot.ts';
import { type IndexStatistics, measureIndex } from './statistics.ts';
import { suggest } from './suggest.ts';

/**
 * When segments are merged: as part of the put that makes it due, or in a thread of its own while searches and
 * puts go on. An index that merges in the background is to be closed.
 */
export type Merging = 'at-once' | 'in-background';

export class SearchIndex {
  readonly analyser: Analyser;
  readonly scoring: Scoring;
  private readonly ids: IdTable;
  private readonly columns: Columns;
  private readonly held: HeldSegments;
  private readonly reader: Reader;
  private readonly merges: BackgroundMerges | undefined;
  /** Settles when the last snapshot asked for is written. */
  private saving: Promise<unknown> = Promise.resolve();

  private constructor(
    analyser: Analyser,
    { scoring, ids, columns, held }: Omit<IndexState, 'analyser'>,
    merging: Merging = 'at-once',
  ) {
    this.analyser = analyser;
    this.scoring = scoring;
    this.ids = ids;
    this.columns = columns;
    this.held = held;
    this.merges = merging === 'in-background' ? new BackgroundMerges(held, scoring) : undefined;
    this.reader = new Reader(analyser, scoring, ids, columns, held);
  }

  /** An empty index. @throws SearchError `bad-input` for scoring constants out of range. */
  static create(options: { analyser: Analyser; scoring?: Scoring; merging?: Merging }): SearchIndex {
    const scoring = options.scoring ?? standardScoring;
    checkScoring(scoring);
    const state = { scoring, ids: new IdTable(), columns: new Columns(), held: new HeldSegments() };
    return new SearchIndex(options.analyser, state, options.merging);
  }

  /**
   * Reads an index that `snapshot` wrote, and the cursor saved with it.
   *
   * @throws SearchError `damaged-file` or `foreign-file`; either way the index is to be built anew.
   */
  static async load(
    folder: string,
    options: { analyser: Analyser; merging?: Merging },
  ): Promise<{ index: SearchIndex; cursor: Cursor }> {
    const { state, cursor } = await readSnapshot(folder, options.analyser.fingerprint);
    const index = new SearchIndex(options.analyser, state, options.merging);
    return { index, cursor };
  }

  /**
   * Saves the index as it is when its turn comes, with a cursor that says how far it had come; calls follow one another.
   *
   * @throws SearchError `unavailable` when the folder cannot be written.
   */
  async snapshot(folder: string, cursor: Cursor): Promise<void> {
    const { scoring, ids, columns, held } = this;
    const write = () =>
      writeSnapshot({ analyser: this.analyser.fingerprint, scoring, ids, columns, held }, folder, cursor);
    const turn = this.saving.then(write, write);
    this.saving = turn.catch(() => undefined);
    await turn;
  }

  /** How many papers can be found. */
  get size(): number {
    return this.held.all.reduce((sum, { segment, removed }) => sum + segment.documents - removed, 0);
  }

  /** One above the highest ordinal ever given out. */
  get ordinalLimit(): number {
    return this.ids.limit;
  }

  /** The number of a paper, the same in the whole life of the index; `undefined` for one never seen. */
  ordinalOf(id: string): number | undefined {
    return this.ids.find(id);
  }

  idOf(ordinal: number): string {
    return this.ids.idOf(ordinal);
  }

  /** Whether the paper of an ordinal is in the index: ordinals of removed papers stay theirs. */
  has(ordinal: number): boolean {
    return this.columns.isLive(ordinal);
  }

  /** 16 hexadecimal digits that change whenever title, abstract or authors do. */
  contentHashOf(ordinal: number): string {
    return hashText(this.columns.hashLow.at(ordinal), this.columns.hashHigh.at(ordinal));
  }

  columnsOf(ordinal: number): PaperColumns {
    return this.columns.read(ordinal);
  }

  /**
   * Adds papers or replaces them by id; the next search sees them. Where only votes, date, categories, source
   * or code changed, no text is touched. Of one id given twice the last counts. All or none are taken.
   *
   * @throws SearchError `bad-input` for an id, a date or a count of votes that cannot be kept.
   */
  put(documents: readonly SearchDocument[]): PutResult {
    const result = putDocuments(documents, this.analyser, this.scoring, this.ids, this.columns, this.held);
    this.mergeDue();
    return result;
  }

  /** Takes papers out. @returns how many were in. */
  remove(ids: readonly string[]): number {
    let removed = 0;
    for (const id of new Set(ids)) {
      const ordinal = this.ids.find(id);
      if (ordinal === undefined || !this.columns.isLive(ordinal)) continue;
      this.held.remove(ordinal);
      this.columns.remove(ordinal);
      removed += 1;
    }
    this.mergeDue();
    return removed;
  }

  /** The best papers for a query. Any query is answered; its cost is bounded by its 64 rarest terms. */
  search(query: Query, options: SearchOptions): SearchResult {
    return this.reader.search(query, options);
  }

  /** What passes filter, required and excluded, whatever its words; `undefined` when all papers do. */
  accept(query: Query): Bitset | undefined {
    return this.reader.accept(query);
  }

  /** The papers that pass and hold every word. */
  containsAll(query: Query): Bitset {
    return this.reader.matching(query, 'all');
  }

  /**
   * Exactly the papers that match: they pass and, where nothing is required, hold at least one
   * of the words. For counts and facets.
   */
  matching(query: Query): Bitset {
    return this.reader.matching(query, 'any');
  }

  /** The scores of given papers, 0 where no term matches. */
  scoreOf(query: Query, ordinals: Uint32Array): Float64Array {
    return this.reader.scoreOf(query, ordinals);
  }

  /** Why a paper scores what it scores; the contributions sum up to the score exactly. */
  explain(query: Query, ordinal: number): Explanation {
    const found = this.held.find(ordinal);
    return explainScore(this.reader.plan(query), found, this.scoring, this.reader.averages());
  }

  /** How many of the given papers there are by year, category, source and code. */
  facets(ordinals: Uint32Array | Bitset): Facets {
    return countFacets(ordinals, this.columns);
  }

  /** The query spelt as papers spell it, or `undefined` when its words are common enough. */
  suggest(query: Query): string | undefined {
    return suggest(query, this.reader.planSource());
  }

  /**
   * Ids of papers whose title holds all words of a text, the last perhaps unfinished, by votes and then date; and
   * authors with such names, by papers.
   */
  complete(text: string, limit: number): Completion {
    const { analyser, ids, columns, held } = this;
    return complete({ analyser, ids, columns, held, terms: this.reader.planSource() }, text, limit);
  }

  /** The most frequent terms that begin with `prefix`. */
  prefixTerms(prefix: string, vocabulary: Vocabulary, limit: number): NearTerm[] {
    return prefixTerms(this.segments(), vocabulary, prefix, limit);
  }

  /** The most frequent terms one edit from `term`: a letter more, less or other, or two neighbours exchanged. */
  fuzzyTerms(term: string, vocabulary: Vocabulary, limit: number): NearTerm[] {
    return oneEditTerms(this.segments(), vocabulary, term, limit);
  }

  /** How many papers hold a term, and how telling that makes it. */
  termStatistics(term: string, vocabulary: Vocabulary = 'text'): { documents: number; idf: number } {
    const documents = this.held.documentsWith(term, vocabulary);
    return { documents, idf: inverseDocumentFrequency(this.held.documents, documents) };
  }

  /** Merges all segments into one and forgets removed papers. */
  compact(): void {
    const parts = this.held.all;
    if (parts.length === 0) return;
    this.held.replace(parts, mergeSegments(this.held.mergeInputs(parts), this.scoring));
  }

  /** Resolves when no merge is due or running. */
  async settled(): Promise<void> {
    await this.merges?.settled();
  }

  /** Ends the thread of merges and waits for a snapshot under way. The index can still be searched. */
  async close(): Promise<void> {
    await this.merges?.close();
    await this.saving;
  }

  /** What the index takes in memory. */
  statistics(): IndexStatistics {
    return measureIndex(this.ids, this.columns, this.held);
  }

  private mergeDue(): void {
    if (this.merges === undefined) mergeAtOnce(this.held, this.scoring);
    else this.merges.start();
  }

  private segments() {
    return this.held.all.map(({ segment }) => segment);
  }
}
