// The interval that a rule reads off a handful of seeds, where one can be read at all.
import { type Interval, tInterval } from '@offprint/methods';

/**
 * Mean and t-interval of one value a seed; undefined for fewer than two seeds, or where one of them diverged: a rule
 * then has nothing to go by.
 * @param level coverage, 0.95 when left out
 */
export function seedInterval(values: readonly number[], level = 0.95): Interval | undefined {
  return values.length < 2 || !values.every(Number.isFinite) ? undefined : tInterval(values, level);
}
