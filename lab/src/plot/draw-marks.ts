// The marks of a plot in the terms of Observable Plot.
import * as ObservablePlot from '@observablehq/plot';
import { drawBars } from './draw-bars.ts';
import { drawIntervals } from './draw-intervals.ts';
import { drawRule } from './draw-rule.ts';
import { type Drawable, type Of, placed } from './drawable.ts';
import { edgesOf, type Frame } from './frame.ts';
import type { Look } from './look.ts';
import type { Mark, Plot } from './plot.ts';
import { mostPoints, thinned } from './thin.ts';

/** Symbols along a line that has company, so that it is known by more than its colour. */
const symbolsAlongALine = 7;

/** What is drawn for one mark; in a plot of one name no symbols are needed. */
export function drawablesOf(
  mark: Mark,
  plot: Plot,
  frame: Frame,
  looks: ReadonlyMap<string, Look>,
): Drawable[] {
  if (mark.kind === 'rule') return drawRule(mark, plot, frame);
  const look = looks.get(mark.name);
  if (look === undefined) return [];
  switch (mark.kind) {
    case 'line':
      return drawLine(mark, plot, look, looks.size > 1);
    case 'band':
      return drawBand(mark, plot, look);
    case 'dots':
      return drawDots(mark, plot, look);
    case 'bars':
      return drawBars(mark, plot, frame, look);
    case 'cells':
      return drawCells(mark, plot, look);
  }
}

function drawLine(mark: Of<'line'>, plot: Plot, look: Look, hasCompany: boolean): Drawable[] {
  const kept = thinned(mark.y);
  const points = kept.map((i) => ({ x: placed(plot.x, mark.x[i]), y: placed(plot.y, mark.y[i]) }));
  const line = ObservablePlot.line(points, {
    x: 'x',
    y: 'y',
    stroke: look.colour,
    strokeWidth: mark.faint ? 1 : 2,
    strokeOpacity: mark.faint ? 0.5 : 1,
    strokeLinejoin: 'round',
    ...(mark.dashed ? { strokeDasharray: '5 4' } : {}),
  });
  if (mark.faint) return [line];
  const drawn = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  // A point between two gaps is no line, but it is a result.
  const alone = points.filter(({ y }, i) => {
    const isGap = (at: number): boolean => !Number.isFinite(points[at]?.y ?? Number.NaN);
    return Number.isFinite(y) && isGap(i - 1) && isGap(i + 1);
  });
  const every = Math.max(1, Math.ceil(drawn.length / symbolsAlongALine));
  const along = hasCompany ? drawn.filter((_, i) => i % every === Math.floor(every / 2)) : [];
  return [line, drawSymbols([...along, ...alone], look)];
}

function drawSymbols(points: readonly { readonly x: number; readonly y: number }[], look: Look): Drawable {
  return ObservablePlot.dot(points, {
    x: 'x',
    y: 'y',
    r: 3.4,
    symbol: look.symbol,
    fill: look.colour,
    stroke: 'var(--plot-paper, #fff)',
    strokeWidth: 0.8,
  });
}

function drawBand(mark: Of<'band'>, plot: Plot, look: Look): Drawable[] {
  const outline = new Set([...thinned(mark.low), ...thinned(mark.high)]);
  const points = [...outline]
    .sort((a, b) => a - b)
    .map((i) => ({
      x: placed(plot.x, mark.x[i]),
      low: placed(plot.y, mark.low[i]),
      high: placed(plot.y, mark.high[i]),
    }));
  return [
    ObservablePlot.areaY(points, { x: 'x', y1: 'low', y2: 'high', fill: look.colour, fillOpacity: 0.18 }),
  ];
}

function drawDots(mark: Of<'dots'>, plot: Plot, look: Look): Drawable[] {
  const every = Math.ceil(mark.y.length / (3 * mostPoints)) || 1;
  const points = mark.y
    .map((y, i) => ({
      x: placed(plot.x, mark.x[i]),
      y: placed(plot.y, y),
      low: placed(plot.y, mark.low?.[i]),
      high: placed(plot.y, mark.high?.[i]),
    }))
    .filter(({ x, y }, i) => i % every === 0 && Number.isFinite(x) && Number.isFinite(y));
  const intervals = points.map(({ x, low, high }) => ({ at: x, low, high }));
  return [...drawIntervals(intervals, look.colour), drawSymbols(points, look)];
}

function drawCells(mark: Of<'cells'>, plot: Plot, look: Look): Drawable[] {
  const acrosses = edgesOf(mark.x, plot.x);
  const ups = edgesOf(mark.y, plot.y);
  const [least, most] = valueRange(mark.value);
  const cells = mark.value.flatMap((value, i) => {
    const across = acrosses.get(mark.x[i] ?? Number.NaN);
    const up = ups.get(mark.y[i] ?? Number.NaN);
    if (across === undefined || up === undefined || !Number.isFinite(value)) return [];
    const share = most > least ? (value - least) / (most - least) : 1;
    return [
      {
        x1: across[0],
        x2: across[1],
        y1: up[0],
        y2: up[1],
        opacity: Math.round((0.06 + 0.88 * share) * 100) / 100,
      },
    ];
  });
  // One mark an opacity: an attribute of the group, where a scale would colour by itself.
  const shades = Map.groupBy(cells, ({ opacity }) => opacity);
  return [...shades].map(([fillOpacity, group]) =>
    ObservablePlot.rect(group, {
      x1: 'x1',
      x2: 'x2',
      y1: 'y1',
      y2: 'y2',
      fill: look.colour,
      fillOpacity,
      inset: 0,
    }),
  );
}

/** The least and greatest finite value of cells; 0 and 0 when there is none. */
export function valueRange(values: readonly number[]): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0
    ? [0, 0]
    : [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
}
