// Paper 25 at three sizes: four schedules on characters, and beside them a table of bigrams and a valley.
import { warmupStableDecay } from '@offprint/methods';
import { defineExperiment, type Plan } from '../../experiment/experiment.ts';
import { characterStream } from '../../language/character-stream.ts';
import type { LanguageArm } from './bench.ts';
import { runTableArm, type TableArm } from './bigram-table.ts';
import { runLanguageArm } from './language-arms.ts';
import { plots } from './plots.ts';
import { type Method, methods } from './tried-schedules.ts';
import { runValleyArm, type ValleyArm } from './valley-arm.ts';

type Arm = LanguageArm | TableArm | ValleyArm;

/** The highest rate of each method, chosen on the validation part under a seed that is not reported (see README). */
const peaks: Readonly<Record<Method, number>> = {
  WSD: 0.003,
  'WSD-S': 0.003,
  'cyclic cosine': 0.003,
  cosine: 0.003,
};

function plan(options: {
  language: Omit<LanguageArm, 'level' | 'method' | 'peak' | 'judgedOn'>;
  table: Omit<TableArm, 'level'>;
  walks: number;
  seeds: number;
  secondsPerRun: number;
}): Plan<Arm> {
  const language = methods.map((method): [string, Arm] => [
    method,
    { ...options.language, level: 'language', method, peak: peaks[method], judgedOn: 'test' },
  ]);
  return {
    arms: {
      ...Object.fromEntries(language),
      'bigram table': { ...options.table, level: 'table' },
      valley: { level: 'valley', walks: options.walks },
    },
    seeds: options.seeds,
    secondsPerRun: options.secondsPerRun,
  };
}

const budgets = { decayFraction: 0.1, minRatio: 0.1 } as const;
const shape = { width: 48, layers: 2, heads: 2, context: 64 } as const;
const table = { vocabulary: 64, choices: 8, batchSize: 64, steps: 1000, decaySteps: 100 } as const;

export const experiment = defineExperiment<Arm>({
  id: '25-wsd-river-valley',
  data: ['moby-dick'],
  plans: {
    smoke: plan({
      language: {
        budgets: { ...budgets, steps: [20, 40], warmup: 4 },
        shape: { width: 16, layers: 1, heads: 2, context: 32 },
        batchSize: 8,
        judgedWindows: 16,
        curveWindows: 16,
      },
      table: { vocabulary: 16, choices: 4, batchSize: 32, steps: 200, decaySteps: 20 },
      walks: 200,
      seeds: 1,
      secondsPerRun: 1,
    }),
    short: plan({
      language: {
        budgets: { ...budgets, steps: [160, 320], warmup: 20 },
        shape,
        batchSize: 8,
        judgedWindows: 128,
        curveWindows: 32,
      },
      table,
      walks: 2000,
      seeds: 3,
      secondsPerRun: 8,
    }),
    full: plan({
      language: {
        budgets: { ...budgets, steps: [400, 800], warmup: 20 },
        shape,
        batchSize: 8,
        judgedWindows: 128,
        curveWindows: 32,
      },
      table,
      walks: 10_000,
      seeds: 6,
      secondsPerRun: 20,
    }),
  },
  live: {
    series: 'loss',
    title: 'Loss on unseen text',
    xLabel: 'step',
    yLabel: 'nats a character',
  },
  run: async (arm, seed, report, data) => {
    switch (arm.level) {
      case 'language':
        return await runLanguageArm(arm, characterStream((await data.open('moby-dick')).text), seed, report);
      case 'table': {
        const { steps, decaySteps, vocabulary } = arm;
        // A row has a V-th of every batch: η = V/2 moves it by half of the mean gradient of its own samples.
        const schedule = warmupStableDecay({
          peak: vocabulary / 2,
          total: steps,
          decayFraction: decaySteps / steps,
        });
        return runTableArm(arm, schedule, seed, (step, loss) => {
          if (step % (steps / 50) !== 0) return;
          const { certain, open } = loss();
          report.point('certain tokens', step, certain);
          report.point('open tokens', step, open);
          report.progress(step / steps);
        });
      }
      case 'valley':
        return runValleyArm(arm, seed, report);
    }
  },
  plots,
});
