// An interval for a mean when what was measured comes in groups, such as the points of a curve: groups are drawn again first.
import { pcg32 } from '../random/pcg32.ts';
import { mean } from './mean.ts';
import type { Interval } from './paired-bootstrap.ts';

/**
 * The mean over groups of each group's mean, with a percentile interval from drawing groups again and, within a drawn
 * group, its members. Groups weigh the same whatever their length.
 * @param groups one number a member, for pairs treatment minus baseline
 * @param options resamples 2,000, seed 1 and level 0.95 when left out
 * @throws RangeError for no groups, an empty group, a value that is not finite, or options out of range
 * @see Davison & Hinkley 1997, Bootstrap Methods and their Application, §3.8 (two-stage)
 */
export function clusterBootstrap(
  groups: readonly ArrayLike<number>[],
  options: { readonly resamples?: number; readonly seed?: number; readonly level?: number } = {},
): Interval {
  const { resamples = 2000, seed = 1, level = 0.95 } = options;
  if (!Number.isInteger(resamples) || resamples < 1)
    throw new RangeError('Resamples are a whole number from 1 up.');
  if (!(level > 0 && level < 1)) throw new RangeError('A level lies between 0 and 1.');
  const observed = mean(groups.map(mean));
  if (!Number.isFinite(observed)) throw new RangeError('A value is not a finite number.');
  const random = pcg32(seed);
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < groups.length; drawn++) {
      const group = groups[random.nextBelow(groups.length)] ?? [];
      let groupSum = 0;
      for (let i = 0; i < group.length; i++) groupSum += group[random.nextBelow(group.length)] ?? 0;
      sum += groupSum / group.length;
    }
    return sum / groups.length;
  }).sort();
  const at = (p: number): number => means[Math.round(p * (resamples - 1))] ?? Number.NaN;
  return { mean: observed, low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
