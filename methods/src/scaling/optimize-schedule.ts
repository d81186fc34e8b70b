// Which schedule the annealing law thinks best: among all, and among those that stay and then fall in a given shape.
import { type DecayShape, decay } from '../schedules/warmup-stable-decay.ts';
import { type AnnealingLaw, predictLoss } from './annealing-law.ts';

export interface OptimizeScheduleOptions {
  /** Steps in all. */
  readonly total: number;
  readonly peak: number;
  /** The lowest rate; 0 when left out. */
  readonly lowest?: number;
}

export interface OptimizedSchedule {
  /** [total] */
  readonly learningRates: Float64Array;
  /** The first step below the peak; `total` when it never falls. */
  readonly fallsAt: number;
  /** What the law says of its end, nats. */
  readonly loss: number;
}

/**
 * The rates between `lowest` and `peak` whose last loss the law puts lowest. S2 at the last step T is
 * η_0·(1 − λ^T)/(1 − λ) − Σ_{j≥1} η_j λ^{T−j}, so ∂L/∂η_j = C λ^{T−j} − αA·S1^{−α−1} rises with j ≥ 1, and the best
 * schedule is the peak up to one step and the lowest rate from there on; that step is found by trying each.
 * It is a cliff because the law lets annealing never saturate; real runs that fall at once gain less than it says.
 * @throws RangeError unless there is a step and 0 ≤ lowest ≤ peak, 0 < peak
 */
export function optimizeSchedule(law: AnnealingLaw, options: OptimizeScheduleOptions): OptimizedSchedule {
  const { total, peak, lowest = 0 } = checked(options);
  const { L0, A, alpha, C, lambda } = law;
  let best = { fallsAt: total, loss: Number.POSITIVE_INFINITY };
  for (let fallsAt = total; fallsAt >= 1; fallsAt--) {
    const steps = total - fallsAt;
    const s1 = fallsAt * peak + steps * lowest;
    const s2 = ((peak - lowest) * (1 - lambda ** steps)) / (1 - lambda);
    const loss = L0 + A * s1 ** -alpha - C * s2;
    if (loss < best.loss) best = { fallsAt, loss };
  }
  const learningRates = new Float64Array(total).fill(peak).fill(lowest, best.fallsAt);
  return { learningRates, ...best };
}

/**
 * The best share of steps to decay over when the rate stays at its peak and then falls in a shape.
 * @param minRatio the last rate as a share of the peak
 * @param tries how many shares of the steps are tried, evenly over (0, 1]; 100 when left out
 * @throws RangeError as `optimizeSchedule` and `decay` do
 */
export function optimizeDecay(
  law: AnnealingLaw,
  options: { total: number; peak: number; minRatio: number; shape: DecayShape; tries?: number },
): OptimizedSchedule {
  const { total, peak, minRatio, shape, tries = 100 } = options;
  checked({ total, peak });
  const candidates = Array.from({ length: tries }, (_, i) => {
    const steps = Math.max(1, Math.round((total * (i + 1)) / tries));
    const fall = decay({ peak, steps, minRatio, shape });
    const fallsAt = total - steps;
    const learningRates = Float64Array.from({ length: total }, (_, step) =>
      step < fallsAt ? peak : fall(step + 1 - fallsAt),
    );
    return { learningRates, fallsAt, loss: predictLoss(law, { learningRates }).at(-1) ?? Number.NaN };
  });
  return candidates.reduce((best, each) => (each.loss < best.loss ? each : best));
}

function checked(options: OptimizeScheduleOptions): OptimizeScheduleOptions {
  const { total, peak, lowest = 0 } = options;
  if (!Number.isInteger(total) || total < 1) throw new RangeError('A schedule has at least one step.');
  if (!(peak > 0 && lowest >= 0 && lowest <= peak)) throw new RangeError('0 ≤ lowest ≤ peak and 0 < peak.');
  return options;
}
