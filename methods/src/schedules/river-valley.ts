// The landscape behind warm-up, stable, decay: a river that falls gently between steep walls, noise across it alone.
// Wen et al. 2024, https://arxiv.org/abs/2410.05192
import type { Random } from '../random/pcg32.ts';
import type { NoisyQuadratic } from './noisy-quadratic.ts';
import { nextExpectedSquare } from './noisy-quadratic.ts';
import type { Schedule } from './schedule.ts';

/** L(x, y) = −g·x + ½κ(y − h(x))², with gradient noise of variance σ² along y. */
export interface RiverValley extends NoisyQuadratic {
  /** g > 0: how fast the bottom falls along x. */
  readonly slope: number;
  /** h: where the bottom lies; straight at y = 0 when left out. */
  readonly bed?: { at(x: number): number; slopeAt(x: number): number };
}

/** Where a walk is after a step, and what it loses there. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** −g·x: what the river alone gives. */
  readonly river: number;
  /** ½κ(y − h(x))² ≥ 0: what hanging on the wall costs. */
  readonly wall: number;
}

/**
 * One walk of noisy gradient descent from (0, h(0) + `height`).
 * @returns the place after each step
 */
export function descendValley(
  valley: RiverValley,
  options: { schedule: Schedule; steps: number; random: Random; height?: number },
): Place[] {
  const { slope, curvature, noiseVariance, bed } = valley;
  const { schedule, steps, random, height = 0 } = options;
  const noise = Math.sqrt(noiseVariance);
  let x = 0;
  let y = (bed?.at(0) ?? 0) + height;
  return Array.from({ length: steps }, (_, step) => {
    const rate = schedule(step);
    const across = curvature * (y - (bed?.at(x) ?? 0));
    const along = -slope - across * (bed?.slopeAt(x) ?? 0);
    x -= rate * along;
    y -= rate * (across + noise * gaussian(random));
    const hang = y - (bed?.at(x) ?? 0);
    return { x, y, river: -slope * x, wall: (curvature / 2) * hang * hang };
  });
}

/**
 * The expectation of all such walks in a straight valley, exactly: x = g·Σηₜ, and E[v²] by its recursion.
 * @param square E[v²] at the start, 0 when left out
 * @returns river and wall part of the expected loss after each step
 */
export function expectedDescent(
  valley: Omit<RiverValley, 'bed'>,
  schedule: Schedule,
  steps: number,
  square = 0,
): { river: Float64Array; wall: Float64Array } {
  const river = new Float64Array(steps);
  const wall = new Float64Array(steps);
  let x = 0;
  let current = square;
  for (let step = 0; step < steps; step++) {
    const rate = schedule(step);
    x += rate * valley.slope;
    current = nextExpectedSquare(current, rate, valley);
    river[step] = -valley.slope * x;
    wall[step] = (valley.curvature / 2) * current;
  }
  return { river, wall };
}

/** N(0, 1) by Box and Muller. */
function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.nextUnit())) * Math.cos(2 * Math.PI * random.nextUnit());
}
