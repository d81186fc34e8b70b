// A level to compare with: a dotted line across the plot and its words, where fewest other marks are in their way.
import * as ObservablePlot from '@observablehq/plot';
import { margins, plotWidth, uprightHeight } from './dimensions.ts';
import type { Drawable, Of } from './drawable.ts';
import { type Domain, type Frame, hasPlace } from './frame.ts';
import { legible } from './markup.ts';
import type { Axis, Plot } from './plot.ts';

const colour = 'var(--plot-soft, #5d574e)';
const words = { fill: colour, stroke: 'var(--plot-paper, #fff)', strokeWidth: 4 } as const;

export function drawRule(mark: Of<'rule'>, plot: Plot, frame: Frame): Drawable[] {
  const axis = mark.axis === 'x' ? plot.x : plot.y;
  if (!hasPlace(axis, mark.at)) return [];
  const look = { stroke: colour, strokeWidth: 1.2, strokeDasharray: '2 3' };
  // Bars that lie have their values along the x axis.
  const isUpright = (mark.axis === 'x') !== frame.lying;
  const rule = isUpright ? ObservablePlot.ruleX([mark.at], look) : ObservablePlot.ruleY([mark.at], look);
  const text = legible(mark.label ?? '');
  if (text === '') return [rule];
  if (frame.lying && isUpright)
    return [
      rule,
      ObservablePlot.text([mark.at], {
        ...words,
        text: () => text,
        x: (at: number) => at,
        frameAnchor: 'top',
        lineAnchor: 'bottom',
        dy: -5,
        // Above the frame, to which a plot of a given range is cut.
        clip: false,
      }),
    ];
  if (isUpright) {
    const isRight = shareOf(mark.at, axis, frame.x) > 0.6;
    return [
      rule,
      ObservablePlot.text([mark.at], {
        ...words,
        text: () => text,
        x: (at: number) => at,
        frameAnchor: 'top',
        textAnchor: isRight ? 'end' : 'start',
        lineAnchor: 'top',
        dx: isRight ? -5 : 5,
        dy: 3,
      }),
    ];
  }
  const isRight = isRightQuieter(mark.at, plot, frame);
  const isBelow = hasRuleAbove(mark.at, plot, frame);
  return [
    rule,
    ObservablePlot.text([mark.at], {
      ...words,
      text: () => text,
      y: (at: number) => at,
      frameAnchor: isRight ? 'right' : 'left',
      textAnchor: isRight ? 'end' : 'start',
      lineAnchor: isBelow ? 'top' : 'bottom',
      dx: isRight ? -3 : 3,
      dy: isBelow ? 3 : -3,
    }),
  ];
}

/** How far along an axis a number stands, 0 to 1 within its range. */
function shareOf(value: number, axis: Axis, [low, high]: Domain): number {
  return axis.scale === 'log'
    ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
    : (value - low) / (high - low);
}

/** The height of a line of words as a share of the plot's. */
const lineShare = 16 / (uprightHeight - margins.top - margins.bottom);

/** Whether another level stands so near above that its words and this one's would meet. */
function hasRuleAbove(at: number, plot: Plot, frame: Frame): boolean {
  const here = shareOf(at, plot.y, frame.y);
  return plot.marks.some((mark) => {
    if (mark.kind !== 'rule' || mark.axis !== 'y' || !mark.label || !hasPlace(plot.y, mark.at)) return false;
    const above = shareOf(mark.at, plot.y, frame.y) - here;
    return above > 0 && above < lineShare;
  });
}

/** How much of the width words may take before they reach the other half. */
const wordsShare = 170 / (plotWidth - margins.left - margins.right);

/** Whether fewer lines and dots come near a level at its right end than at its left. */
function isRightQuieter(at: number, plot: Plot, frame: Frame): boolean {
  const here = shareOf(at, plot.y, frame.y);
  const near = plot.marks.flatMap((mark) => {
    if (mark.kind !== 'line' && mark.kind !== 'dots') return [];
    const points = mark.y.flatMap((y, i) => {
      const x = mark.x[i];
      return hasPlace(plot.x, x) && hasPlace(plot.y, y)
        ? [{ across: shareOf(x, plot.x, frame.x), above: shareOf(y, plot.y, frame.y) - here }]
        : [];
    });
    return points.flatMap((point, i) => {
      const next = points[i + 1];
      const isNear = Math.abs(point.above) < lineShare;
      if (mark.kind === 'dots' || next === undefined || point.above * next.above >= 0)
        return isNear ? [point.across] : [];
      const way = point.above / (point.above - next.above);
      return [point.across + way * (next.across - point.across)];
    });
  });
  const right = near.filter((across) => across > 1 - wordsShare).length;
  const left = near.filter((across) => across < wordsShare).length;
  return right <= left;
}
