// A query as the index understands it, whatever it was written in.

/** Where a term is looked for. `any` is text and author; `text` is title and abstract. */
export type QueryField = 'any' | 'text' | 'title' | 'author';

/** One term of a sequence, `offset` words after the first. */
export interface SequenceTerm {
  readonly term: string;
  readonly offset: number;
}

/** Matches where one of its alternatives stands: a word is a sequence of one term, a phrase one of several. */
export interface Clause {
  readonly field: QueryField;
  /** The terms of one alternative stand in this order and distance; `fine-tuning` has two: fine tune | finetun. */
  readonly alternatives: readonly (readonly SequenceTerm[])[];
  /** As it was written, for notes and explanations. */
  readonly written: string;
  /** Its scores are multiplied by it; 1 where it is left out. Feedback gives its words less than the reader's own. */
  readonly weight?: number;
}

/** What a paper must be, whatever its score. Groups are and-ed, members of a group or-ed; an empty group asks nothing. */
export interface Filter {
  /** `cs.LG` exactly, or an archive such as `cs` with all its subjects. */
  readonly categories: readonly string[];
  readonly sources: readonly string[];
  readonly ids: readonly string[];
  /** Inclusive calendar dates `YYYY-MM-DD`. Papers without a date fail a filter by date. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly hasCode: boolean | undefined;
  /** What it must not be, in the same words as above: a paper in any of these fails. */
  readonly excludedCategories: readonly string[];
  readonly excludedSources: readonly string[];
  readonly excludedIds: readonly string[];
}

export interface Query {
  /** Scored; a paper may match any of them. */
  readonly words: readonly Clause[];
  /** Scored; a paper must match all of them: phrases and fielded words. */
  readonly required: readonly Clause[];
  /** A paper must match none of them. */
  readonly excluded: readonly Clause[];
  readonly filter: Filter;
  /** What an encoder reads: the words and phrases without their operators. */
  readonly freeText: string;
  /** What was done to the query that its writer should know; whole sentences. */
  readonly notes: readonly string[];
}

/** A filter that lets everything pass. */
export const noFilter: Filter = {
  categories: [],
  sources: [],
  ids: [],
  from: undefined,
  to: undefined,
  hasCode: undefined,
  excludedCategories: [],
  excludedSources: [],
  excludedIds: [],
};
