// How far old tasks fall between the ends of tasks below what the ends show, and how much of that chance could show.
import { type ContinualRecord, expectedNoisyMinimum, mean } from '@offprint/methods';

/**
 * The mean over old tasks of the lowest accuracy at ends of tasks, minus the lowest at any step since the task's own end.
 * That end counts among the ends, so a learner that only goes on improving has no gap.
 */
export function stabilityGap(record: ContinualRecord): number {
  return mean(
    oldTasks(record).map((task) => {
      const ends = accuraciesAtEnds(record, task);
      const later = record.accuracy.slice(record.boundaries[task] ?? 0);
      return Math.min(...ends) - Math.min(...later.map((row) => row[task] ?? Number.NaN));
    }),
  );
}

/**
 * The gap that would be seen if the accuracy on each old task went straight from one end of a task to the next, and
 * every step tested it on other examples: more than chance does where they are always the same.
 * @param examples how many each task is tested on
 */
export function gapByChance(record: ContinualRecord, examples: number): number {
  return mean(
    oldTasks(record).map((task) => {
      const ends = accuraciesAtEnds(record, task);
      if (!ends.every(Number.isFinite)) return Number.NaN;
      const boundaries = record.boundaries.slice(task);
      const straight = boundaries.slice(0, -1).flatMap((from, k) => {
        const to = boundaries[k + 1] ?? from;
        const start = ends[k] ?? Number.NaN;
        const end = ends[k + 1] ?? Number.NaN;
        return Array.from({ length: to - from }, (_, i) => start + ((end - start) * (i + 1)) / (to - from));
      });
      return Math.min(...ends) - expectedNoisyMinimum(straight, examples);
    }),
  );
}

function oldTasks({ boundaries }: ContinualRecord): number[] {
  return boundaries.slice(0, -1).map((_, task) => task);
}

/** From the task's own end on. */
function accuraciesAtEnds({ accuracy, boundaries }: ContinualRecord, task: number): number[] {
  return boundaries.slice(task).map((end) => accuracy[end]?.[task] ?? Number.NaN);
}
