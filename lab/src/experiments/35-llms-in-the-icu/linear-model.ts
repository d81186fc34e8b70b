// Logistic regression on fixed features under any of the losses, with the strength of its penalty chosen.
import { numpy as np, tree } from '@jax-js/jax';
import {
  adamW,
  cosine,
  type Features,
  focalLoss,
  jitStep,
  type LinearParams,
  linearLayer,
  trainState,
} from '@offprint/methods';
import type { Featurizer } from './bag-of-words.ts';
import type { Draw, Note } from './cohort.ts';
import type { LossShape } from './encoder.ts';
import { type Predict, settings, validate } from './selection.ts';

/** C of the penalty ‖W‖²/(2·C·n), as scikit-learn names it: powers of √10 from .1 up. */
const strengths = Array.from({ length: settings }, (_, i) => 10 ** (i / 2 - 1));
/** Steps of Adam on all notes at once; enough that twice as many move no forecast by .01. */
const steps = 300;
const rate = 0.1;

type Batch = { features: np.Array; labels: np.Array; penalty: np.Array };

/** The model of the strength that validates best. */
export async function fitLinearModel(
  draw: Draw,
  featurize: Featurizer,
  { gamma, alpha }: LossShape,
  progress: (share: number) => void,
): Promise<Predict> {
  const train = featurize(draw.train);
  const features = asArray(train);
  const labels = np.array(
    draw.train.map(({ label }) => label),
    { dtype: np.int32 },
  );
  const optimizer = adamW<LinearParams>({ weightDecay: 0 });
  const step = jitStep((params: LinearParams, batch: Batch) => {
    const size = np.square(params.weight.ref).sum().mul(batch.penalty);
    const logits = linearLayer(params, batch.features);
    return focalLoss(logits, batch.labels, { gamma, alpha }).mean().add(size);
  }, optimizer);
  const schedule = cosine({ peak: rate, steps });
  let best: { readonly rank: number; readonly predict: Predict } | undefined;
  for (const [i, strength] of strengths.entries()) {
    const start = { weight: np.zeros([train.columns, 2]), bias: np.zeros([2]) };
    let state = trainState(start, optimizer);
    for (let s = 0; s < steps; s++) {
      const penalty = np.array(1 / (2 * strength * train.rows));
      const batch = { features: features.ref, labels: labels.ref, penalty };
      const stepped = step(state, batch, schedule(s));
      state = stepped.state;
      await stepped.loss.data();
    }
    const weight = new Float32Array(await state.params.weight.ref.data());
    const bias = new Float32Array((await state.params.bias?.ref.data()) ?? [0, 0]);
    tree.dispose(state);
    const predict = async (notes: readonly Note[]) => chances(featurize(notes), weight, bias);
    const rank = await validate(predict, draw.validation);
    if (best === undefined || rank > best.rank) best = { rank, predict };
    progress((i + 1) / strengths.length);
  }
  features.dispose();
  labels.dispose();
  step.dispose();
  if (best === undefined) throw new RangeError('There is no strength to choose from.');
  return best.predict;
}

function asArray({ values, rows, columns }: Features): np.Array {
  return np.array(Float32Array.from(values)).reshape([rows, columns]);
}

/** σ of the difference of the two logits. */
function chances(features: Features, weight: Float32Array, bias: Float32Array): Float64Array {
  const { values, rows, columns } = features;
  return Float64Array.from({ length: rows }, (_, row) => {
    let score = (bias[1] ?? 0) - (bias[0] ?? 0);
    for (let c = 0; c < columns; c++) {
      const value = values[row * columns + c] ?? 0;
      if (value !== 0) score += value * ((weight[2 * c + 1] ?? 0) - (weight[2 * c] ?? 0));
    }
    return 1 / (1 + Math.exp(-score));
  });
}
