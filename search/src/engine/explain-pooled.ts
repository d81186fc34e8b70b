// Why a paper stands where it stands: which words, which similarity, and how the two became one score.
import type { Fusion } from '../fusion/fuse.ts';
import type { SearchIndex } from '../index/search-index.ts';
import type { Query } from '../query/query.ts';
import type { FusionPart, ScoreExplanation } from './answer.ts';
import type { Pooled } from './pool.ts';

/** The parts sum up to the paper's score; the terms sum up to the raw score of the words. */
export function explainPooled(
  index: SearchIndex,
  query: Query,
  { ordinal, candidate, words, meaning }: Pooled,
  fusion: Fusion,
  asksForMeaning: boolean,
): ScoreExplanation {
  const parts: FusionPart[] = [];
  const byWords = fusion.kind === 'rrf' || fusion.meaning < 1;
  if (byWords) parts.push({ by: 'words', raw: candidate.words, ...words });
  if (asksForMeaning) parts.push({ by: 'meaning', raw: candidate.meaning, ...meaning });
  return {
    fusion: parts.length < 2 ? 'none' : fusion.kind,
    parts,
    terms: byWords ? index.explain(query, ordinal).terms : [],
  };
}
