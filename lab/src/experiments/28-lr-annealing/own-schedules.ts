// The three schedules under which a small model of our own is trained: two to fit the law to, one to try it on.
import {
  constant,
  cosine,
  joinSchedules,
  type LearningRates,
  linear,
  type Schedule,
  warmupStableDecay,
} from '@offprint/methods';

export const ownNames = ['cosine', 'constant', 'wsd'] as const;
export type OwnName = (typeof ownNames)[number];

/** Chosen by the constant schedule's loss on seeds apart from those reported; see the README. */
export const ownPeak = 1e-3;

/** The rate of a step of `total`, from step 0: a twentieth is warm-up; cosine and decay end at a tenth of the peak. */
export function ownSchedule(name: OwnName, total: number, peak = ownPeak): Schedule {
  const warmup = ownWarmup(total);
  const rise = linear({ from: 0, to: peak, steps: warmup });
  switch (name) {
    case 'constant':
      return joinSchedules([rise, constant(peak)], [warmup]);
    case 'cosine':
      return joinSchedules([rise, cosine({ peak, steps: total - warmup, minRatio: 0.1 })], [warmup]);
    case 'wsd':
      return warmupStableDecay({ peak, warmup, total, decayFraction: 0.2, shape: 'linear' });
  }
}

/** The same as the laws read it, [total + 1]. */
export function ownRates(name: OwnName, total: number): LearningRates {
  const schedule = ownSchedule(name, total);
  return {
    learningRates: Float64Array.from({ length: total + 1 }, (_, step) => schedule(step)),
    warmup: ownWarmup(total),
  };
}

function ownWarmup(total: number): number {
  return Math.round(total / 20);
}
