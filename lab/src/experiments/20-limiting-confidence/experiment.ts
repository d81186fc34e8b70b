// Paper 20: a reader of four-picture codes trained by cross-entropy and for the coverage of N draws, and what a
// temperature, an early stop and smooth labels do for the former.
import { defineExperiment } from '../../experiment/experiment.ts';
import { coverage16, coverage256, crossEntropy, labelSmoothing } from './claim.ts';
import { Judge, metricsOf } from './judge.ts';
import { judgedPictures, splitPictures } from './pictures.ts';
import { plots } from './plots.ts';
import { type Training, trainReader } from './reader.ts';

interface Config extends Training {
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
  /** Codes that pass@N is averaged over. */
  readonly judgedCodes: number;
}

/** Learning rates and ε as chosen on validation codes of seeds apart (`tuning/20-limiting-confidence.ts`); the table stands in the README. */
const arms = {
  [crossEntropy]: { N: 1, smoothing: 0, learningRate: 3e-3 },
  [coverage16]: { N: 16, smoothing: 0, learningRate: 3e-4 },
  [coverage256]: { N: 256, smoothing: 0, learningRate: 3e-3 },
  [labelSmoothing]: { N: 1, smoothing: 0.1, learningRate: 1e-4 },
} as const;

function armsOfSize(size: Omit<Config, 'N' | 'smoothing' | 'learningRate'>): Record<string, Config> {
  return Object.fromEntries(Object.entries(arms).map(([name, arm]) => [name, { ...size, ...arm }]));
}

/** One reader, from its first pictures to its last judgement. Also what the tuning tries. */
export const fullSize = {
  epochs: 40,
  codes: 500,
  hidden: 256,
  judgedCodes: 4000,
  counts: { train: 1000, validation: 1000, test: 3000 },
};

export const experiment = defineExperiment<Config>({
  id: '20-limiting-confidence',
  data: ['fashion-mnist'],
  plans: {
    smoke: {
      arms: armsOfSize({
        ...fullSize,
        epochs: 3,
        hidden: 32,
        judgedCodes: 500,
        counts: { train: 200, validation: 200, test: 400 },
      }),
      seeds: 2,
      secondsPerRun: 1,
    },
    short: { arms: armsOfSize({ ...fullSize, epochs: 20 }), seeds: 3, secondsPerRun: 10 },
    full: { arms: armsOfSize(fullSize), seeds: 8, secondsPerRun: 20 },
  },
  run: async (config, seed, report, data) => {
    const split = splitPictures(await data.open('fashion-mnist'), seed, config.counts);
    const judge = new Judge(seed, config.judgedCodes, split.validation.labels, split.test.labels);
    let last = new Float32Array();
    trainReader(config, seed, split.train, judgedPictures(split), (epoch, logits) => {
      const look = judge.look(epoch, logits);
      for (const [N, pass] of look.test) report.point(`pass@${N}`, epoch, pass);
      report.point('confidence', epoch, look.confidence);
      report.point('test loss', epoch, look.testLoss);
      report.progress(epoch / config.epochs);
      last = new Float32Array(logits);
    });
    return metricsOf(judge, last);
  },
  live: { series: 'pass@256', title: 'pass@256 while training', xLabel: 'epoch', yLabel: 'pass@256' },
  plots,
});
