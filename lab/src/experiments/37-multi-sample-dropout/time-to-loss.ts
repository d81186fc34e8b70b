// How soon several masks reach a training loss, as a share of what one mask needs: in iterations and in seconds.
import { type Results, type Series, seriesOf } from '../../experiment/results.ts';

/** Of one seed, treatment over baseline. */
export interface Ratios {
  /** Iterations to the aimed-at training loss. Infinite where the treatment never has it. */
  readonly iterations: number;
  /** Time of a step. */
  readonly stepTime: number;
  /** Seconds to the aimed-at training loss. */
  readonly seconds: number;
}

/** The loss that is aimed at is the baseline's after this share of its training. */
const aimedAt = 2 / 3;

/** The ratios of every seed that both arms have. */
export function ratiosToLoss(results: Results, treatment: string, baseline: string): Ratios[] {
  return seriesOf(results, 'training loss', baseline).flatMap((series) => {
    const other = seriesOf(results, 'training loss', treatment).find(({ seed }) => seed === series.seed);
    const last = series.x.at(-1) ?? 0;
    const level = series.y[series.x.findIndex((x) => x >= aimedAt * last)];
    if (other === undefined || level === undefined) return [];
    const iterations = firstBelow(other, level) / firstBelow(series, level);
    const stepTime =
      stepMilliseconds(results, treatment, series.seed) / stepMilliseconds(results, baseline, series.seed);
    return [{ iterations, stepTime, seconds: iterations * stepTime }];
  });
}

function stepMilliseconds(results: Results, arm: string, seed: number): number {
  const run = results.runs.find((candidate) => candidate.arm === arm && candidate.seed === seed);
  return run?.metrics['milliseconds a step'] ?? Number.NaN;
}

/** The first x at which a curve is at a level or below, linear between its points; infinite where it never is. */
export function firstBelow({ x, y }: Pick<Series, 'x' | 'y'>, level: number): number {
  const at = y.findIndex((value) => value <= level);
  if (at < 0) return Number.POSITIVE_INFINITY;
  const [x1 = Number.NaN, y1 = Number.NaN] = [x[at], y[at]];
  if (at === 0) return x1;
  const [x0 = Number.NaN, y0 = Number.NaN] = [x[at - 1], y[at - 1]];
  return x0 + ((y0 - level) / (y0 - y1)) * (x1 - x0);
}
