// Listwise distillation: the student reproduces the teacher's distribution over a list of documents.
// Tamber et al. 2025, Teaching Dense Retrieval Models to Specialize, https://arxiv.org/abs/2502.19712
import { nn, numpy as np } from '@jax-js/jax';

export interface ListwiseKlOptions {
  /** τ_S, 0.05 when left out: cosine scores lie close together. */
  readonly studentTemp?: number;
  /** τ_T, 0.3 when left out, for teacher scores in [0, 1]. */
  readonly teacherTemp?: number;
}

/**
 * KL( softmax(r/τ_T) ‖ softmax(s/τ_S) ) for every list; ∂/∂s = (softmax(s/τ_S) − softmax(r/τ_T)) / τ_S.
 * @param studentScores s, floats [..., m]; consumed
 * @param teacherScores r, floats [..., m]; consumed
 * @returns one value a list, [...]; the reduction is the caller's
 */
export function listwiseKlLoss(
  studentScores: np.Array,
  teacherScores: np.Array,
  { studentTemp = 0.05, teacherTemp = 0.3 }: ListwiseKlOptions = {},
): np.Array {
  const studentLogProbs = nn.logSoftmax(studentScores.div(studentTemp), -1);
  const teacherLogProbs = nn.logSoftmax(teacherScores.div(teacherTemp), -1);
  const teacherProbs = np.exp(teacherLogProbs.ref);
  return teacherProbs.mul(teacherLogProbs.sub(studentLogProbs)).sum(-1);
}
