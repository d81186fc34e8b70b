// A table on a terminal: as such where it fits, else a paragraph a row, so that no line is broken in the middle.
import { markdownTable, type WordTable } from '@offprint/lab';
import { wrap } from '../terminal-text.ts';

const indent = 4;

/** @param columns of the terminal; all there are where it is none, such as a file */
export function fitTable(
  table: WordTable,
  columns: number = process.stdout.columns ?? Number.POSITIVE_INFINITY,
): string {
  const text = markdownTable(table);
  if (text.split('\n').every((line) => line.length <= columns)) return text;
  return table.rows
    .map(([name = '', ...cells]) => {
      const words = cells.flatMap((cell, i) => (cell === '' ? [] : [`${table.head[i + 1]}: ${cell}`]));
      const body = wrap(words.join('; '), Math.max(20, columns - indent));
      return [wrap(name, Math.max(20, columns)), body.replaceAll(/^/gm, ' '.repeat(indent))].join('\n');
    })
    .join('\n');
}
