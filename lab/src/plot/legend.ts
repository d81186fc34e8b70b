// What the looks in a plot mean: a small drawing and a name each.
import { valueRange } from './draw-marks.ts';
import { type Look, looksOf } from './look.ts';
import { escapeText } from './markup.ts';
import type { Mark, Plot } from './plot.ts';

export interface LegendEntry {
  readonly name: string;
  /** Markup of an SVG group 28 wide and 14 high. */
  readonly sample: string;
}

/** An entry for each name; none for a plot of one line, which its title explains. */
export function legendOf(plot: Plot): LegendEntry[] {
  const looks = looksOf(plot);
  return [...looks].map(([name, look]) => {
    const marks = plot.marks.filter((mark) => mark.kind !== 'rule' && mark.name === name);
    const cells = marks.find((mark) => mark.kind === 'cells');
    const [least, most] = cells?.kind === 'cells' ? valueRange(cells.value) : [0, 0];
    return {
      name:
        cells === undefined ? name : `${name}: ${shortNumber(least)} (pale) to ${shortNumber(most)} (full)`,
      sample: sampleOf(marks, look, looks.size > 1),
    };
  });
}

/** Four significant digits, as people write them. */
export function shortNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}

const shapes: Readonly<Record<Look['symbol'], string>> = {
  circle: 'M17.6 7a3.6 3.6 0 1 1-7.2 0a3.6 3.6 0 1 1 7.2 0z',
  square: 'M10.8 3.8h6.4v6.4h-6.4z',
  triangle: 'M14 2.6L18.2 10H9.8z',
  diamond: 'M14 2L17 7L14 12L11 7z',
  star: 'M14 2.2L15.1 5.5L18.6 5.5L15.8 7.6L16.8 11L14 9L11.2 11L12.2 7.6L9.4 5.5L12.9 5.5z',
  wye: 'M12.8 11.5V7.8L9.6 5.9L10.8 3.8L14 5.7L17.2 3.8L18.4 5.9L15.2 7.8V11.5z',
  cross: 'M12.8 3h2.4v2.8h2.8v2.4h-2.8V11h-2.4V8.2H10V5.8h2.8z',
};

function sampleOf(marks: readonly Mark[], look: Look, hasCompany: boolean): string {
  const colour = escapeText(look.colour);
  const has = (kind: Mark['kind']): boolean => marks.some((mark) => mark.kind === kind);
  const lines = marks.filter((mark) => mark.kind === 'line');
  const parts: string[] = [];
  if (has('cells'))
    parts.push(
      ...[0.15, 0.5, 0.9].map(
        (opacity, i) =>
          `<rect x="${2 + 8 * i}" y="2" width="8" height="10" fill="${colour}" fill-opacity="${opacity}"/>`,
      ),
    );
  if (has('band'))
    parts.push(`<rect x="1" y="2" width="26" height="10" fill="${colour}" fill-opacity=".18"/>`);
  if (has('bars'))
    parts.push(
      `<rect x="6" y="2" width="16" height="10" fill="${colour}" fill-opacity="${look.fillOpacity}" stroke="${colour}" stroke-width="1.2"/>`,
    );
  if (lines.length > 0) {
    const dash = lines.every((line) => line.dashed) ? ' stroke-dasharray="5 4"' : '';
    const width = lines.every((line) => line.faint) ? 1 : 2;
    parts.push(`<path d="M1 7H27" fill="none" stroke="${colour}" stroke-width="${width}"${dash}/>`);
  }
  if (has('dots') || (hasCompany && lines.some((line) => !line.faint)))
    parts.push(`<path d="${shapes[look.symbol]}" fill="${colour}"/>`);
  return `<g>${parts.join('')}</g>`;
}
