// The losses of the learners, compiled: cross-entropy of new and remembered examples, and what holds old tasks in place.
import { numpy as np, tree } from '@jax-js/jax';
import {
  type Compiled,
  ewcPenalty,
  fisherOfBatches,
  gradTree,
  jitStep,
  jitTree,
  lwfLoss,
  type MlpParams,
  type MomentumState,
  mlp,
  momentum,
  type Step,
  softmaxCrossEntropy,
} from '@offprint/methods';

/** Examples with their weights in the loss. */
export type Examples = {
  /** [batch, pixels] */
  x: np.Array;
  /** One-hot, [batch, classes]. */
  y: np.Array;
  /** 0 for a unit that may answer, hugely negative for one that may not; [batch, classes]. */
  mask: np.Array;
  /** What each example counts in the loss, [batch]. */
  weight: np.Array;
};

/** What keeps a learner where it was; a learner has at most one of them. */
export type Holds =
  | Record<string, never>
  | { anchor: MlpParams; fisher: MlpParams }
  | { teacher: MlpParams; oldClasses: np.Array };

export type Batch = { examples: Examples; holds: Holds };

/** Far below every logit, and finite. */
export const closed = -1e9;

export interface LearnerLosses {
  /** λ of EWC. */
  readonly lambda: number;
  /** α of LwF. */
  readonly alpha: number;
}

/** Σ weight · CE + λ·EWC or + α·LwF, whichever the batch holds. */
function loss(params: MlpParams, { examples, holds }: Batch, { lambda, alpha }: LearnerLosses): np.Array {
  const { x, y, mask, weight } = examples;
  const logits = mlp(tree.ref(params), x.ref);
  const fit = softmaxCrossEntropy(logits.ref.add(mask), y).mul(weight).sum();
  if ('anchor' in holds) {
    x.dispose();
    logits.dispose();
    return fit.add(ewcPenalty(params, holds.anchor, holds.fisher, lambda));
  }
  tree.dispose(params);
  if ('teacher' in holds) {
    const answers = mlp(holds.teacher, x);
    return fit.add(lwfLoss(answers, logits, holds.oldClasses).mean().mul(alpha));
  }
  x.dispose();
  logits.dispose();
  return fit;
}

/** One learner's compiled functions, for one run. */
export interface Learner {
  readonly step: Step<MlpParams, MomentumState<MlpParams>, Batch>;
  /** The unit with the largest open logit for each row of x, [batch]. Consumes its arguments. */
  readonly predict: Compiled<[MlpParams, np.Array, np.Array], np.Array>;
  /** The gradient of a batch's loss. Consumes its arguments. */
  readonly gradient: Compiled<[MlpParams, Batch], MlpParams>;
  dispose(): void;
}

export function compileLearner(losses: LearnerLosses): Learner {
  const ofBatch = (params: MlpParams, batch: Batch): np.Array => loss(params, batch, losses);
  const step = jitStep(ofBatch, momentum<MlpParams>());
  const predict = jitTree(
    (params: MlpParams, x: np.Array, mask: np.Array): np.Array => np.argmax(mlp(params, x).add(mask), -1),
  );
  const gradient = jitTree(gradTree(ofBatch));
  return {
    step,
    predict,
    gradient,
    dispose: () => {
      step.dispose();
      predict.dispose();
      gradient.dispose();
    },
  };
}

/** The mean squared gradient over batches, at parameters that are kept. */
export function fisherAt(learner: Learner, params: MlpParams, batches: Iterable<Batch>): MlpParams {
  const gradients = function* (): Generator<MlpParams> {
    for (const batch of batches) yield learner.gradient(tree.ref(params), batch);
  };
  return fisherOfBatches(gradients());
}
