// The ladder from the majority rule to a pre-trained transformer, on draws of the benchmark's size, judged on 4,000
// patients that no model saw.
import { pcg32 } from '@offprint/methods';
import { defineExperiment, type Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import { fitTfIdf } from './bag-of-words.ts';
import { type Cohort, type Draw, drawBenchmark, makeCohort } from './cohort.ts';
import { type EncoderParams, type EncoderShape, initEncoder } from './encoder.ts';
import { fineTune } from './fine-tune.ts';
import { disagreement, judge, powerToTellApart, recallByAlarms } from './judge.ts';
import { fitLinearModel } from './linear-model.ts';
import { type Loss, lossShape } from './losses.ts';
import { recallByAlarmsSeries } from './matched-alarms.ts';
import { plots } from './plots.ts';
import { preTrainedOnce } from './pre-train.ts';
import type { Forecast } from './selection.ts';
import { makeVocabulary } from './tokens.ts';
import { learnWordVectors, meanOfVectors } from './word-vectors.ts';

/** The rungs of the ladder. */
type Model =
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

interface Config {
  readonly model: Model;
  readonly loss: Loss;
  /** Data sets drawn for each point of the power curve; 0 draws none. */
  readonly powerSimulations: number;
}

/** Words of a note that the transformers read; one note in twenty is longer. */
const context = 48;
/** What is learned without labels is learned once, as the benchmark's models were, and not anew for each draw. */
const unlabelledSeed = 350;
const powerSizes = [44, 88, 177, 442, 1000, 2000, 4000];

const arm = (model: Model, loss: Loss = 'cross-entropy', powerSimulations = 0): Config => ({
  model,
  loss,
  powerSimulations,
});
const majority: Model = { kind: 'majority' };
const bag: Model = { kind: 'bag-of-words' };
const vectors = (epochs: number): Model => ({ kind: 'word-vectors', width: 32, epochs });
const transformer = (width: number, epochs: number, preTrainingEpochs: number): Model => ({
  kind: 'transformer',
  shape: { width, layers: 2, heads: 4 },
  epochs,
  preTrainingEpochs,
});

export const experiment = defineExperiment<Config>({
  id: '35-llms-in-the-icu',
  data: ['support'],
  plans: {
    smoke: {
      arms: { majority: arm(majority), 'bag of words': arm(bag), 'bag of words, focal': arm(bag, 'focal') },
      seeds: 2,
      secondsPerRun: 1,
    },
    short: {
      arms: {
        majority: arm(majority),
        'bag of words': arm(bag),
        'bag of words, focal': arm(bag, 'focal'),
        'bag of words, weighted': arm(bag, 'weighted'),
        'word vectors': arm(vectors(2), 'cross-entropy', 200),
        'transformer, scratch': arm(transformer(32, 12, 0), 'cross-entropy', 200),
        'transformer, pre-trained': arm(transformer(32, 12, 3), 'cross-entropy', 200),
      },
      seeds: 6,
      secondsPerRun: 6,
    },
    full: {
      arms: {
        majority: arm(majority, 'cross-entropy', 1000),
        'bag of words': arm(bag),
        'bag of words, focal': arm(bag, 'focal'),
        'bag of words, weighted': arm(bag, 'weighted'),
        'word vectors': arm(vectors(5), 'cross-entropy', 1000),
        'small transformer, scratch': arm(transformer(32, 12, 0), 'cross-entropy', 1000),
        'transformer, scratch': arm(transformer(64, 12, 0), 'cross-entropy', 1000),
        'transformer, pre-trained': arm(transformer(64, 12, 8), 'cross-entropy', 1000),
        'pre-trained, focal': arm(transformer(64, 12, 8), 'focal'),
        'pre-trained, weighted': arm(transformer(64, 12, 8), 'weighted'),
      },
      seeds: 8,
      secondsPerRun: 10,
    },
  },
  run: async ({ model, loss, powerSimulations }, seed, report, data): Promise<Metrics> => {
    const cohort = makeCohort(await data.open('support'));
    const draw = drawBenchmark(cohort, seed);
    const forecast = await forecastOf(model, loss, seed, cohort, draw, report);
    for (const { alarms, recall } of recallByAlarms(forecast.test, cohort.test)) {
      report.point(recallByAlarmsSeries, alarms, recall);
    }
    if (powerSimulations > 0) {
      // Against the smallest model that learns, trained on the same draw.
      const smallest = await forecastOf(bag, 'cross-entropy', seed, cohort, draw, silent);
      const shares = disagreement(forecast.test, smallest.test, cohort.test);
      for (const patients of powerSizes) {
        report.point('power', patients, powerToTellApart(shares, patients, powerSimulations, seed));
      }
    }
    return judge(forecast, cohort.test, draw.smallTest);
  },
  live: {
    series: recallByAlarmsSeries,
    title: 'Deaths found, by the share of patients who raise an alarm',
    xLabel: 'patients with an alarm',
    yLabel: 'deaths among them',
  },
  plots,
});

const silent: Report = { progress: () => {}, point: () => {} };

async function forecastOf(
  model: Model,
  loss: Loss,
  seed: number,
  cohort: Cohort,
  draw: Draw,
  report: Report,
): Promise<Forecast> {
  const { test } = cohort;
  const shape = lossShape(loss, draw.train);
  switch (model.kind) {
    case 'majority': {
      const events = draw.train.filter(({ label }) => label === 1).length;
      const always = (count: number) => new Float64Array(count).fill(events / draw.train.length);
      return { test: always(test.length), smallTest: always(draw.smallTest.length) };
    }
    case 'bag-of-words':
      return await fitLinearModel(draw, test, fitTfIdf(draw.train), shape, report.progress);
    case 'word-vectors': {
      const { width, epochs } = model;
      const learned = learnWordVectors(cohort.pool, { width, epochs, seed: unlabelledSeed });
      return await fitLinearModel(draw, test, meanOfVectors(learned, draw.train), shape, report.progress);
    }
    case 'transformer': {
      const vocabulary = makeVocabulary(cohort.pool);
      const { shape: encoderShape, epochs, preTrainingEpochs } = model;
      const half = (share: number) => report.progress(share / 2);
      const encoder = await startingPoint(model, cohort, seed, half, report);
      const done = preTrainingEpochs > 0 ? 0.5 : 0;
      const tuning = { shape: encoderShape, context, epochs, seed };
      return await fineTune(encoder, draw, test, vocabulary, shape, tuning, (share) =>
        report.progress(done + (1 - done) * share),
      );
    }
  }
}

async function startingPoint(
  { shape, preTrainingEpochs }: Extract<Model, { kind: 'transformer' }>,
  cohort: Cohort,
  seed: number,
  progress: (share: number) => void,
  report: Report,
): Promise<EncoderParams> {
  const vocabulary = makeVocabulary(cohort.pool);
  if (preTrainingEpochs === 0) return initEncoder(pcg32(seed, 6), vocabulary.size, context, shape);
  const training = { epochs: preTrainingEpochs, seed: unlabelledSeed };
  const { params, losses } = await preTrainedOnce(
    cohort.pool,
    vocabulary,
    context,
    shape,
    training,
    progress,
  );
  for (const [step, loss] of losses.entries()) {
    if (step % 10 === 0) report.point('surprise at hidden words', step, loss);
  }
  return params;
}
