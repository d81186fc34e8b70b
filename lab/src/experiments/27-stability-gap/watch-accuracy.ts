// The accuracy on each task seen so far, on the same test images after every step.
import { numpy as np, tree } from '@jax-js/jax';
import type { MlpParams } from '@offprint/methods';
import { pixelRows } from '../../data-sets/pixel-rows.ts';
import type { Learner } from './learner.ts';
import type { Task } from './split-digits.ts';
import { openUnits } from './train-on-task.ts';

/** Test images as arrays of the library, for the first tasks together. */
export interface Watch {
  /** A(E_i, f) in [0, 1] for the tasks seen, NaN for the others. Keeps the parameters. */
  accuracies(params: MlpParams): number[];
  dispose(): void;
}

/** Watches the first `seen` of the tasks. */
export function watchTasks(
  learner: Learner,
  tasks: readonly Task[],
  seen: number,
  taskKnown: boolean,
): Watch {
  const tested = tasks
    .slice(0, seen)
    .flatMap((task, index) => task.test.rows.map((row) => ({ task, index, row })));
  const answers = tested.map(({ task, row }) => task.test.images.labels[row] ?? -1);
  const x = matrix(tested.map(({ task, row }) => pixelRows(task.test.images, [row])));
  const mask = matrix(tested.map(({ task }) => openUnits(task, taskKnown)));
  return {
    accuracies: (params) => {
      const predicted = learner.predict(tree.ref(params), x.ref, mask.ref).dataSync();
      const right = tasks.map(() => 0);
      for (const [i, { index }] of tested.entries()) {
        if (predicted[i] === answers[i]) right[index] = (right[index] ?? 0) + 1;
      }
      return tasks.map((task, index) =>
        index < seen ? (right[index] ?? 0) / task.test.rows.length : Number.NaN,
      );
    },
    dispose: () => {
      x.dispose();
      mask.dispose();
    },
  };
}

function matrix(rows: readonly Float32Array[]): np.Array {
  const width = rows[0]?.length ?? 0;
  const values = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) values.set(row, i * width);
  return np.array(values, { shape: [rows.length, width] });
}
