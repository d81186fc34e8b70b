// How far an accuracy falls or rises within a few evaluations: the speed of forgetting and of learning.
// De Lange, van de Ven & Tuytelaars 2023, https://arxiv.org/abs/2205.13452, WF and WP
import { type ContinualRecord, taskCurve } from './continual-metrics.ts';

/**
 * WF_Δ of one task: the largest A_i − A_j with i before j among any Δ successive evaluations, 0 for a curve that never
 * falls.
 * @param accuracies in the order of time
 * @param window Δ, a whole number from 2 up
 * @throws RangeError for another window, or an accuracy that is not a number
 */
export function windowedForgetting(accuracies: ArrayLike<number>, window: number): number {
  return largestRise(accuracies, window, -1);
}

/**
 * WP_Δ of one task: the largest A_j − A_i with i before j among any Δ successive evaluations, 0 for a curve that never
 * rises.
 *
 * The authors' code starts only from values at or above the best seen in the window, a shortcut that is right for falls
 * and wrong for rises: of [.5, .1, .9] it finds .4. This finds .8.
 * @param accuracies in the order of time
 * @param window Δ, a whole number from 2 up
 * @throws RangeError for another window, or an accuracy that is not a number
 */
export function windowedPlasticity(accuracies: ArrayLike<number>, window: number): number {
  return largestRise(accuracies, window, 1);
}

/** WF_Δ as the paper reports it: the mean over tasks. @throws RangeError as `windowedForgetting` */
export function avgWindowedForgetting(record: ContinualRecord, window: number): number {
  return overTasks(record, (curve) => windowedForgetting(curve, window));
}

/** WP_Δ as the paper reports it: the mean over tasks. @throws RangeError as `windowedPlasticity` */
export function avgWindowedPlasticity(record: ContinualRecord, window: number): number {
  return overTasks(record, (curve) => windowedPlasticity(curve, window));
}

function overTasks(record: ContinualRecord, of: (curve: number[]) => number): number {
  const tasks = record.boundaries.length;
  if (tasks === 0) throw new RangeError('A record has one task or more.');
  let sum = 0;
  for (let task = 0; task < tasks; task++) sum += of(taskCurve(record, task));
  return sum / tasks;
}

function largestRise(accuracies: ArrayLike<number>, window: number, sign: 1 | -1): number {
  if (!Number.isInteger(window) || window < 2) throw new RangeError('A window is two evaluations or more.');
  let largest = 0;
  for (let i = 0; i < accuracies.length; i++) {
    const start = accuracies[i] ?? Number.NaN;
    if (Number.isNaN(start)) throw new RangeError('An accuracy is not a number.');
    const end = Math.min(accuracies.length, i + window);
    for (let j = i + 1; j < end; j++)
      largest = Math.max(largest, sign * ((accuracies[j] ?? Number.NaN) - start));
  }
  return largest;
}
