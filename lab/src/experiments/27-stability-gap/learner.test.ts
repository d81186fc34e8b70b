import { init, type numpy as np, tree } from '@jax-js/jax';
import { type MlpParams, pcg32, ReplayBuffer } from '@offprint/methods';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageSet, LabelledImages } from '../../data-sets/image-set.ts';
import { holdAfterTasks, nothingHeld } from './held.ts';
import { learnSplit, type SplitConfig } from './learn-split.ts';
import { compileLearner } from './learner.ts';
import { splitDigits } from './split-digits.ts';
import { type Example, type LearnerOptions, startLearner, trainOnTask } from './train-on-task.ts';

const side = 4;

/** Images whose digit is which of their pixels is bright. */
function brightPixels(count: number, seed: number): LabelledImages {
  const random = pcg32(seed);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  const images = Uint8Array.from({ length: count * side * side }, (_, i) => {
    const bright = i % (side * side) === labels[Math.floor(i / (side * side))];
    return bright ? 255 : random.nextBelow(60);
  });
  return { images, labels, count };
}

const digits: ImageSet = {
  train: brightPixels(400, 1),
  test: brightPixels(200, 2),
  height: side,
  width: side,
  classes: 10,
};

const options: LearnerOptions = {
  learner: 'fine-tune',
  taskKnown: false,
  weight: 0.3,
  learningRate: 0.05,
  lambda: 1,
  alpha: 1,
  hidden: 16,
  batch: 16,
};
const config: SplitConfig = {
  ...options,
  kind: 'split',
  memory: 60,
  tasks: 3,
  iterations: 60,
  testPerClass: 10,
};
const silent = { progress: () => undefined, point: () => undefined };

beforeAll(() => init('wasm'));

const weights = (params: MlpParams): number[] =>
  tree.leaves<np.Array>(tree.ref(params)).flatMap((leaf) => Array.from(leaf.dataSync()));

/** Learns two tasks, and how far the parameters move in the second. */
function movedInSecondTask(own: Partial<LearnerOptions>): number {
  const all = { ...options, ...own };
  const tasks = splitDigits(digits, { tasks: 2, testPerClass: 5 });
  const learner = compileLearner(all);
  const buffer = new ReplayBuffer<Example>({ capacity: 10, policy: 'class-balanced' });
  const shared = {
    learner,
    options: all,
    buffer,
    iterations: 40,
    random: pcg32(1),
    afterStep: () => undefined,
  };
  const first = trainOnTask(startLearner(tasks, all.hidden, pcg32(2)), {
    ...shared,
    tasks: tasks.slice(0, 1),
    holds: nothingHeld.forStep,
  });
  const before = weights(first.params);
  const held = holdAfterTasks()({
    learner,
    options: all,
    tasks: tasks.slice(0, 1),
    params: first.params,
    random: pcg32(3),
  });
  const second = trainOnTask(first, { ...shared, tasks, holds: held.forStep });
  return Math.hypot(...weights(second.params).map((value, i) => value - (before[i] ?? 0)));
}

describe('the learners', () => {
  it('get two digits a task and test on the same images of each', () => {
    const tasks = splitDigits(digits, { tasks: 5, testPerClass: 7 });
    for (const [k, task] of tasks.entries()) {
      expect(new Set(task.train.map((row) => digits.train.labels[row]))).toEqual(new Set([2 * k, 2 * k + 1]));
      expect(task.test.rows).toHaveLength(14);
      expect(task.classes.flatMap((own, digit) => (own === 1 ? [digit] : []))).toEqual([2 * k, 2 * k + 1]);
    }
  });

  it('forget without a memory, and less with one', () => {
    const bare = learnSplit({ ...config, learner: 'fine-tune' }, digits, 1, silent);
    const replayed = learnSplit({ ...config, learner: 'replay' }, digits, 1, silent);
    const joint = learnSplit({ ...config, learner: 'joint replay' }, digits, 1, silent);
    expect(bare.FORG).toBeGreaterThan(0.9);
    expect(replayed.FORG).toBeLessThan(0.6);
    expect(joint.FORG).toBeLessThan(0.5);
    expect(joint.ACC).toBeGreaterThan(bare.ACC ?? 1);
  });

  it('are held by EWC the more the larger λ is', () => {
    const bare = movedInSecondTask({ learner: 'fine-tune' });
    const weak = movedInSecondTask({ learner: 'EWC', lambda: 0 });
    const strong = movedInSecondTask({ learner: 'EWC', lambda: 1e5 });
    expect(weak).toBeCloseTo(bare, 4);
    expect(strong).toBeLessThan(0.9 * bare);
  });

  it('are held by LwF, and not at all with α = 0', () => {
    const bare = movedInSecondTask({ learner: 'fine-tune' });
    expect(movedInSecondTask({ learner: 'LwF', alpha: 0 })).toBeCloseTo(bare, 4);
    expect(Math.abs(movedInSecondTask({ learner: 'LwF', alpha: 5 }) - bare)).toBeGreaterThan(0.01);
  });

  it('told which task may answer with its units alone, and leave the others’ biases be', () => {
    const tasks = splitDigits(digits, { tasks: 1, testPerClass: 5 });
    const learner = compileLearner(options);
    const start = startLearner(tasks, options.hidden, pcg32(2));
    const before = Array.from(start.params.layers.at(-1)?.bias?.ref.dataSync() ?? []);
    const trained = trainOnTask(start, {
      learner,
      options: { ...options, taskKnown: true },
      tasks,
      buffer: new ReplayBuffer<Example>({ capacity: 10, policy: 'class-balanced' }),
      holds: nothingHeld.forStep,
      iterations: 10,
      random: pcg32(1),
      afterStep: () => undefined,
    });
    const after = Array.from(trained.params.layers.at(-1)?.bias?.ref.dataSync() ?? []);
    expect(after.slice(2)).toEqual(before.slice(2));
    expect(after.slice(0, 2)).not.toEqual(before.slice(0, 2));
  });

  it('report the same numbers for the same seed, others for another, and every metric of the rule', () => {
    const run = (seed: number) => learnSplit({ ...config, learner: 'replay' }, digits, seed, silent);
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
    expect(Object.keys(run(3))).toEqual(expect.arrayContaining(['gap', 'gap by chance', 'min-ACC at ends']));
  });
});
