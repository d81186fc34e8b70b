// The range of each axis: what all marks of a plot need, without what cannot be drawn.
import { letterWidth, margins, plotWidth } from './dimensions.ts';
import type { Axis, Mark, Plot } from './plot.ts';

/** Both ends of an axis. */
export type Domain = readonly [number, number];

/** Where cells stand and how far they reach. */
export type Edges = ReadonlyMap<number, Domain>;

export interface Frame {
  readonly x: Domain;
  readonly y: Domain;
  /** The names along the x axis when there are bars, each at the place of its index. */
  readonly categories: readonly string[];
  /** Whether bars lie, below one another: their names are too long to stand side by side. */
  readonly lying: boolean;
}

/** Numbers beyond this, or nearer to zero than its inverse on a logarithmic axis, would only break the arithmetic of pixels. */
const farthest = 1e100;

/** Whether a number has a place on an axis: zero and below have none on a logarithmic one. */
export function hasPlace(axis: Axis, value: number | undefined): value is number {
  return (
    value !== undefined && Math.abs(value) <= farthest && (axis.scale !== 'log' || value >= 1 / farthest)
  );
}

export function frameOf(plot: Plot): Frame {
  const categories = [...new Set(plot.marks.flatMap((mark) => (mark.kind === 'bars' ? mark.x : [])))];
  const xs = plot.marks.flatMap((mark) => reachX(mark, plot.x));
  const ys = plot.marks.flatMap((mark) => reachY(mark, plot.y));
  return {
    x:
      askedRange(plot.x) ??
      (categories.length > 0
        ? [-0.5, categories.length - 0.5]
        : rangeOf(xs, plot.x, plot.marks.some((mark) => mark.kind === 'dots') ? 0.03 : 0)),
    y: askedRange(plot.y) ?? rangeOf(ys, plot.y, 0.04),
    categories,
    lying: mustLie(plot, categories),
  };
}

function mustLie(plot: Plot, categories: readonly string[]): boolean {
  const room = (plotWidth - margins.left - margins.right) / Math.max(1, categories.length);
  return (
    categories.some((name) => name.length * letterWidth > room) &&
    plot.marks.every((mark) => mark.kind === 'bars' || (mark.kind === 'rule' && mark.axis === 'y'))
  );
}

function reachX(mark: Mark, axis: Axis): readonly number[] {
  switch (mark.kind) {
    case 'bars':
      return [];
    case 'rule':
      return mark.axis === 'x' ? [mark.at] : [];
    case 'cells':
      return [...edgesOf(mark.x, axis).values()].flat();
    default:
      return mark.x;
  }
}

function reachY(mark: Mark, axis: Axis): readonly number[] {
  switch (mark.kind) {
    case 'band':
      return [...mark.low, ...mark.high];
    case 'rule':
      return mark.axis === 'y' ? [mark.at] : [];
    case 'cells':
      return [...edgesOf(mark.y, axis).values()].flat();
    case 'bars':
      return [...(axis.scale === 'log' ? [] : [0]), ...mark.y, ...(mark.low ?? []), ...(mark.high ?? [])];
    case 'dots':
      return [...mark.y, ...(mark.low ?? []), ...(mark.high ?? [])];
    case 'line':
      return mark.y;
  }
}

function askedRange(axis: Axis): Domain | undefined {
  const { domain } = axis;
  return domain?.every((end) => hasPlace(axis, end)) && domain[0] < domain[1] ? domain : undefined;
}

/** From the least to the greatest that has a place, with a share of room around; never empty. */
function rangeOf(values: readonly number[], axis: Axis, room: number): Domain {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!hasPlace(axis, value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const log = axis.scale === 'log';
  if (low > high) return log ? [1, 10] : [0, 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  // Apart by less than can be written beside an axis is not apart.
  if (high - low <= Math.max(1e-12 * size, 10 / farthest)) {
    if (log) return [low / 2, high * 2];
    const around = size > 10 / farthest ? size / 2 : 0.5;
    return [low - around, high + around];
  }
  if (log) {
    const factor = (high / low) ** room;
    return [low / factor, high * factor];
  }
  const margin = (high - low) * room;
  // Bars and other counts from zero stand on zero.
  return [low === 0 ? 0 : low - margin, high + margin];
}

/** The ends of the cell around each distinct place: half way to its neighbours, in ratios on a logarithmic axis. */
export function edgesOf(places: readonly number[], axis: Axis): Edges {
  const log = axis.scale === 'log';
  const sorted = [...new Set(places)].filter((place) => hasPlace(axis, place)).sort((a, b) => a - b);
  const at = sorted.map((place) => (log ? Math.log(place) : place));
  const back = (value: number): number => (log ? Math.exp(value) : value);
  return new Map(
    sorted.map((place, i): [number, Domain] => {
      const here = at[i] ?? 0;
      const before = at[i - 1];
      const after = at[i + 1];
      const left = before === undefined ? (after === undefined ? 1 : after - here) : here - before;
      const right = after === undefined ? left : after - here;
      return [place, [back(here - left / 2), back(here + right / 2)]];
    }),
  );
}
