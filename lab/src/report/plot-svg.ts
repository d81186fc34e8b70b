// Plots drawn without a browser: the figure of a server's page, and a file that stands alone.
import { parseHTML } from 'linkedom';
import { plotWidth } from '../plot/dimensions.ts';
import { legendOf } from '../plot/legend.ts';
import { palette } from '../plot/look.ts';
import { escapeText } from '../plot/markup.ts';
import type { Plot } from '../plot/plot.ts';
import { describe, drawFrame, renderPlot } from '../plot/render-plot.ts';

/** A fresh document each time: nothing of one drawing stays for the next. */
const emptyDocument = () => parseHTML('<!doctype html><html><body></body></html>').document;

/** A plot as the `<figure>` of an HTML page; the page's style sheet colours it. */
export function plotFigure(plot: Plot): string {
  return renderPlot(plot, emptyDocument());
}

const margin = 12;
const titleHeight = 24;
const rowHeight = 18;
const letterWidth = 6.4;

/** A plot as a whole SVG document with its title and legend, that can be read on light and on dark. */
export function plotSvg(plot: Plot): string {
  const { markup, height: drawingHeight } = drawFrame(plot, emptyDocument());
  const entries = legendOf(plot);
  let x = 0;
  let row = 0;
  const legend = entries.map(({ name, sample }) => {
    const label = name.length > 60 ? `${name.slice(0, 59)}…` : name;
    const width = 34 + label.length * letterWidth + 14;
    if (x > 0 && x + width > plotWidth) {
      x = 0;
      row += 1;
    }
    const at = `translate(${Math.round(x)} ${row * rowHeight})`;
    x += width;
    return `<g transform="${at}">${sample}<text x="34" y="11" text-anchor="start">${escapeText(label)}</text></g>`;
  });
  const legendHeight = entries.length === 0 ? 0 : (row + 1) * rowHeight + 4;
  const top = margin + titleHeight;
  const width = plotWidth + 2 * margin;
  const height = top + legendHeight + drawingHeight + margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12">`,
    describe(plot),
    `<style>${style}</style>`,
    `<rect width="100%" height="100%" fill="var(--plot-paper, #fff)"/>`,
    `<g fill="var(--plot-ink, #1f1c18)"><text x="${margin}" y="${margin + 12}" font-size="14" font-weight="600">${escapeText(plot.title)}</text>`,
    `<g transform="translate(${margin} ${top})">${legend.join('')}</g>`,
    `<g transform="translate(${margin} ${top + legendHeight})" text-anchor="middle">${markup}</g></g>`,
    '</svg>\n',
  ].join('');
}

const variables = (
  scheme: 'light' | 'dark',
  paper: string,
  ink: string,
  soft: string,
  rule: string,
): string =>
  `svg{${palette.map((colour, i) => `--plot-${i + 1}:${colour[scheme]}`).join(';')};--plot-paper:${paper};--plot-ink:${ink};--plot-soft:${soft};--plot-rule:${rule}}`;

const style = [
  variables('light', '#fff', '#1f1c18', '#5d574e', '#e3ddd1'),
  `@media(prefers-color-scheme:dark){${variables('dark', '#171613', '#e8e3d9', '#aaa295', '#35312a')}}`,
].join('');
