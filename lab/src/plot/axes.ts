// Axes with their ticks, words and grid: upright, and for bars that lie below one another.
import * as ObservablePlot from '@observablehq/plot';
import { letterWidth, margins, plotWidth } from './dimensions.ts';
import type { Domain, Frame } from './frame.ts';
import { legible } from './markup.ts';
import type { Axis, Plot } from './plot.ts';

/** Names of lying bars that are longer are cut. */
const longestName = 32;

/** Room for the names of lying bars, left of them. */
export function namesWidth({ categories }: Frame): number {
  const longest = Math.max(...categories.map((name) => Math.min(name.length, longestName)));
  return Math.round(longest * letterWidth) + 12;
}

const ink = 'var(--plot-ink, #1f1c18)';
const soft = 'var(--plot-soft, #5d574e)';
const grid = { stroke: 'var(--plot-rule, #e3ddd1)', strokeOpacity: 1 } as const;
const base = { stroke: soft, strokeWidth: 1, strokeOpacity: 0.6 } as const;

const labelOf = ({ label }: Axis): string | null => (label === '' ? null : legible(label));

export function uprightAxes(plot: Plot, frame: Frame): ObservablePlot.Markish[] {
  const { categories } = frame;
  const room = (plotWidth - margins.left - margins.right) / Math.max(1, categories.length);
  const alongTicks =
    categories.length > 0
      ? {
          ticks: categories.map((_, i) => i),
          tickFormat: (i: number) => clipped(legible(categories[i] ?? ''), room / letterWidth),
          tickSize: 0,
        }
      : { ticks: ticksFor(plot.x, frame.x), tickFormat: tickText, tickSize: 4 };
  return [
    ObservablePlot.gridY({ ...grid, ticks: ticksFor(plot.y, frame.y) }),
    ObservablePlot.axisY({
      fill: ink,
      stroke: soft,
      label: labelOf(plot.y),
      labelArrow: 'none',
      labelOffset: 50,
      tickSize: 0,
      ticks: ticksFor(plot.y, frame.y),
      tickFormat: tickText,
    }),
    ObservablePlot.axisX({
      fill: ink,
      stroke: soft,
      label: labelOf(plot.x),
      labelAnchor: 'right',
      labelArrow: 'none',
      labelOffset: 40,
      ...alongTicks,
    }),
    ObservablePlot.frame({ ...base, anchor: 'bottom' }),
    ...(categories.length > 0 && frame.y[0] < 0 ? [ObservablePlot.ruleY([0], base)] : []),
  ];
}

export function lyingAxes(plot: Plot, frame: Frame): ObservablePlot.Markish[] {
  const { categories } = frame;
  return [
    ObservablePlot.gridX({ ...grid, ticks: ticksFor(plot.y, frame.y) }),
    ObservablePlot.axisX({
      fill: ink,
      stroke: soft,
      label: labelOf(plot.y),
      labelAnchor: 'right',
      labelArrow: 'none',
      labelOffset: 40,
      tickSize: 0,
      ticks: ticksFor(plot.y, frame.y),
      tickFormat: tickText,
    }),
    ObservablePlot.axisY({
      fill: ink,
      stroke: soft,
      label: null,
      ticks: categories.map((_, i) => i),
      tickFormat: (i: number) => clipped(legible(categories[i] ?? ''), longestName),
      tickSize: 0,
    }),
    ObservablePlot.frame({ ...base, anchor: 'left' }),
    ...(frame.y[0] < 0 ? [ObservablePlot.ruleX([0], base)] : []),
  ];
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, Math.floor(most) - 1))}…`;
}

/** About how many ticks, or for a logarithmic axis where: at powers of ten, between two of them also at 2 and 5. */
function ticksFor(axis: Axis, domain: Domain): number | number[] {
  if (axis.scale !== 'log') return 5;
  const [low, high] = [Math.log10(domain[0]), Math.log10(domain[1])];
  const decades = Array.from(
    { length: Math.floor(high) - Math.floor(low) + 1 },
    (_, i) => Math.floor(low) + i,
  );
  const every = Math.ceil((high - low) / 7) || 1;
  const steps = high - low < 2.2 ? [1, 2, 5] : [1];
  const ticks = decades
    .filter((decade) => decade % every === 0)
    .flatMap((decade) => steps.map((step) => step * 10 ** decade))
    .filter((tick) => tick >= domain[0] * 0.999 && tick <= domain[1] * 1.001);
  return ticks.length > 1 ? ticks : 4;
}

/** `12.5k`, `3M`, `0.002`, `1e-6`. */
function tickText(value: number): string {
  const size = Math.abs(value);
  const text =
    size >= 1e15 || (size > 0 && size < 1e-4)
      ? value
          .toExponential(3)
          .replace(/\.?0+e/, 'e')
          .replace('e+', 'e')
      : size >= 10_000
        ? Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 }).format(value)
        : value.toLocaleString('en-US', { maximumSignificantDigits: 6, useGrouping: false });
  return text.replace(/^-/, '−');
}
