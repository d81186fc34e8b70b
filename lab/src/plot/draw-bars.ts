// Bars over their categories: side by side, or lying below one another where the categories' names are long.
import * as ObservablePlot from '@observablehq/plot';
import { drawIntervals } from './draw-intervals.ts';
import { type Drawable, type Of, placed } from './drawable.ts';
import type { Frame } from './frame.ts';
import type { Look } from './look.ts';
import type { Plot } from './plot.ts';

/** The share of a category's room that its bars take together. */
const filled = 0.76;

export function drawBars(mark: Of<'bars'>, plot: Plot, frame: Frame, look: Look): Drawable[] {
  const names = barNames(plot);
  const width = filled / names.length;
  const shift = names.indexOf(mark.name) * width - filled / 2;
  const foot = plot.y.scale === 'log' ? frame.y[0] : 0;
  const bars = mark.y.map((y, i) => {
    const near = frame.categories.indexOf(mark.x[i] ?? '') + shift;
    return {
      near: near + width * 0.06,
      far: near + width * 0.94,
      at: near + width / 2,
      foot,
      y: placed(plot.y, y),
      low: placed(plot.y, mark.low?.[i]),
      high: placed(plot.y, mark.high?.[i]),
    };
  });
  return [
    ObservablePlot.rect(bars, {
      ...(frame.lying
        ? { y1: 'near', y2: 'far', x1: 'foot', x2: 'y' }
        : { x1: 'near', x2: 'far', y1: 'foot', y2: 'y' }),
      fill: look.colour,
      fillOpacity: look.fillOpacity,
      stroke: look.colour,
      strokeWidth: 1.2,
    }),
    ...drawIntervals(
      bars.filter(({ y }) => Number.isFinite(y)),
      'var(--plot-ink, #1f1c18)',
      frame.lying,
    ),
  ];
}

/** The names that share the room of each category. */
export function barNames(plot: Plot): string[] {
  return [...new Set(plot.marks.flatMap((mark) => (mark.kind === 'bars' ? [mark.name] : [])))];
}
