// Paper 37: the same networks trained with one dropout mask a step and with several, beside what could explain a gain.
import { pcg32 } from '@offprint/methods';
import { firstRows, labelledRows } from '../../data-sets/labelled-rows.ts';
import { defineExperiment } from '../../experiment/experiment.ts';
import { plots } from './plots.ts';
import { trainNetwork } from './train.ts';
import { type Config, type Size, trainings } from './trainings.ts';

/** 4,000 pictures in batches of 100: twelve epochs. */
export const fullSize: Size = {
  steps: 480,
  batch: 100,
  lookEvery: 20,
  trainingPictures: 4000,
  testPictures: 3000,
};

export const experiment = defineExperiment<Config>({
  id: '37-multi-sample-dropout',
  data: ['fashion-mnist'],
  plans: {
    smoke: {
      arms: trainings(
        { steps: 20, batch: 20, lookEvery: 5, trainingPictures: 200, testPictures: 200 },
        [1, 8],
      ),
      seeds: 1,
      secondsPerRun: 1,
    },
    short: { arms: trainings({ ...fullSize, steps: 240 }, [1, 8]), seeds: 2, secondsPerRun: 6 },
    full: { arms: trainings(fullSize, [1, 2, 8, 32]), seeds: 8, secondsPerRun: 10 },
  },
  run: async (config, seed, report, data) => {
    const set = await data.open('fashion-mnist');
    const random = pcg32(seed, 38);
    const train = labelledRows(
      set.train,
      Uint32Array.from({ length: config.trainingPictures }, () => random.nextBelow(set.train.count)),
    );
    const test = firstRows(set.test, config.testPictures);
    const { last, stepMilliseconds } = trainNetwork(config, seed, train, test, (look) => {
      report.point('training loss', look.step, look.trainingLoss);
      report.point('test error', look.step, look.testError);
      report.progress(look.step / config.steps);
    });
    return {
      'training loss': last.trainingLoss,
      'test error': last.testError,
      'milliseconds a step': stepMilliseconds,
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
