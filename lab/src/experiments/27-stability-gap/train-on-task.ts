// One task learnt by any of the learners: which examples each step takes, what they weigh, and what holds the old tasks.
import { numpy as np } from '@jax-js/jax';
import {
  initMlp,
  type MlpParams,
  type MomentumState,
  momentum,
  permutation,
  type Random,
  type ReplayBuffer,
  type TrainState,
  trainState,
} from '@offprint/methods';
import { oneHotRows, pixelRows } from '../../data-sets/pixel-rows.ts';
import { closed, type Examples, fisherAt, type Holds, type Learner } from './learner.ts';
import type { Task } from './split-digits.ts';

export const learners = ['fine-tune', 'replay', 'joint replay', 'EWC', 'LwF'] as const;

export interface LearnerOptions {
  readonly learner: (typeof learners)[number];
  /** Whether it is told which task an example belongs to, so that only that task's units may answer. */
  readonly taskKnown: boolean;
  /** w: what the new examples weigh against the remembered ones, also while there are none. */
  readonly weight: number;
  readonly learningRate: number;
  /** λ of EWC. */
  readonly lambda: number;
  /** α of LwF. */
  readonly alpha: number;
  /** Units of each of the two hidden layers. */
  readonly hidden: number;
  /** New examples a step; as many remembered ones beside them. */
  readonly batch: number;
}

/** An example by the task it came with. */
export interface Example {
  readonly task: Task;
  readonly row: number;
}

export type State = TrainState<MlpParams, MomentumState<MlpParams>>;

export function startLearner(tasks: readonly Task[], hidden: number, random: Random): State {
  const [first] = tasks;
  if (first === undefined) throw new RangeError('There is a task or more.');
  const pixels = first.images.images.length / first.images.count;
  const params = initMlp(random, { sizes: [pixels, hidden, hidden, first.classes.length] });
  return trainState(params, momentum<MlpParams>());
}

export interface TaskTraining {
  readonly learner: Learner;
  readonly options: LearnerOptions;
  /** Those learnt before, then the one to learn. */
  readonly tasks: readonly Task[];
  readonly buffer: ReplayBuffer<Example>;
  /** What EWC or LwF holds on to; read anew for each step. */
  readonly holds: () => Holds;
  readonly iterations: number;
  readonly random: Random;
  /** Called after each step, counted from 1, with parameters that it must not consume. */
  readonly afterStep: (step: number, params: MlpParams) => void;
}

/** @param state consumed */
export function trainOnTask(state: State, training: TaskTraining): State {
  const { learner, options, tasks, buffer, holds, iterations, random, afterStep } = training;
  const task = tasks.at(-1);
  if (task === undefined) throw new RangeError('There is a task or more.');
  const fresh = endless(task, random);
  const seen = tasks.flatMap((each) => each.train.map((row): Example => ({ task: each, row })));
  let current = state;
  for (let step = 1; step <= iterations; step++) {
    const examples = examplesOfStep();
    const stepped = learner.step(current, { examples, holds: holds() }, options.learningRate);
    stepped.loss.dispose();
    current = stepped.state;
    afterStep(step, current.params);
  }
  return current;

  function examplesOfStep(): Examples {
    const { batch, weight } = options;
    switch (options.learner) {
      case 'joint replay': {
        const drawn = Array.from({ length: 2 * batch }, () => seen[random.nextBelow(seen.length)]);
        return examplesOf(
          drawn.flatMap((example) => example ?? []),
          () => 1 / (2 * batch),
          options.taskKnown,
        );
      }
      case 'replay': {
        const remembered = buffer.draw(batch, random);
        const weighs = (i: number): number => (i < batch ? weight / batch : (1 - weight) / remembered.length);
        return examplesOf([...fresh(batch), ...remembered], weighs, options.taskKnown);
      }
      default:
        return examplesOf(fresh(batch), () => 1 / batch, options.taskKnown);
    }
  }
}

/** The task's examples in a random order, and in another one when they are through. */
function endless(task: Task, random: Random): (count: number) => Example[] {
  const order: number[] = [];
  return (count) => {
    while (order.length < count) {
      order.push(...Array.from(permutation(task.train.length, random), (i) => task.train[i] ?? 0));
    }
    return order.splice(0, count).map((row) => ({ task, row }));
  };
}

function examplesOf(
  examples: readonly Example[],
  weighs: (i: number) => number,
  taskKnown: boolean,
): Examples {
  const classes = examples[0]?.task.classes.length ?? 0;
  const x = rowsOf(examples, (task, row) => pixelRows(task.images, [row]));
  const y = rowsOf(examples, (task, row) => oneHotRows(task.images.labels, [row], classes));
  const mask = rowsOf(examples, (task) => openUnits(task, taskKnown));
  return { x, y, mask, weight: np.array(Float32Array.from(examples, (_, i) => weighs(i))) };
}

/** What to add to logits so that only units that may answer do. */
export function openUnits(task: Task, taskKnown: boolean): Float32Array {
  return Float32Array.from(task.classes, (own) => (taskKnown && own === 0 ? closed : 0));
}

function rowsOf(examples: readonly Example[], row: (task: Task, row: number) => Float32Array): np.Array {
  const rows = examples.map((example) => row(example.task, example.row));
  const width = rows[0]?.length ?? 0;
  const values = new Float32Array(rows.length * width);
  for (const [i, each] of rows.entries()) values.set(each, i * width);
  return np.array(values, { shape: [rows.length, width] });
}

/** EWC's F of one task: over all its training examples once. @param params kept */
export function fisherOfTask(
  learner: Learner,
  params: MlpParams,
  task: Task,
  options: LearnerOptions,
  random: Random,
): MlpParams {
  const fresh = endless(task, random);
  const batches = Array.from({ length: Math.ceil(task.train.length / options.batch) }, () => ({
    examples: examplesOf(fresh(options.batch), () => 1 / options.batch, options.taskKnown),
    holds: {},
  }));
  return fisherAt(learner, params, batches);
}
