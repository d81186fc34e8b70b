// Paper 37: the same networks trained with one dropout mask a step and with several, beside what could explain a gain.
import { pcg32 } from '@offprint/methods';
import { defineExperiment } from '../../experiment/experiment.ts';
import { armName, averagedLogits, longer } from './claim.ts';
import { multiplications } from './network.ts';
import { plots } from './plots.ts';
import { type Look, type Training, takePictures, trainNetwork } from './train.ts';

interface Config extends Training {
  readonly trainingPictures: number;
  readonly testPictures: number;
}

type Size = Pick<Config, 'steps' | 'batch' | 'lookEvery' | 'trainingPictures' | 'testPictures'>;

/** 4,000 pictures in batches of 100: twelve epochs. */
export const fullSize: Size = {
  steps: 480,
  batch: 100,
  lookEvery: 20,
  trainingPictures: 4000,
  testPictures: 3000,
};

const rate = 0.5;

/** Learning rates as chosen by `tuning/37-multi-sample-dropout.ts` on pictures and seeds apart, three trials an arm. */
function arms(size: Size, masks: readonly number[]): Record<string, Config> {
  const { trunk, head } = multiplications('mlp');
  const longerBy = (trunk + 8 * head) / (trunk + head);
  const perceptron = { ...size, trunk: 'mlp', rate, learningRate: 0.05 } as const;
  const convolutions = { ...size, trunk: 'convolutions', rate, learningRate: 0.05 } as const;
  return {
    ...Object.fromEntries(
      masks.map((samples) => [armName('mlp', samples), { ...perceptron, samples, combine: 'loss' }]),
    ),
    [armName('mlp', 8, averagedLogits)]: { ...perceptron, samples: 8, combine: 'logits' },
    [armName('mlp', 1, longer)]: {
      ...perceptron,
      samples: 1,
      combine: 'loss',
      steps: Math.ceil((size.steps * longerBy) / size.lookEvery) * size.lookEvery,
    },
    [armName('convolutions', 1)]: { ...convolutions, samples: 1, combine: 'loss' },
    [armName('convolutions', 8)]: { ...convolutions, samples: 8, combine: 'loss' },
  };
}

export const experiment = defineExperiment<Config>({
  id: '37-multi-sample-dropout',
  data: ['fashion-mnist'],
  plans: {
    smoke: {
      arms: arms({ steps: 20, batch: 20, lookEvery: 5, trainingPictures: 200, testPictures: 200 }, [1, 8]),
      seeds: 1,
      secondsPerRun: 1,
    },
    short: { arms: arms({ ...fullSize, steps: 240 }, [1, 8]), seeds: 3, secondsPerRun: 6 },
    full: { arms: arms(fullSize, [1, 2, 8, 32]), seeds: 8, secondsPerRun: 10 },
  },
  run: async (config, seed, report, data) => {
    const set = await data.open('fashion-mnist');
    const random = pcg32(seed, 38);
    const places = Uint32Array.from({ length: config.trainingPictures }, () =>
      random.nextBelow(set.train.count),
    );
    const train = takePictures(set.train, places);
    const test = takePictures(
      set.test,
      Uint32Array.from({ length: config.testPictures }, (_, i) => i),
    );
    let last: Look | undefined;
    trainNetwork(config, seed, train, test, (look) => {
      report.point('training loss', look.step, look.trainingLoss);
      report.point('test error', look.step, look.testError);
      report.point('milliseconds', look.step, look.milliseconds);
      report.progress(look.step / config.steps);
      last = look;
    });
    return {
      'training loss': last?.trainingLoss ?? Number.NaN,
      'test error': last?.testError ?? Number.NaN,
      'milliseconds a step': (last?.milliseconds ?? Number.NaN) / (config.steps - 1),
    };
  },
  live: {
    series: 'training loss',
    title: 'Training loss without dropout',
    xLabel: 'iterations',
    yLabel: 'nats',
  },
  plots,
});
