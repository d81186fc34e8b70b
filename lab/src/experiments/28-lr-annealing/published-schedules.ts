// The learning rates of the published curves, step by step, from the names of their schedules.
import { constant, cosine, decay, joinSchedules, linear, type Schedule } from '@offprint/methods';

/** Steps of linear warm-up that every published run began with. */
export const warmup = 2160;
/** The rate after the warm-up. */
export const peak = 3e-4;
const lowest = 3e-5;

/** The two curves that laws are fitted to, two others instead, and the seven that the first two leave unseen. */
export const fittedSchedules = ['cosine_24000', 'constant_24000'] as const;
export const twoCosines = ['cosine_24000', 'cosine_72000'] as const;
export const unseenSchedules = [
  'constant_72000',
  'cosine_72000',
  'wsd_20000_24000',
  'wsdld_20000_24000',
  'wsdcon_3',
  'wsdcon_9',
  'wsdcon_18',
] as const;
export type PublishedSchedule = (typeof fittedSchedules)[number] | (typeof unseenSchedules)[number];

/** Steps in all and the schedule after the warm-up, counted from its end. */
const published: Readonly<Record<PublishedSchedule, { total: number; schedule: Schedule }>> = {
  constant_24000: { total: 24_000, schedule: constant(peak) },
  constant_72000: { total: 72_000, schedule: constant(peak) },
  cosine_24000: { total: 24_000, schedule: fallingCosine(24_000) },
  cosine_72000: { total: 72_000, schedule: fallingCosine(72_000) },
  wsd_20000_24000: {
    total: 24_000,
    schedule: stayThenFall((step) => peak * (lowest / peak) ** Math.min(1, step / 4000)),
  },
  wsdld_20000_24000: {
    total: 24_000,
    schedule: stayThenFall(decay({ peak, steps: 4000, minRatio: lowest / peak, shape: 'linear' })),
  },
  wsdcon_3: { total: 16_000, schedule: twoStages(3e-5) },
  wsdcon_9: { total: 16_000, schedule: twoStages(9e-5) },
  wsdcon_18: { total: 16_000, schedule: twoStages(18e-5) },
};

/** η of each step from 0 to the last, [steps + 1]. */
export function publishedRates(name: PublishedSchedule): Float64Array {
  const { total, schedule } = published[name];
  const whole = joinSchedules([linear({ from: 0, to: peak, steps: warmup }), schedule], [warmup]);
  return Float64Array.from({ length: total + 1 }, (_, step) => whole(step));
}

function fallingCosine(total: number): Schedule {
  return cosine({ peak, steps: total - warmup, minRatio: lowest / peak });
}

function stayThenFall(fall: Schedule): Schedule {
  return joinSchedules([constant(peak), fall], [20_000 - warmup]);
}

function twoStages(second: number): Schedule {
  return joinSchedules([constant(peak), constant(second)], [8000 - warmup]);
}
