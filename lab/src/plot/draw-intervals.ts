// Ends of intervals: a line with a cap at each end, upright or lying.
import * as ObservablePlot from '@observablehq/plot';
import type { Drawable } from './drawable.ts';

export interface Interval {
  /** Where it stands on the axis that it does not run along. */
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

/** Those with two ends that can be drawn; a lying one runs along the x axis. */
export function drawIntervals(all: readonly Interval[], colour: string, lying = false): Drawable[] {
  const intervals = all.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  if (intervals.length === 0) return [];
  const look = { stroke: colour, strokeWidth: 1.5 };
  return [
    lying
      ? ObservablePlot.ruleY(intervals, { ...look, y: 'at', x1: 'low', x2: 'high', marker: 'none' })
      : ObservablePlot.ruleX(intervals, { ...look, x: 'at', y1: 'low', y2: 'high', marker: 'none' }),
    ...(['low', 'high'] as const).map((end) =>
      ObservablePlot.dot(intervals, {
        ...look,
        ...(lying ? { x: end, y: 'at' } : { x: 'at', y: end }),
        symbol: 'plus',
        r: 2.4,
      }),
    ),
  ];
}
