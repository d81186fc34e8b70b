// Answers queries over the segments held at the moment of asking.
import type { Analyser } from '../analysis/analyser.ts';
import { Bitset } from '../bitset.ts';
import type { Query } from '../query/query.ts';
import { type Averages, ClauseReader } from './clause-reader.ts';
import { compileFilter, type Passes } from './filter.ts';
import type { HeldSegment, HeldSegments } from './held-segments.ts';
import type { IdTable } from './id-table.ts';
import { documentsOf, forEachBit, intersect, subtract, unite } from './matching.ts';
import { oneEditTerms, termNamed } from './neighbours.ts';
import type { Columns } from './paper-columns.ts';
import type { PlannedClause, TermSource } from './plan.ts';
import { asksOnlyFilter, type PlanSource, planQuery, type QueryPlan } from './query-plan.ts';
import { inverseDocumentFrequency, type Scoring } from './scoring.ts';
import type { SearchHit, SearchOptions, SearchResult } from './search-options.ts';
import type { Vocabulary } from './segment.ts';
import { slipTerms } from './slips.ts';
import { TopK } from './top-k.ts';
import { WindowScorer } from './window-scorer.ts';

export class Reader {
  private readonly scoring: Scoring;
  private readonly ids: IdTable;
  private readonly columns: Columns;
  private readonly held: HeldSegments;
  private readonly scorer = new WindowScorer();
  private readonly analyser: Analyser;

  constructor(analyser: Analyser, scoring: Scoring, ids: IdTable, columns: Columns, held: HeldSegments) {
    this.analyser = analyser;
    this.scoring = scoring;
    this.ids = ids;
    this.columns = columns;
    this.held = held;
  }

  averages(): Averages {
    return { text: this.held.averageLength('text'), author: this.held.averageLength('author') };
  }

  plan(query: Query): QueryPlan {
    return planQuery(query, this.planSource());
  }

  search(query: Query, options: SearchOptions): SearchResult {
    const plan = this.plan(query);
    const byRelevance = (options.sort ?? 'relevance') === 'relevance' && !asksOnlyFilter(query);
    return byRelevance ? this.byRelevance(query, plan, options) : this.byColumn(query, plan, options);
  }

  accept(query: Query): Bitset | undefined {
    const plan = planQuery({ ...query, words: [] }, this.planSource());
    const passes = compileFilter(query.filter, this.columns, this.ids);
    if (passes === undefined && plan.required.length === 0 && plan.excluded.length === 0) return undefined;
    return this.collect(plan, passes, undefined);
  }

  matching(query: Query, words: 'all' | 'any'): Bitset {
    const plan = this.plan(query);
    const passes = compileFilter(query.filter, this.columns, this.ids);
    // Where something is required, words only rank.
    const free = query.words.length === 0 || (words === 'any' && query.required.length > 0);
    return this.collect(plan, passes, free ? undefined : words);
  }

  scoreOf(query: Query, ordinals: Uint32Array): Float64Array {
    const plan = this.plan(query);
    const clauses = [...plan.required, ...plan.words];
    const averages = this.averages();
    const scores = new Float64Array(ordinals.length);
    const bySegment = new Map<HeldSegment, { document: number; index: number }[]>();
    ordinals.forEach((ordinal, index) => {
      const found = this.held.find(ordinal);
      if (found === undefined) return;
      const asked = bySegment.get(found.held) ?? [];
      asked.push({ document: found.document, index });
      bySegment.set(found.held, asked);
    });
    for (const [{ segment }, asked] of bySegment) {
      asked.sort((a, b) => a.document - b.document);
      for (const clause of clauses) {
        const reader = new ClauseReader(clause, segment, this.scoring, averages);
        for (const { document, index } of asked)
          scores[index] = (scores[index] ?? 0) + reader.score(document);
      }
    }
    return scores;
  }

  private byRelevance(query: Query, plan: QueryPlan, options: SearchOptions): SearchResult {
    const { limit, offset = 0, accept } = options;
    const best = new TopK(offset + limit, (a, b) => this.ids.compare(a, b));
    const filter = compileFilter(query.filter, this.columns, this.ids);
    const passes = both(filter, accept === undefined ? undefined : (ordinal) => accept.has(ordinal));
    const clauses = [...plan.required, ...plan.words];
    const averages = this.averages();
    let count = 0;
    let exact = true;
    for (const held of this.held.all) {
      const allowed = this.allowed(held, plan);
      const { segment } = held;
      const found = this.scorer.search(
        { segment, clauses, scoring: this.scoring, averages, allowed, passes },
        best,
      );
      count += found.count;
      exact &&= found.exact;
    }
    const hits = best.ranked().slice(offset);
    return {
      hits: hits.map(({ ordinal, score }) => ({ ordinal, id: this.ids.idOf(ordinal), score })),
      matched: { count, exact },
      replaced: plan.replaced,
    };
  }

