// A CSV file of numbers with a line of names, as the lab's own tables are.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Table } from '../data-sets/table.ts';
import { LabError } from '../lab-error.ts';

/** The tables that come with the lab. */
export const tablesFolder = join(import.meta.dirname, '..', '..', 'tables');

/** @throws LabError `missing-data` when there is no such file, `damaged-file` when it is no table of numbers */
export async function readNumberTable(path: string): Promise<Table> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new LabError('missing-data', `${path} is missing: check the project out again.`, { cause });
  });
  return parseNumberTable(text, path);
}

/**
 * @param text names in the first line, numbers below; an empty cell or NA is missing, NaN in the table
 * @param name for the error
 * @throws LabError `damaged-file` for a line of another length or a cell that is no number
 */
export function parseNumberTable(text: string, name: string): Table {
  const damaged = (what: string): LabError =>
    new LabError('damaged-file', `${name} ${what}: check the project out again.`);
  const [head = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = head.split(',').map(unquoted);
  if (head === '' || new Set(names).size !== names.length || names.includes(''))
    throw damaged('has no line of names, each once');
  const columns = names.map((column): [string, Float64Array] => [column, new Float64Array(lines.length)]);
  lines.forEach((line, row) => {
    const cells = line.split(',').map(unquoted);
    if (cells.length !== names.length) throw damaged(`has ${cells.length} cells in line ${row + 2}`);
    columns.forEach(([, values], i) => {
      const cell = cells[i] ?? '';
      const value = cell === '' || cell === 'NA' ? Number.NaN : Number(cell);
      if (Number.isNaN(value) && cell !== '' && cell !== 'NA')
        throw damaged(`holds something other than a number in line ${row + 2}`);
      values[row] = value;
    });
  });
  return { rows: lines.length, columns: Object.fromEntries(columns) };
}

function unquoted(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/, '$1');
}
