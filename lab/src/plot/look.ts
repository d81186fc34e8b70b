// How the names of a plot are told apart: by colour, and by shape for whoever does not see the colours.
import type { Plot } from './plot.ts';

/**
 * Colours that people of every kind of colour vision tell apart (after Okabe and Ito, "Color Universal Design", 2008),
 * darkened for paper and lightened for the dark, each at least 3 : 1 against what it stands on.
 */
export const palette: readonly { readonly light: string; readonly dark: string }[] = [
  { light: '#0068a8', dark: '#5db3e8' },
  { light: '#b84a00', dark: '#f29457' },
  { light: '#00785a', dark: '#45c9a0' },
  { light: '#a03c7c', dark: '#e59bc8' },
  { light: '#7d6200', dark: '#dfbd4c' },
  { light: '#5a4fb0', dark: '#b0a8f2' },
  { light: '#55504a', dark: '#b8b1a6' },
];

const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye', 'cross'] as const;

/** Fill of bars: full, hollow, half. */
const fills = [0.85, 0.12, 0.5];

/** How one name looks wherever it is drawn. */
export interface Look {
  /** A colour for a presentation attribute: the page's own, or the light one where there is no style sheet. */
  readonly colour: string;
  readonly symbol: (typeof symbols)[number];
  readonly fillOpacity: number;
}

/** The look of each name of a plot, in the order in which they are first drawn. */
export function looksOf(plot: Plot): ReadonlyMap<string, Look> {
  const names = [...new Set(plot.marks.flatMap((mark) => (mark.kind === 'rule' ? [] : [mark.name])))];
  return new Map(names.map((name, i) => [name, lookAt(i)]));
}

function lookAt(i: number): Look {
  const place = i % palette.length;
  // The second time round a colour comes with another shape.
  const shape = (place + 3 * Math.floor(i / palette.length)) % symbols.length;
  return {
    colour: `var(--plot-${place + 1}, ${palette[place]?.light ?? '#000'})`,
    symbol: symbols[shape] ?? 'circle',
    fillOpacity: fills[i % fills.length] ?? 1,
  };
}
