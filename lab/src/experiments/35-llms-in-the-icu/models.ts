// The rungs of the ladder, each trained on a draw of the benchmark under the losses asked for.
import { tree } from '@jax-js/jax';
import { pcg32 } from '@offprint/methods';
import { fitTfIdf } from './bag-of-words.ts';
import type { Cohort, Draw, Note } from './cohort.ts';
import { type EncoderShape, initEncoder } from './encoder.ts';
import { fineTune } from './fine-tune.ts';
import type { Forecast } from './judge.ts';
import { fitLinearModel } from './linear-model.ts';
import { type Loss, lossShape } from './losses.ts';
import { preTrain } from './pre-train.ts';
import type { Predict } from './selection.ts';
import { makeVocabulary } from './tokens.ts';
import { learnWordVectors, meanOfVectors } from './word-vectors.ts';

export type Model =
  | { readonly kind: 'majority' }
  | { readonly kind: 'bag-of-words' }
  | { readonly kind: 'word-vectors'; readonly width: number; readonly epochs: number }
  | {
      readonly kind: 'transformer';
      readonly shape: EncoderShape;
      readonly epochs: number;
      /** Passes over the unlabelled notes; 0 is from scratch. */
      readonly preTrainingEpochs: number;
    };

/** Where training tells how far it is. */
export interface Watch {
  /** The share of all training that is done, from 0 to 1. */
  progress(share: number): void;
  /** The mean surprise at hidden words in a step of pre-training. */
  surprise(step: number, loss: number): void;
}

/** Words of a note that the transformers read; one note in twenty is longer. */
const context = 48;

/** One forecast a loss, in their order. What is learned without labels is learned once for all of them. */
export async function forecastsOf(
  model: Model,
  losses: readonly Loss[],
  seed: number,
  cohort: Cohort,
  draw: Draw,
  watch: Watch,
): Promise<Forecast[]> {
  const forecast = async (predict: Predict): Promise<Forecast> => ({
    test: await predict(cohort.test),
    smallTest: await predict(draw.smallTest),
  });
  if (model.kind === 'majority') {
    const share = draw.train.filter(({ label }) => label === 1).length / draw.train.length;
    const always = async (notes: readonly Note[]) => new Float64Array(notes.length).fill(share);
    return await Promise.all(losses.map(() => forecast(always)));
  }
  const found: Forecast[] = [];
  if (model.kind === 'transformer') {
    const { shape, epochs, preTrainingEpochs } = model;
    const vocabulary = makeVocabulary(cohort.pool);
    // About so much of the work is pre-training.
    const unlabelled = preTrainingEpochs === 0 ? 0 : 0.5;
    const training = { epochs: preTrainingEpochs, seed };
    const encoder =
      preTrainingEpochs === 0
        ? initEncoder(pcg32(seed, 6), vocabulary.size, context, shape)
        : await preTrain(cohort.pool, vocabulary, context, shape, training, (share, step, loss) => {
            watch.progress(unlabelled * share);
            watch.surprise(step, loss);
          });
    for (const [i, loss] of losses.entries()) {
      const progress = (share: number) =>
        watch.progress(unlabelled + ((1 - unlabelled) * (i + share)) / losses.length);
      const tuning = { shape, context, epochs, seed };
      const weighed = lossShape(loss, draw.train);
      const reader = await fineTune(tree.ref(encoder), draw, vocabulary, weighed, tuning, progress);
      found.push(await forecast(reader.predict));
      reader.dispose();
    }
    tree.dispose(encoder);
    return found;
  }
  const featurize =
    model.kind === 'bag-of-words'
      ? fitTfIdf(draw.train)
      : meanOfVectors(learnWordVectors(cohort.pool, { ...model, seed }), draw.train);
  for (const [i, loss] of losses.entries()) {
    const progress = (share: number) => watch.progress((i + share) / losses.length);
    const predict = await fitLinearModel(draw, featurize, lossShape(loss, draw.train), progress);
    found.push(await forecast(predict));
  }
  return found;
}
