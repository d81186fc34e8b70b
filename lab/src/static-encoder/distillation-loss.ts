// The loss of one batch and its gradient in the vectors: listwise distillation, with contrast beside it.
import { defaultDevice, init, jit, numpy as np, valueAndGrad } from '@jax-js/jax';
import { infoNceLoss, listwiseKlLoss } from '@offprint/methods';

/** How much each part counts; the paper's is 1 and 0.1. */
export interface LossWeights {
  readonly listwise: number;
  readonly contrast: number;
}

/** One batch: B questions, their lists of m papers, the first being the source. */
export interface LossInput {
  /** B × d. */
  readonly queries: Float32Array<ArrayBuffer>;
  /** m × B × d: the j-th papers of all lists together, so that all sources come first. */
  readonly papers: Float32Array<ArrayBuffer>;
  /** m × B, the teacher's. */
  readonly scores: Float32Array<ArrayBuffer>;
  /** B × (m·B): 0 where a paper must not be contrasted with a question. */
  readonly mask: Float32Array<ArrayBuffer>;
}

export interface LossOutput {
  readonly loss: number;
  readonly queries: Float32Array;
  readonly papers: Float32Array;
}

export interface BatchShape {
  readonly batch: number;
  readonly listLength: number;
  readonly dimensions: number;
}

/** The loss of one batch with its gradients, compiled once for a shape. */
export type DistillationLoss = (input: LossInput) => Promise<LossOutput>;

/**
 * L = w₁ · mean KL( softmax(r/0.3) ‖ softmax(s/0.05) ) + w₂ · mean InfoNCE with τ = 0.01.
 * @see https://arxiv.org/abs/2502.19712
 */
export async function distillationLoss(
  { batch, listLength, dimensions }: BatchShape,
  weights: LossWeights,
): Promise<DistillationLoss> {
  await init('wasm');
  defaultDevice('wasm');
  const loss = (
    vectors: { queries: np.Array; papers: np.Array },
    scores: np.Array,
    mask: np.Array,
  ): np.Array => {
    const { queries, papers } = vectors;
    const lists = papers.ref.reshape([listLength, batch, dimensions]);
    const student = lists.mul(np.expandDims(queries.ref, 0)).sum(-1).transpose();
    const listwise = listwiseKlLoss(student, scores.transpose()).mean();
    const contrast = infoNceLoss(queries, papers, { mask }).mean();
    return listwise.mul(weights.listwise).add(contrast.mul(weights.contrast));
  };
  const step = jit(valueAndGrad(loss));
  return async ({ queries, papers, scores, mask }) => {
    const passages = listLength * batch;
    const [value, gradient] = step(
      {
        queries: np.array(queries, { shape: [batch, dimensions] }),
        papers: np.array(papers, { shape: [passages, dimensions] }),
      },
      np.array(scores, { shape: [listLength, batch] }),
      np.array(mask, { shape: [batch, passages] }),
    );
    const [measured, ofQueries, ofPapers] = await Promise.all([
      value.data(),
      gradient.queries.data(),
      gradient.papers.data(),
    ]);
    return {
      loss: measured[0] ?? 0,
      queries: Float32Array.from(ofQueries),
      papers: Float32Array.from(ofPapers),
    };
  };
}

/** Mean KL over lists of the same length, for scores row by row: what tells when a student has learnt enough. */
export async function meanListwiseKl(
  student: Float32Array<ArrayBuffer>,
  teacher: Float32Array<ArrayBuffer>,
  listLength: number,
): Promise<number> {
  await init('wasm');
  defaultDevice('wasm');
  const shape = [student.length / listLength, listLength];
  const loss = listwiseKlLoss(np.array(student, { shape }), np.array(teacher, { shape })).mean();
  return (await loss.data())[0] ?? 0;
}
