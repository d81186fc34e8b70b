// All digits, then all digits turned: how the gap grows with the difference between two tasks.
import { tree } from '@jax-js/jax';
import { linearRegression, pcg32, ReplayBuffer } from '@offprint/methods';
import type { ImageSet } from '../../data-sets/image-set.ts';
import { turnedImages } from '../../data-sets/turned-images.ts';
import type { Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import { holdAfterTasks } from './held.ts';
import type { SplitConfig } from './learn-split.ts';
import { compileLearner } from './learner.ts';
import { allDigits } from './split-digits.ts';
import { type Example, startLearner, trainOnTask } from './train-on-task.ts';
import { watchTasks } from './watch-accuracy.ts';

export interface RotatedConfig extends Omit<SplitConfig, 'kind' | 'tasks'> {
  readonly kind: 'rotated';
  /** Steps of the first task: how far it is learnt when the second one begins. */
  readonly firstIterations: number;
  /** How far the second task's digits are turned; each angle starts from the same learner of the first task. */
  readonly angles: readonly number[];
}

/** Gaps are the lower of the two accuracies at ends of tasks, minus the lowest in between: what improves is no gap. */
export function learnRotated(config: RotatedConfig, digits: ImageSet, seed: number, report: Report): Metrics {
  const { angles, iterations, firstIterations } = config;
  const { width, height, classes } = digits;
  const sets = { classes, testPerClass: Math.ceil(config.testPerClass / 2) };
  const upright = allDigits(digits.train, digits.test, sets);
  const learner = compileLearner(config);
  const buffer = new ReplayBuffer<Example>({ capacity: config.memory, policy: 'class-balanced' });
  const random = pcg32(seed, 1);
  const total = firstIterations + iterations * angles.length;
  const first = trainOnTask(startLearner([upright], config.hidden, pcg32(seed, 0)), {
    learner,
    options: config,
    tasks: [upright],
    buffer,
    holds: () => ({}),
    iterations: firstIterations,
    random,
    afterStep: (step) => report.progress(step / total),
  });
  for (const row of upright.train) buffer.add({ task: upright, row }, digits.train.labels[row] ?? 0, random);
  const held = holdAfterTasks()({
    learner,
    options: config,
    tasks: [upright],
    params: first.params,
    random,
  });
  const watch = watchTasks(learner, [upright], 1, config.taskKnown);
  const [before = Number.NaN] = watch.accuracies(first.params);

  const gaps = angles.map((degrees, i) => {
    const turned = {
      ...upright,
      images: turnedImages(digits.train, { width, height, degrees }),
    };
    const curve: number[] = [];
    const last = trainOnTask(tree.ref(first), {
      learner,
      options: config,
      tasks: [upright, turned],
      buffer,
      holds: held.forStep,
      iterations,
      random: pcg32(seed, 2),
      afterStep: (step, params) => {
        const [accuracy = Number.NaN] = watch.accuracies(params);
        curve.push(accuracy);
        report.progress((firstIterations + i * iterations + step) / total);
      },
    });
    tree.dispose(last);
    return Math.min(before, curve.at(-1) ?? Number.NaN) - Math.min(...curve);
  });
  held.dispose();
  watch.dispose();
  tree.dispose(first);
  learner.dispose();
  return {
    ...Object.fromEntries(angles.map((degrees, i) => [`gap at ${degrees}°`, gaps[i] ?? Number.NaN])),
    'gap per 10°': slopePerTenDegrees(angles, gaps),
  };
}

function slopePerTenDegrees(angles: readonly number[], gaps: readonly number[]): number {
  const [from = 0, to = 0] = [angles[0], angles.at(-1)];
  if (!gaps.every(Number.isFinite)) return Number.NaN;
  if (angles.length > 2) return 10 * linearRegression(angles, gaps).slope;
  return (10 * ((gaps.at(-1) ?? 0) - (gaps[0] ?? 0))) / (to - from);
}
