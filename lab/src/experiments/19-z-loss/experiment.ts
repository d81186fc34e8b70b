// Paper 19: exactness and cost of the factored update, and what each loss's model misses among the first k words.
import { type DataSetSource, defineExperiment, type Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import { always, type ChosenArm, chosen } from './chosen.ts';
import { costArm, exactnessArm, softmaxArm, zArm } from './claim.ts';
import { ks, missesByStretch, missSeries } from './misses.ts';
import { type LayerShape, largestDifference, stepTimes } from './output-layers.ts';
import { plots } from './plots.ts';
import { type TrainingConfig, trainAndRank } from './word-model.ts';
import { wordTask } from './word-text.ts';

interface QualityConfig extends TrainingConfig {
  readonly kind: 'quality';
  readonly chosen: ChosenArm;
  readonly vocabulary: number;
  /** Words that are judged. */
  readonly testWords: number;
}

interface ExactnessConfig extends LayerShape {
  readonly kind: 'exactness';
  readonly classes: number;
  readonly steps: number;
}

interface CostConfig extends LayerShape {
  readonly kind: 'cost';
  readonly classes: readonly number[];
  readonly repeats: number;
}

type Config = QualityConfig | ExactnessConfig | CostConfig;

/** What every loss is trained with in the full run; trials take half the steps. */
export const fullSize = { steps: 1200, batch: 64, embeddingWidth: 24, hidden: 64, vocabulary: 2047 } as const;

const layers: LayerShape = { width: 64, batch: 32 };
const thousands = (...counts: readonly number[]): number[] => counts.map((count) => 1024 * count);
const exactness: ExactnessConfig = { kind: 'exactness', ...layers, classes: 1000, steps: 50 };

function qualityArms(
  arms: Readonly<Record<string, ChosenArm>>,
  size: Omit<QualityConfig, 'kind' | 'chosen'>,
) {
  return Object.fromEntries(
    Object.entries(arms).map(([arm, each]): [string, QualityConfig] => [
      arm,
      { kind: 'quality', chosen: each, ...size },
    ]),
  );
}

export const experiment = defineExperiment<Config>({
  id: '19-z-loss',
  data: ['moby-dick'],
  plans: {
    smoke: {
      arms: {
        [exactnessArm]: { ...exactness, classes: 100, width: 16, batch: 8 },
        [costArm]: { kind: 'cost', width: 16, batch: 8, classes: [256, 1024, 4096], repeats: 2 },
        ...qualityArms(
          {
            [zArm]: always({ loss: 'z', a: 0.1, b: 10, learningRate: 3e-3 }),
            [softmaxArm]: always({ loss: 'softmax', learningRate: 3e-3 }),
          },
          { ...fullSize, steps: 20, vocabulary: 100, testWords: 500 },
        ),
      },
      seeds: 1,
      secondsPerRun: 1,
    },
    short: {
      arms: {
        [exactnessArm]: exactness,
        [costArm]: { kind: 'cost', ...layers, classes: thousands(1, 4, 16, 64), repeats: 3 },
        ...qualityArms(chosen, { ...fullSize, steps: 200, testWords: 5000 }),
      },
      seeds: 1,
      secondsPerRun: 5,
    },
    full: {
      arms: {
        [exactnessArm]: exactness,
        [costArm]: { kind: 'cost', ...layers, classes: thousands(1, 4, 16, 64, 256), repeats: 5 },
        ...qualityArms(chosen, { ...fullSize, testWords: 10_000 }),
      },
      seeds: 3,
      secondsPerRun: 8,
    },
  },
  run: async (config, seed, report, data) => {
    switch (config.kind) {
      case 'exactness':
        return {
          'largest difference': largestDifference(config, config.classes, config.steps, seed),
        };
      case 'cost':
        return seed === 1 ? measureCost(config, report) : {};
      case 'quality':
        return await judgeLoss(config, seed, report, data);
    }
  },
  plots,
});

/** Milliseconds of every counted step, dense and factored, at every number of classes: measured under the first seed. */
function measureCost({ classes, repeats, width, batch }: CostConfig, report: Report): Metrics {
  const metrics: Record<string, number> = {};
  for (const [i, count] of classes.entries()) {
    for (const kind of ['dense', 'factored'] as const) {
      const times = stepTimes(kind, { width, batch }, count, { uncounted: 2, counted: repeats, seed: 1 });
      for (const time of times) report.point(`${kind} step, ms`, count, time);
      metrics[`${kind} step, ms, ${count} classes`] = times.toSorted((a, b) => a - b)[repeats >> 1] ?? 0;
    }
    report.progress((i + 1) / classes.length);
  }
  return metrics;
}

/** Trains each of the arm's configurations and keeps, for each k, how much the one chosen for it misses. */
async function judgeLoss(
  config: QualityConfig,
  seed: number,
  report: Report,
  data: DataSetSource,
): Promise<Metrics> {
  const { choices, byK } = config.chosen;
  const task = wordTask((await data.open('moby-dick')).text, config.vocabulary, config.testWords);
  const ranks: Float64Array[] = [];
  for (const [i, choice] of choices.entries()) {
    ranks.push(
      await trainAndRank(config, choice, task, task.test, seed, (share) => {
        report.progress((i + share) / choices.length);
      }),
    );
  }
  const metrics: Record<string, number> = { 'test words': task.test.count };
  for (const [place, k] of ks.entries()) {
    const missed = Array.from(ranks[byK[place] ?? 0] ?? [], (rank) => rank >= k);
    metrics[`top-${k} error, %`] = (100 * missed.filter(Boolean).length) / missed.length;
    missesByStretch(missed).forEach((share, i) => {
      report.point(missSeries(k), i + 1, share);
    });
  }
  return metrics;
}
