// How good one ranking is, against judgements: the measures of trec_eval, by its definitions.
import type { QueryJudgements } from './collection.ts';

/**
 * nDCG@k with linear gain: Σ gradeᵢ / log₂(rankᵢ + 1), over that of the ideal order. 0 when nothing is relevant.
 * @param ranking document ids, best first, each once
 * @see Järvelin & Kekäläinen 2002, https://doi.org/10.1145/582415.582418; trec_eval `ndcg_cut`
 */
export function ndcgAtK(ranking: readonly string[], judgements: QueryJudgements, k: number): number {
  const gains = ranking.slice(0, k).map((id) => Math.max(0, judgements.get(id) ?? 0));
  const ideal = [...judgements.values()].filter((grade) => grade > 0).sort((a, b) => b - a);
  const best = discountedGain(ideal.slice(0, k));
  return best === 0 ? 0 : discountedGain(gains) / best;
}

/**
 * 1 over the rank of the first relevant document, 0 when there is none within `k`.
 * @param k how deep to look; the whole ranking when left out
 * @see Voorhees 1999, TREC-8 question answering; trec_eval `recip_rank`
 */
export function reciprocalRank(
  ranking: readonly string[],
  judgements: QueryJudgements,
  k = ranking.length,
): number {
  const place = ranking.slice(0, k).findIndex((id) => isRelevant(judgements, id));
  return place === -1 ? 0 : 1 / (place + 1);
}

/**
 * The share of all relevant documents that stand within the first `k`; 0 when nothing is relevant.
 * @see trec_eval `recall`
 */
export function recallAtK(ranking: readonly string[], judgements: QueryJudgements, k: number): number {
  const relevant = countRelevant(judgements);
  if (relevant === 0) return 0;
  return ranking.slice(0, k).filter((id) => isRelevant(judgements, id)).length / relevant;
}

/**
 * Average precision: the mean over all relevant documents of the precision where each stands, 0 for those not found.
 * Its mean over questions is MAP.
 * @see Buckley & Voorhees 2005, TREC, ch. 3; trec_eval `map`
 */
export function averagePrecision(ranking: readonly string[], judgements: QueryJudgements): number {
  const relevant = countRelevant(judgements);
  if (relevant === 0) return 0;
  let found = 0;
  let sum = 0;
  for (const [place, id] of ranking.entries()) {
    if (!isRelevant(judgements, id)) continue;
    found++;
    sum += found / (place + 1);
  }
  return sum / relevant;
}

/** The measures of an evaluation, in the order of its table. */
export const metricNames = ['nDCG@10', 'MRR@10', 'MRR', 'Recall@100', 'MAP'] as const;

export type MetricName = (typeof metricNames)[number];

/** One value a measure, in [0, 1]. */
export type Metrics = Readonly<Record<MetricName, number>>;

/** All measures of one ranking. */
export function measure(ranking: readonly string[], judgements: QueryJudgements): Metrics {
  return {
    'nDCG@10': ndcgAtK(ranking, judgements, 10),
    'MRR@10': reciprocalRank(ranking, judgements, 10),
    MRR: reciprocalRank(ranking, judgements),
    'Recall@100': recallAtK(ranking, judgements, 100),
    MAP: averagePrecision(ranking, judgements),
  };
}

function discountedGain(gains: readonly number[]): number {
  return gains.reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);
}

function isRelevant(judgements: QueryJudgements, id: string): boolean {
  return (judgements.get(id) ?? 0) > 0;
}

function countRelevant(judgements: QueryJudgements): number {
  return [...judgements.values()].filter((grade) => grade > 0).length;
}
