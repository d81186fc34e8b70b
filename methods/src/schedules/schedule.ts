// What a schedule is, and the plain ones: constant, linear, step, cosine, and several joined end to end.

/** The learning rate at a step, counted from 0. Pure: any step may be asked for in any order. */
export type Schedule = (step: number) => number;

/** The same rate at every step. */
export function constant(learningRate: number): Schedule {
  return () => learningRate;
}

/** A straight line from `from` at step 0 to `to` at step `steps`, and `to` from there on. */
export function linear({ from, to, steps }: { from: number; to: number; steps: number }): Schedule {
  return (step) => from + (to - from) * progress(step, steps);
}

/**
 * `initial` times `factor` for every boundary that is reached.
 * @param boundaries steps at which the rate changes
 */
export function stepwise(options: {
  initial: number;
  factor: number;
  boundaries: readonly number[];
}): Schedule {
  const { initial, factor, boundaries } = options;
  return (step) => initial * factor ** boundaries.filter((boundary) => step >= boundary).length;
}

/**
 * Half a cosine from `peak` down to `minRatio · peak` over `steps`, and that from there on.
 * @see Loshchilov & Hutter 2017, SGDR, https://arxiv.org/abs/1608.03983, eq. 5
 */
export function cosine({
  peak,
  steps,
  minRatio = 0,
}: {
  peak: number;
  steps: number;
  minRatio?: number;
}): Schedule {
  return (step) => {
    const fall = (1 + Math.cos(Math.PI * progress(step, steps))) / 2;
    return peak * (minRatio + (1 - minRatio) * fall);
  };
}

/**
 * One schedule after the other, each counting its own steps from 0.
 * @param boundaries the step at which each schedule but the first begins, rising
 * @throws RangeError unless there is one boundary fewer than schedules, rising
 * @see optax `join_schedules`
 */
export function joinSchedules(schedules: readonly Schedule[], boundaries: readonly number[]): Schedule {
  const rising = boundaries.every((boundary, i) => i === 0 || boundary > (boundaries[i - 1] ?? 0));
  if (schedules.length === 0 || boundaries.length !== schedules.length - 1 || !rising) {
    throw new RangeError('Schedules are joined at rising boundaries, one fewer than there are schedules.');
  }
  return (step) => {
    const part = boundaries.filter((boundary) => step >= boundary).length;
    return schedules[part]?.(step - (part === 0 ? 0 : (boundaries[part - 1] ?? 0))) ?? 0;
  };
}

/** How far `step` is along `steps`, in [0, 1]; 1 when there are no steps. */
export function progress(step: number, steps: number): number {
  return steps <= 0 ? 1 : Math.min(1, Math.max(0, step / steps));
}
