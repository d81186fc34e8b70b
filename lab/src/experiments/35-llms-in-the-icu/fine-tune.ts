// A transformer trained on the labelled notes, from scratch or from what it was pre-trained to, stopped when it
// validates best.
import { nn, numpy as np, tree } from '@jax-js/jax';
import { adamW, chain, clipByGlobalNorm, jitStep, jitTree, pcg32, trainState } from '@offprint/methods';
import type { Draw, Note } from './cohort.ts';
import {
  type ClassifierParams,
  classify,
  type EncoderParams,
  type EncoderShape,
  initClassifier,
  type LabelledNotes,
  type LossShape,
  outcomeLoss,
} from './encoder.ts';
import { shuffled } from './notes.ts';
import { warmUpAndDown } from './pre-train.ts';
import { type Predict, settings, validate } from './selection.ts';
import { encodeNotes, type TokenRows, takeRows, type Vocabulary } from './tokens.ts';

export interface FineTuning {
  readonly shape: EncoderShape;
  readonly context: number;
  /** Training ends after so many epochs; it may be stopped at each sixth of them. */
  readonly epochs: number;
  readonly seed: number;
}

const batchNotes = 32;
const rate = 1e-3;
/** Notes read at once when only reading. */
const readNotes = 64;

/** A trained model that holds memory until it is disposed. */
export interface Reader {
  readonly predict: Predict;
  dispose(): void;
}

/**
 * The model at the stopping point that validates best.
 * @param encoder consumed
 */
export async function fineTune(
  encoder: EncoderParams,
  draw: Draw,
  vocabulary: Vocabulary,
  loss: LossShape,
  { shape, context, epochs, seed }: FineTuning,
  progress: (share: number) => void,
): Promise<Reader> {
  const random = pcg32(seed, 5);
  const optimizer = chain<ClassifierParams>(clipByGlobalNorm(1), adamW({ weightDecay: 0.01 }));
  const step = jitStep(
    (params: ClassifierParams, batch: LabelledNotes) => outcomeLoss(params, batch, shape.heads, loss),
    optimizer,
  );
  const read = jitTree((params: ClassifierParams, tokens: np.Array) =>
    nn.softmax(classify(params, tokens, shape.heads), -1),
  );
  const rows = encodeNotes(draw.train, vocabulary, context);
  let state = trainState(initClassifier(random, encoder, shape.width), optimizer);
  const perEpoch = Math.floor(draw.train.length / batchNotes);
  const steps = epochs * perEpoch;
  const all = draw.train.map((_, row) => row);
  let order = all;
  let best: { readonly rank: number; readonly params: ClassifierParams } | undefined;
  const predictWith = (params: ClassifierParams) => (notes: readonly Note[]) =>
    chances(read, params, encodeNotes(notes, vocabulary, context));
  let stops = 0;
  for (let s = 0; s < steps; s++) {
    if (s % perEpoch === 0) order = shuffled(all, random);
    const from = (s % perEpoch) * batchNotes;
    const taken = order.slice(from, from + batchNotes);
    const labels = taken.map((row) => draw.train[row]?.label ?? 0);
    const batch = { tokens: asArray(takeRows(rows, taken)), labels: np.array(labels, { dtype: np.int32 }) };
    const stepped = step(state, batch, rate * warmUpAndDown((s + 1) / steps));
    state = stepped.state;
    await stepped.loss.data();
    progress((s + 1) / steps);
    if (s + 1 < (steps * (stops + 1)) / settings) continue;
    stops++;
    const rank = await validate(predictWith(state.params), draw.validation);
    if (best === undefined || rank > best.rank) {
      if (best !== undefined) tree.dispose(best.params);
      best = { rank, params: tree.ref(state.params) };
    }
  }
  tree.dispose(state);
  step.dispose();
  if (best === undefined) throw new RangeError('A training has at least one step.');
  const { params } = best;
  return {
    predict: predictWith(params),
    dispose: () => {
      tree.dispose(params);
      read.dispose();
    },
  };
}

/** The second column of the two chances of each note; batches of one size, the last one filled up. */
async function chances(
  read: (params: ClassifierParams, tokens: np.Array) => np.Array,
  params: ClassifierParams,
  rows: TokenRows,
): Promise<Float64Array> {
  const found = new Float64Array(rows.rows);
  for (let from = 0; from < rows.rows; from += readNotes) {
    const taken = Array.from({ length: readNotes }, (_, i) => Math.min(from + i, rows.rows - 1));
    const both = await read(tree.ref(params), asArray(takeRows(rows, taken))).data();
    for (let i = 0; i < readNotes && from + i < rows.rows; i++)
      found[from + i] = both[2 * i + 1] ?? Number.NaN;
  }
  return found;
}

function asArray({ tokens, rows, context }: TokenRows): np.Array {
  return np.array(tokens).reshape([rows, context]);
}
