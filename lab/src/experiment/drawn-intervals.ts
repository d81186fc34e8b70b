// What bars and dots draw of a handful of seeds: their mean, and the interval where there is one.
import { mean } from '@offprint/methods';
import { seedInterval } from './seed-interval.ts';

/**
 * The coordinates of a mark with intervals. Where a place has one seed, or one that diverged, its interval is its mean.
 * @param places for each place of the mark the values of its seeds
 */
export function drawnIntervals(places: readonly (readonly number[])[]): {
  readonly y: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
} {
  const drawn = places.map((values) => {
    const only = values.length === 0 ? Number.NaN : mean(values);
    return seedInterval(values) ?? { mean: only, low: only, high: only };
  });
  return {
    y: drawn.map((interval) => interval.mean),
    low: drawn.map(({ low }) => low),
    high: drawn.map(({ high }) => high),
  };
}
