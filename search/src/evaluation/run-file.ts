// Run files as trec_eval reads them: query, Q0, document, rank, score, name.
import { SearchError } from '../errors.ts';
import { badLine, readLines } from './read-lines.ts';
import { type Run, ranked, type ScoredDocument } from './run.ts';

/**
 * The text of a run file. Scores are written in single precision, strictly falling: trec_eval reads no more, sorts by
 * score and breaks ties against the order of ids, so that equal scores would be measured in another order than ours.
 * @param name one word for the system
 * @throws SearchError `bad-input` when a query, a document or the name is empty or has a space in it
 * @see https://github.com/usnistgov/trec_eval, README: results file format
 */
export function writeRun(run: Run, name: string): string {
  const lines: string[] = [];
  for (const [queryId, results] of run) {
    let above = Number.POSITIVE_INFINITY;
    for (const [place, [id, score]] of ranked(results, results.length).entries()) {
      const single = Math.fround(score);
      const written = single < above ? single : nextBelow(above);
      above = written;
      lines.push([word(queryId), 'Q0', word(id), place + 1, written, word(name)].join(' '));
    }
  }
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Reads a run file of any system; the order is by score, equal scores by id, whatever the rank column says.
 * @throws SearchError with file and line when a line has not six columns or a score is not a number
 */
export async function readRun(path: string): Promise<{ name: string; run: Run }> {
  const run = new Map<string, ScoredDocument[]>();
  let name = '';
  for await (const { number, text } of readLines(path)) {
    const columns = text.trim().split(/\s+/);
    const [queryId = '', , id = '', , score = '', tag = ''] = columns;
    if (columns.length !== 6) throw badLine(path, number, 'a line of a run has six columns');
    if (!Number.isFinite(Number(score))) throw badLine(path, number, `the score "${score}" is not a number`);
    const results = run.get(queryId) ?? [];
    results.push([id, Number(score)]);
    run.set(queryId, results);
    name ||= tag;
  }
  return { name, run: new Map([...run].map(([id, results]) => [id, ranked(results, results.length)])) };
}

function word(text: string): string {
  if (text === '' || /\s/.test(text)) {
    throw new SearchError('bad-input', `"${text}" cannot stand in a run file: it must be one word.`);
  }
  return text;
}

/** The next smaller number in single precision. */
function nextBelow(value: number): number {
  const float = new Float32Array([value]);
  const bits = new Int32Array(float.buffer);
  const raw = bits[0] ?? 0;
  if (value === 0) return -(2 ** -149);
  bits[0] = value > 0 ? raw - 1 : raw + 1;
  return float[0] ?? value;
}
