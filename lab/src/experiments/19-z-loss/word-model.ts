// The word model and its training under any of the losses: embeddings of five words, one hidden layer, a score a word.
import { init, numpy as np, tree } from '@jax-js/jax';
import {
  adam,
  type EmbeddingParams,
  embeddingByDigits,
  initEmbedding,
  initLinear,
  jitStep,
  jitTree,
  type LinearParams,
  linearLayer,
  logSphericalSoftmax,
  logTaylorSoftmax,
  normal,
  oneHotSquaredError,
  pcg32,
  ranksOfLabels,
  softmaxCrossEntropyWithIntegerLabels,
  trainState,
  zLoss,
} from '@offprint/methods';
import { contextLength, drawExamples, type WordExamples, type WordTask } from './word-text.ts';

export type LossConfig =
  | { readonly loss: 'softmax' | 'taylor' | 'spherical' | 'squared' }
  | { readonly loss: 'z'; readonly a: number; readonly b: number };

/** What is chosen by validation. */
export type Choice = LossConfig & { readonly learningRate: number };

/** What all losses share. */
export interface TrainingConfig {
  readonly steps: number;
  readonly batch: number;
  readonly embeddingWidth: number;
  readonly hidden: number;
}

type WordParams = { words: EmbeddingParams; hidden: LinearParams; output: LinearParams };
type Batch = { contexts: np.Array; targets: np.Array };

/** The rows of the table of words come in blocks of so many, which makes a look-up among thousands cheap. */
const blockRows = 64;

/** Examples a call when ranks are taken. */
const judgedAtOnce = 500;

/**
 * Trains under a loss from the seed's start on the seed's examples, the same under every loss; the learning rate falls in a
 * line to 0.
 * @returns how many words are scored above the right one, of each judged example; infinite where the model diverged
 */
export async function trainAndRank(
  config: TrainingConfig,
  choice: Choice,
  task: WordTask,
  judged: WordExamples,
  seed: number,
  onProgress: (share: number) => void = () => undefined,
): Promise<Float64Array> {
  await init('wasm');
  const { steps, batch } = config;
  const lossOf = (params: WordParams, { contexts, targets }: Batch): np.Array =>
    lossFunction(choice)(scoresOf(params, contexts), targets).mean();
  const optimizer = adam<WordParams>();
  const step = jitStep(lossOf, optimizer);
  let state = trainState(initialParams(config, task.vocabulary, seed), optimizer);
  const random = pcg32(seed, 2);
  for (let done = 0; done < steps; done++) {
    const drawn = batchOf(drawExamples(task.training, batch, random));
    const stepped = step(state, drawn, choice.learningRate * (1 - done / steps));
    stepped.loss.dispose();
    state = stepped.state;
    if (done % 50 === 0) onProgress(done / steps);
  }
  const judge = jitTree((params: WordParams, contexts: np.Array) =>
    orderOf(choice, scoresOf(params, contexts)),
  );
  const ranks = new Float64Array(judged.count);
  for (let start = 0; start < judged.count; start += judgedAtOnce) {
    const part = slice(judged, start, Math.min(start + judgedAtOnce, judged.count));
    const { contexts, targets } = batchOf(part);
    targets.dispose();
    const scores = await judge(tree.ref(state.params), contexts).data();
    ranks.set(ranksOfLabels(scores, part.targets), start);
  }
  tree.dispose(state);
  step.dispose();
  judge.dispose();
  return ranks;
}

function lossFunction(choice: LossConfig): (logits: np.Array, labels: np.Array) => np.Array {
  switch (choice.loss) {
    case 'softmax':
      return softmaxCrossEntropyWithIntegerLabels;
    case 'taylor':
      return logTaylorSoftmax;
    case 'spherical':
      return (logits, labels) => logSphericalSoftmax(logits, labels);
    case 'squared':
      return oneHotSquaredError;
    case 'z':
      return (logits, labels) => zLoss(logits, labels, choice);
  }
}

/**
 * What a loss's model ranks words by: the probability that the loss reads from a score. The squares of two losses give a
 * word with a far negative score a high one.
 */
function orderOf(choice: LossConfig, scores: np.Array): np.Array {
  switch (choice.loss) {
    case 'taylor':
      return np.square(scores.add(1));
    case 'spherical':
      return np.square(scores);
    default:
      return scores;
  }
}

function initialParams(config: TrainingConfig, vocabulary: number, seed: number): WordParams {
  const { embeddingWidth, hidden } = config;
  const random = pcg32(seed, 1);
  return {
    words: initEmbedding(random, {
      vocabulary: blockRows * Math.ceil((vocabulary + 1) / blockRows),
      width: embeddingWidth,
      weight: normal(0.1),
    }),
    hidden: initLinear(random, { inFeatures: contextLength * embeddingWidth, outFeatures: hidden }),
    output: initLinear(random, { inFeatures: hidden, outFeatures: vocabulary }),
  };
}

/** A score a word, floats [B, vocabulary], of contexts [B, contextLength]. Consumes both. */
function scoresOf({ words, hidden, output }: WordParams, contexts: np.Array): np.Array {
  const [batch = 0] = contexts.shape;
  const features = embeddingByDigits(words, contexts, blockRows).reshape([batch, -1]);
  return linearLayer(output, np.tanh(linearLayer(hidden, features)));
}

function batchOf({ contexts, targets, count }: WordExamples): Batch {
  return {
    contexts: np.array(new Int32Array(contexts), { shape: [count, contextLength] }),
    targets: np.array(new Int32Array(targets), { shape: [count] }),
  };
}

function slice({ contexts, targets }: WordExamples, start: number, end: number): WordExamples {
  return {
    contexts: contexts.slice(start * contextLength, end * contextLength),
    targets: targets.slice(start, end),
    count: end - start,
  };
}
