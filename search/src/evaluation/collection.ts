// What a judged collection is: documents, questions, and which documents answer them.
import type { SearchDocument } from '../document.ts';

export interface CollectionDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface CollectionQuery {
  readonly id: string;
  readonly text: string;
}

/** Grade by document id; 0 and below is judged and not relevant. */
export type QueryJudgements = ReadonlyMap<string, number>;

/** Questions with their judgements by query id. */
export interface QuerySet {
  readonly queries: readonly CollectionQuery[];
  readonly judgements: ReadonlyMap<string, QueryJudgements>;
}

/** What a system may see: never the questions that it is judged by. */
export interface Corpus {
  readonly name: string;
  readonly documents: readonly CollectionDocument[];
  /** For choosing weights; disjoint from the test questions and often empty. */
  readonly training: QuerySet;
}

export interface Collection extends Corpus {
  readonly test: QuerySet;
}

/** A query set without questions. */
export const noQueries: QuerySet = { queries: [], judgements: new Map() };

/** A document of a collection as the index takes it. */
export function asSearchDocument(document: CollectionDocument): SearchDocument {
  return {
    id: document.id,
    title: document.title,
    abstract: document.text,
    authors: [],
    categories: [],
    date: null,
    source: 'collection',
    hasCode: false,
    votes: 0,
  };
}

/** Whether any document answers the question; only such questions are averaged over, as trec_eval does. */
export function isAnswerable(judgements: QueryJudgements | undefined): judgements is QueryJudgements {
  return judgements?.values().some((grade) => grade > 0) ?? false;
}
