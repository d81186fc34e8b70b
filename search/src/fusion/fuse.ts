// One ranking out of two: the words' BM25F and the meaning's cosine, by weighted scores or by reciprocal ranks.

/**
 * How two rankings become one.
 *
 * `weighted`: a convex combination of scores brought to one scale. Words are divided by the best score, for a
 * BM25 score is never below 0; similarities are stretched between `floor` and the best one. A fixed floor in
 * the place of the pool's minimum keeps a score from depending on how deep the pool goes ("theoretical
 * min-max" in Bruch, Gai & Ingber 2023, An Analysis of Fusion Functions for Hybrid Retrieval, §4).
 * `rrf`: Σ 1 / (k + rank), Cormack, Clarke & Büttcher 2009; scores do not count.
 */
export type Fusion =
  | { readonly kind: 'weighted'; readonly meaning: number; readonly floor: number }
  | { readonly kind: 'rrf'; readonly k: number };

/** A paper that either ranking proposed, with what each of them says of it; null where it has no vector. */
export interface Candidate {
  readonly ordinal: number;
  /** BM25F; 0 where no word matches. */
  readonly words: number;
  /** Cosine similarity. */
  readonly meaning: number | null;
}

export interface FusedPart {
  readonly normalised: number;
  readonly weight: number;
  readonly contribution: number;
}

export interface Fused {
  readonly ordinal: number;
  readonly score: number;
  readonly words: FusedPart;
  readonly meaning: FusedPart;
}

/**
 * Scores every candidate, in the order given. A candidate without a vector is given the mean of the others
 * that match a word, so that a paper of the last second is neither favoured nor lost.
 *
 * @returns scores in [0, 1] for `weighted`, at most 2 / (k + 1) for `rrf`.
 */
export function fuse(candidates: readonly Candidate[], fusion: Fusion): Fused[] {
  return fusion.kind === 'weighted' ? byScore(candidates, fusion) : byRank(candidates, fusion.k);
}

function byScore(
  candidates: readonly Candidate[],
  { meaning: weight, floor }: { readonly meaning: number; readonly floor: number },
): Fused[] {
  let bestWords = 0;
  let bestMeaning = Number.NEGATIVE_INFINITY;
  for (const { words, meaning } of candidates) {
    bestWords = Math.max(bestWords, words);
    if (meaning !== null) bestMeaning = Math.max(bestMeaning, meaning);
  }
  const span = bestMeaning - floor;
  const stretched = (similarity: number): number =>
    span > 0 ? Math.min(1, Math.max(0, (similarity - floor) / span)) : 0;
  const unknown = imputed(candidates, stretched);
  return candidates.map(({ ordinal, words, meaning }) => {
    const wordsPart = part(bestWords > 0 ? words / bestWords : 0, 1 - weight);
    const meaningPart = part(meaning === null ? unknown : stretched(meaning), weight);
    return {
      ordinal,
      score: wordsPart.contribution + meaningPart.contribution,
      words: wordsPart,
      meaning: meaningPart,
    };
  });
}

function imputed(candidates: readonly Candidate[], stretched: (similarity: number) => number): number {
  let sum = 0;
  let count = 0;
  for (const { words, meaning } of candidates)
    if (words > 0 && meaning !== null) {
      sum += stretched(meaning);
      count += 1;
    }
  return count === 0 ? 0 : sum / count;
}

function byRank(candidates: readonly Candidate[], k: number): Fused[] {
  const words = ranks(candidates, ({ words }) => (words > 0 ? words : null));
  const meaning = ranks(candidates, ({ meaning }) => meaning);
  return candidates.map(({ ordinal }, at) => {
    const wordsPart = part(words[at] === undefined ? 0 : 1 / (k + words[at]), 1);
    const meaningPart = part(meaning[at] === undefined ? 0 : 1 / (k + meaning[at]), 1);
    return {
      ordinal,
      score: wordsPart.contribution + meaningPart.contribution,
      words: wordsPart,
      meaning: meaningPart,
    };
  });
}

/** Ranks from 1 by falling score, ties by ordinal; undefined where there is no score. */
function ranks(
  candidates: readonly Candidate[],
  scoreOf: (candidate: Candidate) => number | null,
): (number | undefined)[] {
  const order = candidates
    .map((candidate, at) => ({ at, ordinal: candidate.ordinal, score: scoreOf(candidate) }))
    .filter((entry): entry is typeof entry & { score: number } => entry.score !== null)
    .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
  const found: (number | undefined)[] = candidates.map(() => undefined);
  order.forEach(({ at }, i) => {
    found[at] = i + 1;
  });
  return found;
}

function part(normalised: number, weight: number): FusedPart {
  return { normalised, weight, contribution: normalised * weight };
}
