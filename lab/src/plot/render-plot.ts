// A plot as markup: the same text from the server and from the page that draws it again.
import * as ObservablePlot from '@observablehq/plot';
import { drawablesOf } from './draw-marks.ts';
import { type Domain, type Frame, frameOf } from './frame.ts';
import { legendOf } from './legend.ts';
import { looksOf } from './look.ts';
import { escapeText, legible } from './markup.ts';
import type { Axis, Plot } from './plot.ts';

/** Units of the drawing. It is scaled to the width there is; narrow, so that its words stay readable on a phone. */
export const plotWidth = 480;
export const plotHeight = 290;

/** What makes elements: the browser's document or one in memory. */
export interface ElementMaker {
  createElementNS(namespace: string, name: string): unknown;
}

/** The part of a drawn element that is used here. */
interface Drawn {
  readonly innerHTML: string;
  querySelector(selector: string): { remove(): void } | null;
}

/**
 * A plot as a `<figure>` of HTML: its title, a legend, the drawing, and the caption. Colours are the custom properties
 * `--plot-1` … `--plot-7`, `--plot-ink`, `--plot-soft`, `--plot-rule` and `--plot-paper` of the page. No inline style, no
 * id, no script: it may stand anywhere, as often as wanted. What is not finite, or not above zero on a logarithmic
 * axis, is a gap.
 */
export function renderPlot(plot: Plot, document: ElementMaker): string {
  const legend = legendOf(plot);
  const entries = legend
    .map(
      ({ name, sample }) =>
        `<li><svg class="plot-sample" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">${sample}</svg><span>${escapeText(name)}</span></li>`,
    )
    .join('');
  return [
    '<figure class="plot">',
    `<p class="plot-title">${escapeText(plot.title)}</p>`,
    legend.length === 0 ? '' : `<ul class="plot-legend">${entries}</ul>`,
    `<svg class="plot-drawing" role="img" viewBox="0 0 ${plotWidth} ${plotHeight}" width="${plotWidth}" height="${plotHeight}" font-size="12" text-anchor="middle" fill="currentColor">`,
    `${describe(plot)}${drawFrame(plot, document)}</svg>`,
    `<figcaption>${escapeText(plot.caption)}</figcaption>`,
    '</figure>',
  ].join('');
}

/** What a screen reader says of a drawing. */
export function describe(plot: Plot): string {
  return `<title>${escapeText(plot.title)}</title><desc>${escapeText(plot.caption)}</desc>`;
}

/** Axes and marks, as the content of an `<svg>` of `plotWidth` and `plotHeight`. */
export function drawFrame(plot: Plot, document: ElementMaker): string {
  const frame = frameOf(plot);
  const looks = looksOf(plot);
  const isEmpty = !plot.marks.some((mark) => mark.kind === 'rule' || mark.x.length > 0);
  const drawing: Drawn = ObservablePlot.plot({
    document,
    width: plotWidth,
    height: plotHeight,
    marginTop: 26,
    marginRight: 16,
    marginBottom: 44,
    marginLeft: 54,
    clip: plot.x.domain !== undefined || plot.y.domain !== undefined,
    x: { type: plot.x.scale === 'log' ? 'log' : 'linear', domain: [...frame.x], nice: false },
    y: {
      type: plot.y.scale === 'log' ? 'log' : 'linear',
      domain: [...frame.y],
      nice: plot.y.domain === undefined && plot.y.scale !== 'log',
    },
    marks: [
      ...axes(plot, frame),
      ...plot.marks.flatMap((mark) => drawablesOf(mark, plot, frame, looks)),
      isEmpty
        ? ObservablePlot.text(['Nothing has been measured yet'], {
            frameAnchor: 'middle',
            fill: 'var(--plot-soft, #5d574e)',
          })
        : undefined,
    ],
  });
  // Its own style element is not allowed on a page that allows no inline style, nor needed.
  drawing.querySelector('style')?.remove();
  // Groups have no role of their own and so no name either; and nobody sees the third decimal.
  return drawing.innerHTML.replace(/<[^>]+>/g, (tag) =>
    tag.replace(' aria-label="', ' data-mark="').replace(/(\.\d\d)\d+/g, '$1'),
  );
}

/** Room for one letter at the size of the ticks' words. */
const letterWidth = 6.6;

function axes(plot: Plot, frame: Frame): ObservablePlot.Markish[] {
  const ink = { fill: 'var(--plot-soft, #5d574e)', stroke: 'var(--plot-soft, #5d574e)' };
  const words = { fill: 'var(--plot-ink, #1f1c18)' };
  const rule = 'var(--plot-rule, #e3ddd1)';
  const room = (plotWidth - 70) / Math.max(1, frame.categories.length);
  const longest = Math.max(0, ...frame.categories.map((name) => Math.min(name.length, 40)));
  const turned = longest * letterWidth > room;
  const categories = {
    ticks: frame.categories.map((_, i) => i),
    tickFormat: (i: number) => clipped(legible(frame.categories[i] ?? ''), turned ? 12 : 40),
    tickSize: 0,
    ...(turned ? { tickRotate: -24, textAnchor: 'end' as const } : {}),
  };
  return [
    ObservablePlot.gridY({ stroke: rule, strokeOpacity: 1, ticks: ticksFor(plot.y, frame.y) }),
    ObservablePlot.axisY({
      ...words,
      stroke: ink.stroke,
      label: plot.y.label === '' ? null : legible(plot.y.label),
      labelArrow: 'none',
      labelOffset: 50,
      tickSize: 0,
      ticks: ticksFor(plot.y, frame.y),
      tickFormat: tickText,
    }),
    ObservablePlot.axisX({
      ...words,
      stroke: ink.stroke,
      label: plot.x.label === '' ? null : legible(plot.x.label),
      labelAnchor: 'right',
      labelArrow: 'none',
      labelOffset: 40,
      ...(frame.categories.length > 0
        ? categories
        : { ticks: ticksFor(plot.x, frame.x), tickFormat: tickText, tickSize: 4 }),
    }),
    ObservablePlot.ruleY([frame.y[0]], { stroke: ink.stroke, strokeWidth: 1, strokeOpacity: 0.6 }),
  ];
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
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
