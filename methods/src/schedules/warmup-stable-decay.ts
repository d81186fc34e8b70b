// Warm-up, stable, decay: a high rate for as long as one likes, and a short decay when a model is wanted.
// Wen et al. 2024, Understanding Warmup-Stable-Decay Learning Rates, https://arxiv.org/abs/2410.05192
import { joinSchedules, linear, progress, type Schedule } from './schedule.ts';

/** How the rate falls: `inv` is optimal on a noisy quadratic (1/η grows linearly); `sqrt` is 1 − √s. */
export type DecayShape = 'inv' | 'linear' | 'sqrt';

export interface WarmupStableDecayOptions {
  readonly peak: number;
  /** Steps of linear warm-up from 0. */
  readonly warmup?: number;
  /** Steps in all; the rate stays at its lowest afterwards. */
  readonly total: number;
  /** The share of all steps that the decay takes; 0.1 when left out. */
  readonly decayFraction?: number;
  /** The lowest rate as a share of the peak; 0.1 when left out. `inv` needs it above 0. */
  readonly minRatio?: number;
  readonly shape?: DecayShape;
}

/**
 * The decay alone, from `peak` at step 0 to `minRatio · peak` at step `steps`:
 * `inv` η/((1/r − 1)s + 1), `linear` η(1 − (1 − r)s), `sqrt` η(1 − (1 − r)√s), with s = step/steps.
 * @throws RangeError for `minRatio` outside [0, 1], or 0 with `inv`
 */
export function decay(options: {
  peak: number;
  steps: number;
  minRatio: number;
  shape: DecayShape;
}): Schedule {
  const { peak, steps, minRatio, shape } = options;
  if (!(minRatio >= 0 && minRatio <= 1)) throw new RangeError('minRatio lies in [0, 1].');
  if (shape === 'inv' && minRatio === 0) throw new RangeError('The shape inv needs a minRatio above 0.');
  const falling: Record<DecayShape, (s: number) => number> = {
    inv: (s) => 1 / ((1 / minRatio - 1) * s + 1),
    linear: (s) => 1 - (1 - minRatio) * s,
    sqrt: (s) => 1 - (1 - minRatio) * Math.sqrt(s),
  };
  return (step) => peak * falling[shape](progress(step, steps));
}

/**
 * WSD: linear warm-up, the peak, then a decay over the last `decayFraction` of the steps.
 * @throws RangeError when warm-up and decay do not fit into the steps
 */
export function warmupStableDecay(options: WarmupStableDecayOptions): Schedule {
  const { total, ...rest } = options;
  return wsdS({ ...rest, cycleEnds: [total] });
}

export interface WsdSOptions extends Omit<WarmupStableDecayOptions, 'total'> {
  /** The steps at which a decayed model is wanted, rising. */
  readonly cycleEnds: readonly number[];
}

/**
 * WSD-S: cycles of stable and decay on one branch; after a decay the rate jumps back to the peak without a new
 * warm-up and training goes on from the decayed model. A cycle's decay takes `decayFraction` of that cycle's steps.
 * @throws RangeError when the ends do not rise, or warm-up and decay do not fit into a cycle
 */
export function wsdS(options: WsdSOptions): Schedule {
  const { peak, warmup = 0, cycleEnds, decayFraction = 0.1, minRatio = 0.1, shape = 'inv' } = options;
  if (!(decayFraction >= 0 && decayFraction <= 1)) throw new RangeError('decayFraction lies in [0, 1].');
  if (cycleEnds.length === 0) throw new RangeError('There is at least one cycle.');
  const cycles = cycleEnds.map((end, i) => {
    const start = i === 0 ? 0 : (cycleEnds[i - 1] ?? 0);
    const decaySteps = Math.round((end - start) * decayFraction);
    if (end <= start || start + (i === 0 ? warmup : 0) > end - decaySteps) {
      throw new RangeError('A cycle has room for its warm-up and its decay, and ends after the one before.');
    }
    return { end, decayStart: end - decaySteps, fall: decay({ peak, steps: decaySteps, minRatio, shape }) };
  });
  const stableAndDecay: Schedule = (step) => {
    const cycle = cycles.find(({ end }) => step < end) ?? cycles.at(-1);
    return cycle === undefined || step < cycle.decayStart ? peak : cycle.fall(step - cycle.decayStart);
  };
  if (warmup <= 0) return stableAndDecay;
  const afterWarmup: Schedule = (step) => stableAndDecay(step + warmup);
  return joinSchedules([linear({ from: 0, to: peak, steps: warmup }), afterWarmup], [warmup]);
}
