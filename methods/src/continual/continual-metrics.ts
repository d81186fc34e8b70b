// What a learner of one task after another is judged by, between the tasks as well as at their ends.
// De Lange, van de Ven & Tuytelaars 2023, https://arxiv.org/abs/2205.13452, section 3

/** The accuracies of one learner on a sequence of tasks. */
export interface ContinualRecord {
  /** A(E_i, f_n) in [0, 1], [steps][tasks]: after each evaluation, on each task; NaN where a task is not seen yet. */
  readonly accuracy: readonly ArrayLike<number>[];
  /** |T_i|: the index of the evaluation at the end of each task, rising; the last one is the last evaluation. */
  readonly boundaries: readonly number[];
}

/**
 * ACC_k = 1/k Σ_{i≤k} A(E_i, f_|T_k|), with k all tasks of the record.
 * @throws RangeError for a record whose boundaries do not fit its accuracies, or with a seen task that was not evaluated
 */
export function avgAccuracy(record: ContinualRecord): number {
  check(record);
  const last = record.boundaries.length - 1;
  return meanOf(record.boundaries, (_, task) => at(record, boundary(record, last), task));
}

/**
 * FORG_k = 1/(k−1) Σ_{i<k} [ A(E_i, f_|T_i|) − A(E_i, f_|T_k|) ]; NaN for a single task.
 * @throws RangeError as `avgAccuracy`
 */
export function avgForgetting(record: ContinualRecord): number {
  check(record);
  const last = record.boundaries.length - 1;
  return meanOf(
    record.boundaries.slice(0, -1),
    (end, task) => at(record, end, task) - at(record, boundary(record, last), task),
  );
}

/**
 * min-ACC_k = 1/(k−1) Σ_{i<k} min_{|T_i| < n ≤ |T_k|} A(E_i, f_n): how deep each old task ever fell after it was learnt.
 * The task being learnt does not count; NaN for a single task, which has no old ones.
 *
 * The minimum of noisy accuracies lies below the minimum of the true ones, so every step must be evaluated on the same
 * examples. The authors' code draws another thousand before each step.
 * @throws RangeError as `avgAccuracy`
 */
export function minAccuracy(record: ContinualRecord): number {
  check(record);
  return meanOf(record.boundaries.slice(0, -1), (end, task) => {
    let least = Number.POSITIVE_INFINITY;
    for (let step = end + 1; step < record.accuracy.length; step++)
      least = Math.min(least, at(record, step, task));
    return least;
  });
}

/**
 * WC-ACC = 1/k · A(E_k, f_|T_k|) + (1 − 1/k) · min-ACC_k: what was new, and the worst of what was old.
 * @throws RangeError as `avgAccuracy`
 */
export function worstCaseAccuracy(record: ContinualRecord): number {
  check(record);
  const tasks = record.boundaries.length;
  const learnt = at(record, boundary(record, tasks - 1), tasks - 1);
  return tasks === 1 ? learnt : learnt / tasks + (1 - 1 / tasks) * minAccuracy(record);
}

/**
 * LCA_β: the mean over tasks of the mean of the first β accuracies on the task being learnt.
 * @param beta β, a whole number from 1 up; 10 when left out. A shorter task counts with all it has.
 * @throws RangeError as `avgAccuracy`, or for another β
 */
export function learningCurveArea(record: ContinualRecord, beta = 10): number {
  check(record);
  if (!Number.isInteger(beta) || beta < 1) throw new RangeError('β is a whole number from 1 up.');
  return meanOf(record.boundaries, (end, task) => {
    const start = task === 0 ? 0 : boundary(record, task - 1) + 1;
    const steps = Array.from({ length: Math.min(beta, end - start + 1) }, (_, i) => start + i);
    return meanOf(steps, (step) => at(record, step, task));
  });
}

/**
 * The record as a coarser evaluation would have made it: every `period`-th step of each task, counted from its start,
 * and its last one. The steps of a period lie among those of every period that divides it, so min-ACC never falls
 * as the period grows along such a chain.
 * @param period a whole number from 1 up; Infinity keeps the ends of tasks alone
 * @throws RangeError as `avgAccuracy`, or for another period
 */
export function evaluatedEvery(record: ContinualRecord, period: number): ContinualRecord {
  check(record);
  if (!(period >= 1) || (Number.isFinite(period) && !Number.isInteger(period))) {
    throw new RangeError('A period is a whole number of steps from 1 up, or Infinity.');
  }
  const accuracy: ArrayLike<number>[] = [];
  const boundaries: number[] = [];
  let start = 0;
  for (const end of record.boundaries) {
    for (let step = start; step <= end; step++) {
      if (step !== end && (step - start + 1) % period !== 0) continue;
      accuracy.push(record.accuracy[step] ?? []);
    }
    boundaries.push(accuracy.length - 1);
    start = end + 1;
  }
  return { accuracy, boundaries };
}

/** The accuracies on one task from its first evaluation on. */
export function taskCurve(record: ContinualRecord, task: number): number[] {
  return record.accuracy.map((row) => row[task] ?? Number.NaN).filter((value) => !Number.isNaN(value));
}

function at({ accuracy }: ContinualRecord, step: number, task: number): number {
  const value = accuracy[step]?.[task] ?? Number.NaN;
  if (Number.isNaN(value)) throw new RangeError(`Task ${task} was seen but not evaluated at step ${step}.`);
  return value;
}

function boundary({ boundaries }: ContinualRecord, task: number): number {
  return boundaries[task] ?? -1;
}

function check({ accuracy, boundaries }: ContinualRecord): void {
  if (boundaries.length === 0) throw new RangeError('A record has one task or more.');
  const rising = boundaries.every(
    (end, i) => Number.isInteger(end) && end >= 0 && (i === 0 || end > (boundaries[i - 1] ?? end)),
  );
  if (!rising || boundaries.at(-1) !== accuracy.length - 1) {
    throw new RangeError('The ends of tasks rise, and the last one is the last evaluation.');
  }
}

function meanOf<T>(values: readonly T[], of: (value: T, index: number) => number): number {
  return values.reduce((sum, value, i) => sum + of(value, i), 0) / values.length;
}