  private byColumn(query: Query, plan: QueryPlan, options: SearchOptions): SearchResult {
    const { limit, offset = 0, accept } = options;
    const filter = compileFilter(query.filter, this.columns, this.ids);
    const passes = both(filter, accept === undefined ? undefined : (ordinal) => accept.has(ordinal));
    const members = this.collect(plan, passes, query.words.length === 0 ? undefined : 'all');
    const column = options.sort === 'votes' ? this.columns.votes : this.columns.date;
    const best = new TopK(offset + limit, (a, b) => this.ids.compare(a, b));
    forEachBit(members.words, (ordinal) => {
      const value = column.at(ordinal);
      if (value >= best.threshold) best.offer(ordinal, value);
    });
    const ordinals = Uint32Array.from(best.ranked().slice(offset), ({ ordinal }) => ordinal);
    const scores = this.scoreOf(query, ordinals);
    const hits = Array.from(ordinals, (ordinal, i): SearchHit => {
      return { ordinal, id: this.ids.idOf(ordinal), score: scores[i] ?? 0 };
    });
    return { hits, matched: { count: members.count(), exact: true }, replaced: plan.replaced };
  }

  /** The papers that pass, hold what is required and nothing excluded, and all or any of the words. */
  private collect(plan: QueryPlan, passes: Passes | undefined, words: 'all' | 'any' | undefined): Bitset {
    const members = new Bitset(this.ids.limit);
    for (const held of this.held.all) {
      const { segment } = held;
      const documents = (this.allowed(held, plan) ?? held.live).slice();
      if (words === 'all')
        for (const clause of plan.words) intersect(documents, this.documents(clause, held));
      if (words === 'any') {
        const any = new Uint32Array(documents.length);
        for (const clause of plan.words) unite(any, this.documents(clause, held));
        intersect(documents, any);
      }
      forEachBit(documents, (document) => {
        const ordinal = segment.ordinals[document] ?? 0;
        if (passes === undefined || passes(ordinal)) members.add(ordinal);
      });
    }
    return members;
  }

  /** Documents that are current and meet what is required and excluded; `undefined` for all. */
  private allowed(held: HeldSegment, plan: QueryPlan): Uint32Array | undefined {
    if (plan.required.length === 0 && plan.excluded.length === 0) {
      return held.removed === 0 ? undefined : held.live;
    }
    const allowed = held.live.slice();
    for (const clause of plan.required) intersect(allowed, this.documents(clause, held));
    for (const clause of plan.excluded) subtract(allowed, this.documents(clause, held));
    return allowed;
  }

  private documents(clause: PlannedClause, held: HeldSegment): Uint32Array {
    return documentsOf(clause, held.segment, this.scoring).words;
  }

  /** Asks each segment about a term once a query. */
  planSource(): PlanSource {
    const known = new Map<string, number>();
    const all = this.held.documents;
    const documentsWith: TermSource['documentsWith'] = (term, vocabulary) => {
      const key = `${vocabulary} ${term}`;
      const count = known.get(key) ?? this.held.documentsWith(term, vocabulary);
      known.set(key, count);
      return count;
    };
    const weigh: TermSource['weigh'] = (documents, vocabulary) => {
      const idf = inverseDocumentFrequency(all, documents);
      const field = vocabulary === 'author' ? this.scoring.authorWeight : 1;
      return { idf, weight: field * idf * (this.scoring.k1 + 1) };
    };
    const near = (term: string, vocabulary: Vocabulary, limit: number) =>
      oneEditTerms(
        this.held.all.map(({ segment }) => segment),
        vocabulary,
        term,
        limit,
      );
    const slips: PlanSource['slips'] = (written, limit) => {
      const segments = this.held.all.map(({ segment }) => segment);
      const source = {
        documentsWith: (term: string) => documentsWith(term, 'text'),
        surfaceOf: (term: string) => termNamed(segments, 'text', term)?.surface ?? term,
      };
      return slipTerms(written, this.analyser, source, limit);
    };
    return { documentsWith, weigh, oneEditTerms: near, slips };
  }
}

function both(first: Passes | undefined, second: Passes | undefined): Passes | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return (ordinal) => first(ordinal) && second(ordinal);
}
