// A measured loss curve beside the schedule it was trained under: what the laws of annealing are fitted to.

export interface LearningRates {
  /** η of each step from step 0, [steps]. */
  readonly learningRates: ArrayLike<number>;
  /** The last step of the warm-up; 0 when left out. */
  readonly warmup?: number;
}

export interface ScheduledCurve extends LearningRates {
  /** Steps at which the loss was taken, each one of the schedule's, rising. */
  readonly steps: ArrayLike<number>;
  /** Nats a token, positive, one a step taken. */
  readonly losses: ArrayLike<number>;
}

/**
 * The losses of several curves one after the other, [points in all].
 * @throws RangeError when there are none, lengths differ, or a step is not one of its schedule's
 */
export function lossesOf(curves: readonly ScheduledCurve[]): Float64Array {
  for (const { steps, losses, learningRates } of curves) {
    const inSchedule = Array.from(steps).every(
      (step) => Number.isInteger(step) && step >= 0 && step < learningRates.length,
    );
    if (steps.length !== losses.length || !inSchedule) {
      throw new RangeError('A curve has one loss for each of its steps, and its schedule reaches them all.');
    }
  }
  const losses = Float64Array.from(curves.flatMap((curve) => Array.from(curve.losses)));
  if (losses.length === 0) throw new RangeError('There are no losses to fit a law to.');
  return losses;
}

/** Of a quantity known at every step of each curve's schedule, its values at the steps where a loss was taken. */
export function atTakenSteps(
  curves: readonly ScheduledCurve[],
  quantity: (curve: ScheduledCurve) => ArrayLike<number>,
): Float64Array {
  return Float64Array.from(
    curves.flatMap((curve) => {
      const values = quantity(curve);
      return Array.from(curve.steps, (step) => values[step] ?? Number.NaN);
    }),
  );
}
