// How often an experiment of a given design would find what is there, by running it many times on made-up data.
import { pcg32, type Random } from '../random/pcg32.ts';
import type { Interval } from './paired-bootstrap.ts';
import { wilson } from './wilson.ts';

export interface PowerOptions {
  /** How many data sets are drawn; 1,000 when left out. */
  readonly simulations?: number;
  /** A p-value at or below it counts as found; 0.05 when left out. */
  readonly alpha?: number;
  readonly seed?: number;
  /** Coverage of the power's own interval, 0.95 when left out. */
  readonly level?: number;
}

/**
 * The share of drawn data sets in which the test finds an effect, with Wilson's interval. Drawn under the null
 * hypothesis it is the test's size. Simulation i has its own random stream, so that more simulations extend a run.
 * @param draw one data set of the design under study
 * @param test the p-value of a data set
 * @throws RangeError for options out of range or a p-value that is no probability
 */
export function simulatePower<T>(
  draw: (random: Random) => T,
  test: (data: T) => number,
  options: PowerOptions = {},
): Interval {
  const { simulations = 1000, alpha = 0.05, seed = 1, level = 0.95 } = options;
  if (!Number.isInteger(simulations) || simulations < 1) {
    throw new RangeError('Simulations are a whole number from 1 up.');
  }
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('Alpha lies between 0 and 1.');
  let found = 0;
  for (let i = 0; i < simulations; i++) {
    const p = test(draw(pcg32(seed, i)));
    if (!(p >= 0 && p <= 1)) throw new RangeError('A p-value lies in [0, 1].');
    if (p <= alpha) found++;
  }
  return wilson(found, simulations, level);
}
