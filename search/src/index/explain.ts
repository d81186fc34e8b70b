// A score taken apart into what each term adds.
import type { TermExplanation } from '../engine/answer.ts';
import { type Averages, ClauseReader } from './clause-reader.ts';
import type { HeldSegment } from './held-segments.ts';
import type { QueryPlan } from './query-plan.ts';
import { type Scoring, saturationTerms } from './scoring.ts';

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
      const { term, idf, vocabulary, documents, weight } = leaf;
      return [
        {
          term,
          field: vocabulary,
          documentFrequency: documents,
          idf,
          frequency: tf,
          norm: constant + slope * length,
          weight: weight / (idf * (scoring.k1 + 1)),
          contribution,
        },
      ];
    });
  });
  return { score: terms.reduce((sum, { contribution }) => sum + contribution, 0), terms };
}
