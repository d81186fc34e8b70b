// A plot as markup: the same text from the server and from the page that draws it again.
import * as ObservablePlot from '@observablehq/plot';
import { lyingAxes, namesWidth, uprightAxes } from './axes.ts';
import { margins, plotWidth, uprightHeight } from './dimensions.ts';
import { barNames } from './draw-bars.ts';
import { drawablesOf } from './draw-marks.ts';
import { type Frame, frameOf } from './frame.ts';
import { legendOf } from './legend.ts';
import { looksOf } from './look.ts';
import { escapeText } from './markup.ts';
import type { Plot } from './plot.ts';

/** What makes elements: the browser's document or one in memory. */
export interface ElementMaker {
  createElementNS(namespace: string, name: string): unknown;
}

/** The part of a drawn element that is used here. */
interface Drawn {
  readonly innerHTML: string;
  querySelectorAll(selector: string): Iterable<DrawnPart>;
}

interface DrawnPart {
  outerHTML: string;
  removeAttribute(name: string): void;
  remove(): void;
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
  const { markup, height } = drawFrame(plot, document);
  return [
    '<figure class="plot">',
    `<p class="plot-title">${escapeText(plot.title)}</p>`,
    legend.length === 0 ? '' : `<ul class="plot-legend">${entries}</ul>`,
    `<svg class="plot-drawing" role="img" viewBox="0 0 ${plotWidth} ${height}" width="${plotWidth}" height="${height}" font-size="12" text-anchor="middle" fill="currentColor">`,
    `${describe(plot)}${markup}</svg>`,
    `<figcaption>${escapeText(plot.caption)}</figcaption>`,
    '</figure>',
  ].join('');
}

/** What a screen reader says of a drawing. */
export function describe(plot: Plot): string {
  return `<title>${escapeText(plot.title)}</title><desc>${escapeText(plot.caption)}</desc>`;
}

/** What stands in an `<svg>` as wide as every plot. */
export interface Drawing {
  readonly markup: string;
  readonly height: number;
}

/** Axes and marks. */
export function drawFrame(plot: Plot, document: ElementMaker): Drawing {
  const frame = frameOf(plot);
  const looks = looksOf(plot);
  const isEmpty = !plot.marks.some((mark) => mark.kind === 'rule' || mark.x.length > 0);
  const height = heightOf(plot, frame);
  const left = frame.lying ? namesWidth(frame) : margins.left;
  const top = topOf(plot, frame);
  const values = {
    type: plot.y.scale === 'log' ? 'log' : 'linear',
    domain: [...frame.y],
    nice: plot.y.domain === undefined && plot.y.scale !== 'log',
  } as const;
  const along = {
    type: plot.x.scale === 'log' ? 'log' : 'linear',
    domain: [...frame.x],
    nice: false,
  } as const;
  const drawing: Drawn = ObservablePlot.plot({
    document,
    width: plotWidth,
    height,
    marginTop: top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: left,
    clip: plot.x.domain !== undefined || plot.y.domain !== undefined,
    x: frame.lying ? values : along,
    // The first of several lying bars is the uppermost.
    y: frame.lying ? { ...along, reverse: true } : values,
    marks: [
      ...(frame.lying ? lyingAxes(plot, frame) : uprightAxes(plot, frame)),
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
  for (const part of drawing.querySelectorAll('style, clipPath')) part.remove();
  // What is cut to the frame is cut by a drawing in the drawing: a path to cut along would need an id, which two plots of
  // a page might share.
  const [width, tall] = [plotWidth - left - margins.right, height - top - margins.bottom];
  const within = `x="${left}" y="${top}" width="${width}" height="${tall}" viewBox="${left} ${top} ${width} ${tall}"`;
  for (const part of [...drawing.querySelectorAll('[clip-path]')]) {
    part.removeAttribute('clip-path');
    part.outerHTML = `<svg ${within}>${part.outerHTML}</svg>`;
  }
  // Groups have no role of their own and so no name either; and nobody sees the third decimal.
  const markup = drawing.innerHTML.replace(/<[^>]+>/g, (tag) =>
    tag.replace(' aria-label="', ' data-mark="').replace(/(\.\d\d)\d+/g, '$1'),
  );
  return { markup, height };
}

/** Above what is drawn stand the words of an upright axis, and those of levels over lying bars. */
function topOf({ marks }: Plot, { lying }: Frame): number {
  return !lying || marks.some((mark) => mark.kind === 'rule' && mark.label) ? margins.top : 8;
}

/** Lying bars need a line each. */
function heightOf(plot: Plot, frame: Frame): number {
  if (!frame.lying) return uprightHeight;
  const bars = frame.categories.length * barNames(plot).length;
  return topOf(plot, frame) + margins.bottom + Math.max(frame.categories.length * 24, bars * 15);
}
