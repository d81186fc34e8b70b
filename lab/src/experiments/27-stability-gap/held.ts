// What EWC and LwF carry from one task to the next.
import { numpy as np, tree } from '@jax-js/jax';
import { type MlpParams, mapTree, type Random } from '@offprint/methods';
import type { Holds, Learner } from './learner.ts';
import type { Task } from './split-digits.ts';
import { fisherOfTask, type LearnerOptions } from './train-on-task.ts';

export interface Held {
  /** For one step, which consumes it. */
  forStep(): Holds;
  dispose(): void;
}

/** What the learners without a hold carry. */
export const nothingHeld: Held = { forStep: () => ({}), dispose: () => undefined };

export interface AfterTask {
  readonly learner: Learner;
  readonly options: LearnerOptions;
  /** Those learnt so far. */
  readonly tasks: readonly Task[];
  /** Where the last one ended; kept. */
  readonly params: MlpParams;
  readonly random: Random;
}

/** Takes over after each task: holds for the next one. */
export function holdAfterTasks(): (after: AfterTask) => Held {
  let fisherSum: MlpParams | undefined;
  return ({ learner, options, tasks, params, random }) => {
    switch (options.learner) {
      case 'EWC': {
        const task = tasks.slice(-1);
        const [own] = task.map((each) => fisherOfTask(learner, params, each, options, random));
        if (own === undefined) return nothingHeld;
        fisherSum = fisherSum === undefined ? own : mapTree((a, b) => a.add(b), fisherSum, own);
        const fisher = mapTree((f) => f.div(tasks.length), tree.ref(fisherSum));
        const anchor = tree.ref(params);
        return {
          forStep: () => ({ anchor: tree.ref(anchor), fisher: tree.ref(fisher) }),
          dispose: () => tree.dispose({ anchor, fisher }),
        };
      }
      case 'LwF': {
        const teacher = tree.ref(params);
        const oldClasses = np.array(
          (tasks[0]?.classes ?? []).map((_, digit) =>
            tasks.some(({ classes }) => classes[digit] === 1) ? 1 : 0,
          ),
        );
        return {
          forStep: () => ({ teacher: tree.ref(teacher), oldClasses: oldClasses.ref }),
          dispose: () => tree.dispose({ teacher, oldClasses }),
        };
      }
      default:
        return nothingHeld;
    }
  };
}
