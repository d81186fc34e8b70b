// The transformer of the ladder: reads a note in both directions, guesses hidden words, and scores the event.
import { nn, numpy as np } from '@jax-js/jax';
import {
  type DecoderBlockParams,
  type DecoderParams,
  decoderBlock,
  embedding,
  focalLoss,
  initDecoder,
  initLinear,
  type LinearParams,
  layerNorm,
  linearLayer,
  normal,
  type Random,
  zeros,
} from '@offprint/methods';
import { padToken } from './tokens.ts';

/** The reader alone: what pre-training teaches. */
export type EncoderParams = DecoderParams;

/** The reader with a score for each of the two outcomes. */
export type ClassifierParams = { encoder: EncoderParams; head: LinearParams };

export interface EncoderShape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
}

export function initEncoder(
  random: Random,
  vocabulary: number,
  context: number,
  { width, layers }: EncoderShape,
): EncoderParams {
  return initDecoder(random, { vocabulary, layers, width, context });
}

/** A classifier on an encoder, which it takes over; its own weights start from `random`. */
export function initClassifier(random: Random, encoder: EncoderParams, width: number): ClassifierParams {
  const head = { inFeatures: width, outFeatures: 2, weight: normal(0.02), biasStart: zeros };
  return { encoder, head: initLinear(random, head) };
}

/** Consumes params and tokens, integers [B, T]; floats [B, T, width]. No word looks at what stands after the note. */
function readNotes(params: EncoderParams, tokens: np.Array, heads: number): np.Array {
  const { tokens: table, positions, blocks, norm, head } = params;
  // The head of words is the table itself; an encoder with one of its own has no use for it here.
  if (head !== undefined) throw new RangeError('An encoder shares its table of words with its head.');
  const seen = isWord(tokens.ref);
  const mask = seen.reshape([tokens.shape[0] ?? 0, 1, 1, tokens.shape[1] ?? 0]);
  let stream = embedding(table, tokens).add(positions);
  for (const [layer, block] of blocks.entries()) {
    stream = bidirectional(block, stream, heads, layer === blocks.length - 1 ? mask : mask.ref);
  }
  return layerNorm(norm, stream);
}

function bidirectional(block: DecoderBlockParams, stream: np.Array, heads: number, mask: np.Array): np.Array {
  return decoderBlock(block, stream, { heads, causal: false, mask });
}

/** 1 where a word stands, 0 after the note; consumes its argument. */
function isWord(tokens: np.Array): np.Array {
  return np.where(tokens.notEqual(padToken), 1, 0).astype(np.float32);
}

/**
 * Two logits a note, [B, 2]: a linear map of the mean state of its words.
 * @param params consumed
 * @param tokens integers [B, T], padded; consumed
 */
export function classify(params: ClassifierParams, tokens: np.Array, heads: number): np.Array {
  const seen = isWord(tokens.ref);
  const states = readNotes(params.encoder, tokens, heads);
  const sums = states.mul(np.expandDims(seen.ref, 2)).sum(1);
  return linearLayer(params.head, sums.div(seen.sum(1, { keepdims: true })));
}

/** A batch of notes for pre-training: what is read, what stood there, and 1 where a word was hidden. Arrays [B, T]. */
export type HiddenWords = { read: np.Array; words: np.Array; hidden: np.Array };

/**
 * The mean surprise at the hidden words, in nats a word.
 * @param params consumed
 * @param batch consumed
 * @see Devlin et al. 2019, https://arxiv.org/abs/1810.04805, §3.1
 */
export function maskedLmLoss(params: EncoderParams, batch: HiddenWords, heads: number): np.Array {
  const table = params.tokens.weight.ref;
  const states = readNotes(params, batch.read, heads);
  const logP = nn.logSoftmax(np.matmul(states, table.ref.transpose()), -1);
  const target = nn.oneHot(batch.words, table.shape[0] ?? 0);
  table.dispose();
  const surprise = logP.mul(target).sum(-1).neg();
  const { hidden } = batch;
  return surprise.mul(hidden.ref).sum().div(np.maximum(hidden.sum(), 1));
}

/** Labelled notes: tokens [B, T] and outcomes [B], integers. */
export type LabelledNotes = { tokens: np.Array; labels: np.Array };

/** How the loss weighs examples. */
export interface LossShape {
  readonly gamma: number;
  /** One weight an outcome. */
  readonly alpha: readonly [number, number];
}

/** The mean focal loss of a batch; γ = 0 with weights 1 is cross-entropy. Consumes params and batch. */
export function outcomeLoss(
  params: ClassifierParams,
  { tokens, labels }: LabelledNotes,
  heads: number,
  { gamma, alpha }: LossShape,
): np.Array {
  return focalLoss(classify(params, tokens, heads), labels, { gamma, alpha }).mean();
}
