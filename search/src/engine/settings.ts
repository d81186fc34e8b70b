// The constants of the engine's ranking and where each comes from.

import type { Rm3Settings } from '../feedback/rm3.ts';
import type { RocchioSettings } from '../feedback/vector-rocchio.ts';
import type { Fusion } from '../fusion/fuse.ts';

export interface RankingSettings {
  readonly fusion: Fusion;
  readonly rm3: Rm3Settings;
  readonly rocchio: RocchioSettings;
}

/**
 * Chosen on training queries alone: `npm run bench -- fusion` prints the grid. The floor of the fusion is the least a
 * cosine can be, and its weight the best beside it; weight and floor trade against each other along a flat ridge.
 */
export const standardRanking: RankingSettings = {
  fusion: { kind: 'weighted', meaning: 0.7, floor: -1 },
  rm3: { depth: 10, terms: 20, original: 0.6 },
  rocchio: { depth: 3, alpha: 1, beta: 0.3 },
};

/** How many papers each ranking proposes; together they are what can be paged through. */
export const poolDepth = { words: 1000, meaning: 250 };

/** A paper that shares no word with the query is proposed by meaning from this similarity on. */
export const leastSimilarity = 0.2;

/** Below this share of papers with a vector the query is answered by words alone. */
export const leastEncodedShare = 0.5;

/**
 * When sorted by date or votes, so many of the most relevant papers stay although they lack one of the words, and
 * so many of those like some examples.
 */
export const relevantEnough = 50;

/** With so few results a better spelling is looked for. */
export const fewResults = 5;
