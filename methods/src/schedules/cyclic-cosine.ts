// Cosine within each cycle, back at the peak when the next begins: the baseline of WSD-S.
import { cosine, joinSchedules, linear, type Schedule } from './schedule.ts';

/**
 * Warm restarts at the given ends; the first cycle begins with a linear warm-up from 0.
 * @param cycleEnds the steps at which a cycle ends, rising; the last one's lowest rate stays afterwards
 * @throws RangeError when the ends do not rise or the warm-up is no shorter than the first cycle
 * @see Loshchilov & Hutter 2017, SGDR, https://arxiv.org/abs/1608.03983
 */
export function cyclicCosine(options: {
  peak: number;
  warmup?: number;
  cycleEnds: readonly number[];
  minRatio?: number;
}): Schedule {
  const { peak, warmup = 0, cycleEnds, minRatio = 0.1 } = options;
  const starts = [warmup, ...cycleEnds.slice(0, -1)];
  const cycles = cycleEnds.map((end, i) => {
    const steps = end - (starts[i] ?? 0);
    if (steps <= 0) throw new RangeError('A cycle ends after it begins.');
    return cosine({ peak, steps, minRatio });
  });
  return warmup > 0
    ? joinSchedules([linear({ from: 0, to: peak, steps: warmup }), ...cycles], starts)
    : joinSchedules(cycles, starts.slice(1));
}
