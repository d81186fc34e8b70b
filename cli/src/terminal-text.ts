// Other people's text on a terminal: wrapped, clipped, and without anything the terminal would obey.
import { stripVTControlCharacters } from 'node:util';

/** Columns of the terminal, at most 100 for reading. */
export const terminalWidth = (): number => Math.min(process.stdout.columns ?? 100, 100);

/** Text without control characters, escape sequences and direction overrides. */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\p{Cc}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}]+/gu, ' ')
    .trim();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `width` characters, with an ellipsis when something was cut. */
export function clip(text: string, width: number): string {
  const parts = Array.from(graphemes.segment(plain(text).slice(0, width * 20)), ({ segment }) => segment);
  return parts.length <= width ? parts.join('') : `${parts.slice(0, width - 1).join('')}…`;
}

/** Text broken into lines at spaces. */
export function wrap(text: string, width: number = terminalWidth()): string {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.join('\n');
}
