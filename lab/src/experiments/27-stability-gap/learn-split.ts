// Split digits: five tasks of two digits, and every figure that the paper reports of such a run.
import { tree } from '@jax-js/jax';
import {
  avgAccuracy,
  avgForgetting,
  avgWindowedForgetting,
  avgWindowedPlasticity,
  type ContinualRecord,
  evaluatedEvery,
  learningCurveArea,
  minAccuracy,
  pcg32,
  ReplayBuffer,
  worstCaseAccuracy,
} from '@offprint/methods';
import type { ImageSet } from '../../data-sets/image-set.ts';
import type { Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import { holdAfterTasks, nothingHeld } from './held.ts';
import { lastSwitch } from './last-switch.ts';
import { compileLearner } from './learner.ts';
import { splitDigits, type Task } from './split-digits.ts';
import { gapByChance, stabilityGap } from './stability-gap.ts';
import { type Example, type LearnerOptions, startLearner, trainOnTask } from './train-on-task.ts';
import { watchTasks } from './watch-accuracy.ts';

export interface SplitConfig extends LearnerOptions {
  readonly kind: 'split';
  /** M, how many examples the buffer keeps. */
  readonly memory: number;
  readonly tasks: number;
  /** Steps a task. */
  readonly iterations: number;
  readonly testPerClass: number;
}

/** Periods of evaluation, each a multiple of the one before; the ends of tasks are a multiple of all. */
const periods = [10, 50] as const;

export function learnSplit(config: SplitConfig, digits: ImageSet, seed: number, report: Report): Metrics {
  const { testPerClass } = config;
  const tasks = splitDigits(digits, { tasks: config.tasks, testPerClass });
  const record = watchedRun(config, tasks, seed, report);
  return metricsOf(record, 2 * testPerClass);
}

/** Learns the tasks in turn and evaluates all seen ones after every step. */
function watchedRun(
  config: SplitConfig,
  tasks: readonly Task[],
  seed: number,
  report: Report,
): ContinualRecord {
  const learner = compileLearner(config);
  const random = pcg32(seed, 1);
  const buffer = new ReplayBuffer<Example>({ capacity: config.memory, policy: 'class-balanced' });
  const holdAfter = holdAfterTasks();
  const last = tasks.length - 1;
  const accuracy: number[][] = [];
  const boundaries: number[] = [];
  let state = startLearner(tasks, config.hidden, pcg32(seed, 0));
  let held = nothingHeld;
  for (const [k, task] of tasks.entries()) {
    const seen = tasks.slice(0, k + 1);
    const watch = watchTasks(learner, tasks, k + 1, config.taskKnown);
    if (k === last) report.point(lastSwitch, 0, accuracy.at(-1)?.[k - 1] ?? Number.NaN);
    state = trainOnTask(state, {
      learner,
      options: config,
      tasks: seen,
      buffer,
      holds: held.forStep,
      iterations: config.iterations,
      random,
      afterStep: (step, params) => {
        const row = watch.accuracies(params);
        accuracy.push(row);
        report.progress(accuracy.length / (tasks.length * config.iterations));
        if (k === last) report.point(lastSwitch, step, row[k - 1] ?? Number.NaN);
      },
    });
    watch.dispose();
    boundaries.push(accuracy.length - 1);
    for (const row of task.train) buffer.add({ task, row }, task.images.labels[row] ?? 0, random);
    held.dispose();
    held = holdAfter({ learner, options: config, tasks: seen, params: state.params, random });
  }
  held.dispose();
  tree.dispose(state);
  learner.dispose();
  return { accuracy, boundaries };
}

function metricsOf(record: ContinualRecord, examples: number): Metrics {
  return {
    ACC: avgAccuracy(record),
    FORG: avgForgetting(record),
    'min-ACC': minAccuracy(record),
    ...Object.fromEntries(
      periods.map((period) => [`min-ACC every ${period}`, minAccuracy(evaluatedEvery(record, period))]),
    ),
    'min-ACC at ends': minAccuracy(evaluatedEvery(record, Number.POSITIVE_INFINITY)),
    gap: stabilityGap(record),
    'gap by chance': gapByChance(record, examples),
    'WC-ACC': worstCaseAccuracy(record),
    WF10: avgWindowedForgetting(record, 10),
    WF100: avgWindowedForgetting(record, 100),
    WP10: avgWindowedPlasticity(record, 10),
    WP100: avgWindowedPlasticity(record, 100),
    LCA10: learningCurveArea(record, 10),
  };
}
