// From a query to what is searched for: repeated words joined, unknown ones replaced by their neighbours, the rarest kept.
import type { Clause, Query } from '../query/query.ts';
import type { NearTerm } from './neighbours.ts';
import {
  keepRarest,
  mostLeaves,
  type PlannedClause,
  planClause,
  type TermSource,
  termsOfOneWord,
  vocabulariesOf,
} from './plan.ts';
import { highestWeight } from './scoring.ts';
import type { Vocabulary } from './segment.ts';

/** A word that no paper holds, and the words searched for in its place, as they are mostly written. */
export interface Replacement {
  readonly written: string;
  readonly by: readonly string[];
}

export interface QueryPlan {
  readonly words: readonly PlannedClause[];
  readonly required: readonly PlannedClause[];
  readonly excluded: readonly PlannedClause[];
  readonly replaced: readonly Replacement[];
}

/** What a planner asks the index. */
export interface PlanSource extends TermSource {
  oneEditTerms(term: string, vocabulary: Vocabulary, limit: number): readonly NearTerm[];
  /** Words of the text that a written word may be a slip of, see `slipTerms`. */
  slips(written: string, limit: number): readonly NearTerm[];
}

/** How sure we are that a neighbour was meant. */
const replacementWeight = 0.5;
const mostReplacements = 5;
const shortestReplaced = 4;
/** Unknown words of one query that are looked up, for a look-up of neighbours costs up to a millisecond. */
const mostLookedUp = 4;
/** Clauses of one query that are planned at all. */
const mostClauses = 1024;
const mostExcluded = 64;

/** Weights of clauses lie between 0 and `highestWeight`; a word said twice has both its weights. */
export function planQuery(query: Query, source: PlanSource): QueryPlan {
  const replaced: Replacement[] = [];
  const words: PlannedClause[] = [];
  let lookedUp = 0;
  for (const { clause, weight } of distinct(query.words)) {
    const planned = planClause(clause, source, weight);
    const looksUp = planned.branches.length === 0 && lookedUp < mostLookedUp;
    if (looksUp) lookedUp += 1;
    const near = looksUp ? neighboursOf(clause, source) : [];
    if (near.length === 0) {
      words.push(planned);
      continue;
    }
    replaced.push({ written: clause.written, by: near.map(({ surface }) => surface) });
    const alternatives = near.map(({ term }) => [{ term, offset: 0 }]);
    words.push(planClause({ ...clause, alternatives }, source, weight * replacementWeight));
  }
  const required = query.required
    .slice(0, mostClauses)
    .map((clause) => planClause(clause, source, bounded(clause.weight)));
  const requiredLeaves = required.reduce((sum, { leaves }) => sum + leaves.length, 0);
  return {
    words: keepRarest(words, Math.max(0, mostLeaves - requiredLeaves)),
    required,
    excluded: query.excluded.slice(0, mostExcluded).map((clause) => planClause(clause, source)),
    replaced,
  };
}

/** Whether nothing is looked for: the filter alone decides. */
export function asksOnlyFilter(query: Query): boolean {
  return query.words.length === 0 && query.required.length === 0;
}

function distinct(clauses: readonly Clause[]): readonly { clause: Clause; weight: number }[] {
  const byText = new Map<string, { clause: Clause; weight: number }>();
  for (const clause of clauses) {
    const key = JSON.stringify([clause.field, clause.alternatives]);
    const known = byText.get(key);
    const weight = bounded(bounded(clause.weight) + (known?.weight ?? 0));
    byText.set(key, { clause: known?.clause ?? clause, weight });
    if (byText.size === mostClauses) break;
  }
  return [...byText.values()];
}

function bounded(weight = 1): number {
  return Math.min(highestWeight, Math.max(0, weight));
}

/** The commonest terms one edit from a single word: from its term, or where that is near nothing, from its letters. */
function neighboursOf(clause: Clause, source: PlanSource): readonly NearTerm[] {
  const terms = termsOfOneWord(clause).filter(
    (term) => term.length >= shortestReplaced && /\p{L}/u.test(term),
  );
  for (const vocabulary of vocabulariesOf(clause.field))
    for (const term of terms) {
      const near = source.oneEditTerms(term, vocabulary, mostReplacements);
      if (near.length > 0) return near;
    }
  return terms.length === 0 || clause.field === 'author'
    ? []
    : source.slips(clause.written, mostReplacements);
}
