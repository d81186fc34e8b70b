// The ladder from the majority rule to a pre-trained transformer, on draws of the benchmark's size, judged on 4,000
// patients that no model saw.
import { defineExperiment } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import { drawBenchmark, makeCohort } from './cohort.ts';
import { disagreement, judge, powerToTellApart, recallByAlarms, recallsWithAlarms } from './judge.ts';
import { type Loss, underLoss } from './losses.ts';
import { forecastsOf, type Model } from './models.ts';
import { plots } from './plots.ts';
import { powerSeries, recallByAlarmsSeries } from './series.ts';

interface Config {
  readonly model: Model;
  /** Cross-entropy first: it is what the others are compared with. */
  readonly losses: readonly ['cross-entropy', ...Loss[]];
  /** Data sets drawn for each point of the power curve against the bag of words; 0 draws none. */
  readonly powerSimulations: number;
}

const powerSizes = [44, 88, 177, 442, 1000, 2000, 4000];

const bag: Model = { kind: 'bag-of-words' };
const vectors = (epochs: number): Model => ({ kind: 'word-vectors', width: 32, epochs });
const transformer = (width: number, epochs: number, preTrainingEpochs: number): Model => ({
  kind: 'transformer',
  shape: { width, layers: 2, heads: 2 },
  epochs,
  preTrainingEpochs,
});
const alone = (model: Model, powerSimulations: number): Config => ({
  model,
  losses: ['cross-entropy'],
  powerSimulations,
});
const underAllLosses = (model: Model, powerSimulations: number): Config => ({
  model,
  losses: ['cross-entropy', 'focal', 'weighted'],
  powerSimulations,
});

export const experiment = defineExperiment<Config>({
  id: '35-llms-in-the-icu',
  data: ['support'],
  plans: {
    smoke: {
      arms: {
        majority: alone({ kind: 'majority' }, 20),
        'bag of words': underAllLosses(bag, 0),
      },
      seeds: 1,
      secondsPerRun: 2,
    },
    short: {
      arms: {
        majority: alone({ kind: 'majority' }, 200),
        'bag of words': underAllLosses(bag, 0),
        'word vectors': alone(vectors(1), 200),
        'transformer, scratch': alone(transformer(32, 12, 0), 200),
        'transformer, pre-trained': alone(transformer(32, 12, 2), 200),
      },
      seeds: 6,
      secondsPerRun: 8,
    },
    full: {
      arms: {
        majority: alone({ kind: 'majority' }, 1000),
        'bag of words': underAllLosses(bag, 0),
        'word vectors': alone(vectors(2), 1000),
        'small transformer, scratch': alone(transformer(32, 12, 0), 1000),
        'transformer, scratch': alone(transformer(64, 12, 0), 1000),
        'transformer, pre-trained': underAllLosses(transformer(64, 12, 3), 1000),
      },
      seeds: 6,
      secondsPerRun: 16,
    },
  },
  run: async ({ model, losses, powerSimulations }, seed, report, data): Promise<Metrics> => {
    const cohort = makeCohort(await data.open('support'));
    const draw = drawBenchmark(cohort, seed);
    const { test } = cohort;
    const forecasts = await forecastsOf(model, losses, seed, cohort, draw, {
      progress: (share) => report.progress(share),
      surprise: (step, loss) => report.point('surprise at hidden words', step, loss),
    });
    const metrics: Record<string, number> = {};
    for (const [i, loss] of losses.entries()) {
      const forecast = forecasts[i];
      const plain = forecasts[0];
      if (forecast === undefined || plain === undefined) throw new RangeError('Every loss has its forecast.');
      const measures = judge(forecast, test, draw.smallTest);
      for (const [name, value] of Object.entries(measures)) metrics[underLoss(loss, name)] = value;
      for (const { alarms, recall } of recallByAlarms(forecast.test, test)) {
        report.point(underLoss(loss, recallByAlarmsSeries), alarms, recall);
      }
      if (i === 0) continue;
      // The control: cross-entropy with its threshold moved until it raises as many alarms.
      const alarms = Math.round((measures.alarms ?? Number.NaN) * test.length);
      const [recall = Number.NaN] = Number.isFinite(alarms)
        ? recallsWithAlarms(plain.test, test, [alarms])
        : [];
      metrics[underLoss(loss, 'plainRecallAtItsAlarms')] = recall;
    }
    if (powerSimulations > 0) {
      // Against the smallest model that learns, trained on the same draw.
      const silent = { progress: () => {}, surprise: () => {} };
      const [smallest] = await forecastsOf(bag, ['cross-entropy'], seed, cohort, draw, silent);
      const [own] = forecasts;
      if (own === undefined || smallest === undefined) throw new RangeError('Every loss has its forecast.');
      const shares = disagreement(own.test, smallest.test, test);
      for (const patients of powerSizes) {
        report.point(powerSeries, patients, powerToTellApart(shares, patients, powerSimulations, seed));
      }
    }
    return metrics;
  },
  live: {
    series: recallByAlarmsSeries,
    title: 'Deaths found, by the share of patients who raise an alarm',
    xLabel: 'patients with an alarm',
    yLabel: 'deaths found',
  },
  plots,
});
