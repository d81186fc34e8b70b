// The curves that a run reports, kept at the length and precision that results are stored with.

/** A curve of one run, by the name it was reported under. */
export interface CollectedSeries {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface SeriesCollector {
  /** @throws RangeError when x falls within a series or is no finite number */
  add(series: string, x: number, y: number): void;
  /** The curves in the order of their first points, thinned and rounded. */
  collected(): CollectedSeries[];
}

const mostPoints = 200;
const significantDigits = 6;

export function createSeriesCollector(): SeriesCollector {
  const curves = new Map<string, { x: number[]; y: number[] }>();
  return {
    add(series, x, y) {
      const curve = curves.get(series) ?? { x: [], y: [] };
      curves.set(series, curve);
      if (!Number.isFinite(x) || x < (curve.x.at(-1) ?? x))
        throw new RangeError(`The x of the series "${series}" must not fall: it went to ${x}.`);
      curve.x.push(x);
      curve.y.push(y);
    },
    collected: () =>
      [...curves].map(([name, { x, y }]) => ({
        name,
        x: thinned(x).map(rounded),
        y: thinned(y).map(rounded),
      })),
  };
}

/** The first, the last and evenly between them; curves of one length keep the same places, so that they can be averaged. */
export function thinned(values: readonly number[], most: number = mostPoints): number[] {
  if (values.length <= most) return [...values];
  const step = (values.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => values[Math.round(i * step)] ?? Number.NaN);
}

/** Six significant digits, which is more than a plot shows. */
export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(significantDigits)) : value;
}
