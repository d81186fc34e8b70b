// Paper 27, run: five tasks one after the other, every learner watched after every step.
import { defineExperiment } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import { jointArm, replayArm, rotationArm, wellLearntArm } from './claim.ts';
import { lastSwitch } from './last-switch.ts';
import { learnRotated, type RotatedConfig } from './learn-rotated.ts';
import { learnSplit, type SplitConfig } from './learn-split.ts';
import { plots } from './plots.ts';

type Config = SplitConfig | RotatedConfig;

/** The authors' settings for split digits, but for the size of the network, of the batch and of the memory. */
const base = {
  kind: 'split',
  learner: 'replay',
  taskKnown: false,
  weight: 0.3,
  learningRate: 0.01,
  lambda: 1,
  alpha: 1,
  hidden: 128,
  batch: 64,
  memory: 1000,
  tasks: 5,
  iterations: 100,
  testPerClass: 60,
} as const satisfies SplitConfig;

/**
 * The strengths of EWC and LwF with the best final accuracy of three each, on images that are neither trained on nor
 * tested on, under two seeds of their own; where tasks are not told apart they are chosen for that case.
 */
const knownEwc = { learner: 'EWC', lambda: 10_000 } as const;
const knownLwf = { learner: 'LwF', alpha: 1 } as const;

function arms(common: Partial<SplitConfig>, rotated: Partial<RotatedConfig>): Record<string, Config> {
  const turned = (own: Partial<RotatedConfig>): RotatedConfig => ({
    ...base,
    ...common,
    angles: [0, 20, 40, 80],
    firstIterations: 200,
    ...rotated,
    ...own,
    kind: 'rotated',
  });
  const split = (own: Partial<SplitConfig>): SplitConfig => ({ ...base, ...common, ...own });
  return {
    'fine-tune': split({ learner: 'fine-tune' }),
    'replay, w = 0.1': split({ weight: 0.1 }),
    [replayArm]: split({}),
    'replay, w = 0.5': split({ weight: 0.5 }),
    'replay, w = 0.3, rate 0.1': split({ learningRate: 0.1 }),
    [jointArm]: split({ learner: 'joint replay' }),
    EWC: split({ learner: 'EWC', lambda: 1 }),
    LwF: split({ learner: 'LwF', alpha: 3 }),
    'fine-tune, task known': split({ learner: 'fine-tune', taskKnown: true }),
    'replay, task known': split({ taskKnown: true }),
    'EWC, task known': split({ ...knownEwc, taskKnown: true }),
    'LwF, task known': split({ ...knownLwf, taskKnown: true }),
    [rotationArm]: turned({}),
    [wellLearntArm]: turned({ learningRate: 0.1, firstIterations: 5 * turned({}).firstIterations }),
    'EWC, rotated digits': turned({ ...knownEwc, angles: [0, 80] }),
    'LwF, rotated digits': turned({ ...knownLwf, angles: [0, 80] }),
  };
}

export const experiment = defineExperiment<Config>({
  id: '27-stability-gap',
  data: ['mnist'],
  plans: {
    smoke: {
      arms: arms(
        { tasks: 2, iterations: 12, testPerClass: 20, memory: 100, hidden: 32, batch: 16 },
        { angles: [0, 80], firstIterations: 24 },
      ),
      seeds: 1,
      secondsPerRun: 0.3,
    },
    short: { arms: arms({ testPerClass: 30 }, {}), seeds: 2, secondsPerRun: 3 },
    full: { arms: arms({}, {}), seeds: 6, secondsPerRun: 4 },
  },
  live: {
    series: lastSwitch,
    title: 'The last task but one while the last is learnt',
    xLabel: 'step since the switch',
    yLabel: 'accuracy',
  },
  run: async (config, seed, report, data): Promise<Metrics> => {
    const digits = await data.open('mnist');
    return config.kind === 'split'
      ? learnSplit(config, digits, seed, report)
      : learnRotated(config, digits, seed, report);
  },
  plots,
});
