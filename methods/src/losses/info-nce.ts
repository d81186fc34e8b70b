// InfoNCE over the passages of a batch, with the false negatives that a teacher points out left aside.
// van den Oord et al. 2018, https://arxiv.org/abs/1807.03748; the mask as in https://arxiv.org/abs/2502.19712
import { nn, numpy as np } from '@jax-js/jax';
import { masked } from './masked.ts';

export interface InfoNceOptions {
  /** τ, 0.01 when left out. */
  readonly temp?: number;
  /** Floats [B, N], 0 where a passage must not be contrasted with a query (the same paper twice); consumed. */
  readonly mask?: np.Array;
  /** Floats [B, N], the teacher's scores from 0 up, 0 where it gave none; consumed. */
  readonly teacherScores?: np.Array;
  /** A passage scored above this share of the positive's teacher score is no negative; 0.6 when left out. */
  readonly falseNegativeRatio?: number;
}

/**
 * −log( e^{s⁺/τ} / Σ e^{s/τ} ) with s = ⟨q, d⟩ over the positive and all passages that are not masked. The positive of
 * query i is passage i; it is never masked.
 * @param queries floats [B, d], unit rows; consumed
 * @param docs floats [N, d], N ≥ B, unit rows: the positives in the order of the queries, then further negatives;
 * consumed
 * @returns one value a query, [B]
 * @throws RangeError for fewer passages than queries
 */
export function infoNceLoss(queries: np.Array, docs: np.Array, options: InfoNceOptions = {}): np.Array {
  const { temp = 0.01, mask, teacherScores, falseNegativeRatio = 0.6 } = options;
  const batch = queries.shape[0] ?? 0;
  const passages = docs.shape[0] ?? 0;
  if (passages < batch) throw new RangeError('Every query needs its positive among the passages.');
  const positive = np.eye(batch, passages);
  let keep = mask ?? np.ones([batch, passages]);
  if (teacherScores !== undefined) {
    keep = keep.mul(trustedNegatives(teacherScores, positive.ref, falseNegativeRatio));
  }
  const scores = np.matmul(queries, docs.transpose()).div(temp);
  const positiveScores = scores.ref.mul(positive.ref).sum(-1);
  const contrasted = np.where(np.maximum(keep, positive).greater(0), scores, masked);
  return nn.logsumexp(contrasted, -1).sub(positiveScores);
}

/** 1 where the teacher's score is at most `ratio` of the positive's, 0 where a passage is likely relevant too. */
function trustedNegatives(teacherScores: np.Array, positive: np.Array, ratio: number): np.Array {
  const threshold = teacherScores.ref.mul(positive).sum(-1, { keepdims: true }).mul(ratio);
  return np.where(teacherScores.greater(threshold), 0, 1).astype(np.float32);
}
