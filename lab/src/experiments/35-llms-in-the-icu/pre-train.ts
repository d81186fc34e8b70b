// What the largest models know before they see a label: the unlabelled notes, by guessing hidden words.
import { numpy as np, tree } from '@jax-js/jax';
import { adamW, chain, clipByGlobalNorm, jitStep, pcg32, trainState } from '@offprint/methods';
import type { Note } from './cohort.ts';
import {
  type EncoderParams,
  type EncoderShape,
  type HiddenWords,
  initEncoder,
  maskedLmLoss,
} from './encoder.ts';
import { shuffled } from './notes.ts';
import { encodeNotes, maskToken, padToken, type TokenRows, takeRows, type Vocabulary } from './tokens.ts';

export interface PreTraining {
  readonly epochs: number;
  readonly seed: number;
}

const batchNotes = 64;
const rate = 2e-3;
const warmupShare = 0.1;
/**
 * The share of words that are hidden. More than the usual .15, so that a note of forty words teaches more than six of
 * them at a time; that this does no harm is known from Wettig et al. 2022, https://arxiv.org/abs/2202.08005.
 */
const hiddenShare = 0.3;

/** Guesses hidden words of the notes for so many epochs. The parameters are the caller's to consume. */
export async function preTrain(
  notes: readonly Note[],
  vocabulary: Vocabulary,
  context: number,
  shape: EncoderShape,
  { epochs, seed }: PreTraining,
  onStep: (share: number, step: number, loss: number) => void,
): Promise<EncoderParams> {
  const random = pcg32(seed, 4);
  const rows = encodeNotes(notes, vocabulary, context);
  const optimizer = chain<EncoderParams>(clipByGlobalNorm(1), adamW({ weightDecay: 0.01 }));
  const step = jitStep(
    (params: EncoderParams, batch: HiddenWords) => maskedLmLoss(params, batch, shape.heads),
    optimizer,
  );
  let state = trainState(initEncoder(random, vocabulary.size, context, shape), optimizer);
  // Batches of one size, so that the step is compiled once: the few notes left over wait for the next shuffling.
  const perEpoch = Math.floor(notes.length / batchNotes);
  const steps = epochs * perEpoch;
  const all = notes.map((_, row) => row);
  let order = all;
  for (let s = 0; s < steps; s++) {
    if (s % perEpoch === 0) order = shuffled(all, random);
    const from = (s % perEpoch) * batchNotes;
    const batch = hideWords(takeRows(rows, order.slice(from, from + batchNotes)), random.nextUnit);
    const stepped = step(state, batch, rate * warmUpAndDown((s + 1) / steps));
    state = stepped.state;
    const [loss = Number.NaN] = await stepped.loss.data();
    onStep((s + 1) / steps, s, loss);
  }
  step.dispose();
  const { params, optimizer: memory } = state;
  tree.dispose(memory);
  return params;
}

/** Straight up over the first tenth, straight down to 0 over the rest. */
export function warmUpAndDown(share: number): number {
  return share < warmupShare ? share / warmupShare : (1 - share) / (1 - warmupShare);
}

/** Words hidden at random under the mask token. Nothing is left standing or swapped: no word is hidden in fine-tuning. */
function hideWords({ tokens, rows, context }: TokenRows, nextUnit: () => number): HiddenWords {
  const hidden = Float32Array.from(tokens, (token) =>
    token !== padToken && nextUnit() < hiddenShare ? 1 : 0,
  );
  const read = tokens.map((token, place) => (hidden[place] === 1 ? maskToken : token));
  const shaped = (values: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>) =>
    np.array(values).reshape([rows, context]);
  return { read: shaped(read), words: shaped(tokens), hidden: shaped(hidden) };
}
