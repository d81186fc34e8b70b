// A score taken apart into what each term adds.
import { type Averages, ClauseReader } from './clause-reader.ts';
import type { HeldSegment } from './held-segments.ts';
import type { QueryPlan } from './query-plan.ts';
import { type Scoring, saturationTerms } from './scoring.ts';
import type { Vocabulary } from './segment.ts';

/** What one term adds: `weight · tf / (tf + norm)`, rounded to a multiple of 2^-40. */
export interface TermExplanation {
  /** The clause as it was written. */
  readonly written: string;
  readonly term: string;
  readonly field: Vocabulary | 'title';
  readonly idf: number;
  /** Clause weight · idf · (k1 + 1), and the author weight for names. */
  readonly weight: number;
  /** Occurrences weighted by field. */
  readonly tf: number;
  /** `k1 · (1 - b + b · length / mean length)`. */
  readonly norm: number;
  readonly contribution: number;
}

export interface Explanation {
  readonly score: number;
  readonly terms: readonly TermExplanation[];
}

export function explainScore(
  plan: QueryPlan,
  found: { held: HeldSegment; document: number } | undefined,
  scoring: Scoring,
  averages: Averages,
): Explanation {
  if (found === undefined) return { score: 0, terms: [] };
  const terms = [...plan.required, ...plan.words].flatMap((clause) => {
    const reader = new ClauseReader(clause, found.held.segment, scoring, averages);
    return reader.scoringLeaves(found.document).flatMap((index): TermExplanation[] => {
      const leaf = clause.leaves[index];
      if (leaf === undefined) return [];
      const { tf, length, contribution } = reader.explainLeaf(index, found.document);
      const { constant, slope } = saturationTerms(scoring, averages[leaf.vocabulary]);
      const { term, idf, weight } = leaf;
      const field = clause.titleOnly ? 'title' : leaf.vocabulary;
      const norm = constant + slope * length;
      return [{ written: clause.written, term, field, idf, weight, tf, norm, contribution }];
    });
  });
  return { score: terms.reduce((sum, { contribution }) => sum + contribution, 0), terms };
}
