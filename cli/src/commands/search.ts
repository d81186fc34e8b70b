// `search`: the catalogue's papers by words and meaning, in the terminal, beside the running server or without one.
import { OffprintError } from '@offprint/catalogue';
import { openSearch, type RunningSearch, type SearchHit } from '@offprint/discovery';
import type { SearchMode, SearchSort } from '@offprint/search';
import { type Command, InvalidArgumentError } from 'commander';
import { encoderOf } from '../encoder-choice.ts';
import { type CommandContext, withCatalogue } from '../run-command.ts';
import { clip, terminalWidth } from '../terminal-text.ts';
import { parseCount } from './read.ts';

interface SearchFlags {
  readonly limit: number;
  readonly sort: SearchSort;
  readonly mode: SearchMode;
  readonly explain?: boolean;
  readonly feedback?: boolean;
  readonly json?: boolean;
}

export function searchCommands(program: Command): void {
  program
    .command('search')
    .argument('<words...>', 'words, "phrases", -without, title:, author:, cat:, date:, has:code, id:')
    .option('-n, --limit <count>', 'how many papers', parseLimit, 10)
    .option('--sort <order>', 'relevance, date or votes', oneOf(['relevance', 'date', 'votes']), 'relevance')
    .option('--mode <mode>', 'hybrid, words or meaning', oneOf(['hybrid', 'words', 'meaning']), 'hybrid')
    .option('--feedback', 'let the query learn from its first results')
    .option('--explain', 'why each paper stands where it stands')
    .option('--json', 'as JSON')
    .description('find papers by words and meaning')
    .action((words: string[], flags: SearchFlags) =>
      withCatalogue((context) =>
        withSearch(context, async (search) => {
          const q = words.join(' ');
          if (q.trim() === '')
            throw new OffprintError('bad-input', 'Say what to search: offprint search "retention loss".', {
              field: 'words',
            });
          const answer = await search.search({
            q,
            limit: flags.limit,
            sort: flags.sort,
            mode: flags.mode,
            explain: flags.explain ?? false,
            feedback: flags.feedback ?? false,
          });
          if (flags.json === true) {
            process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
            return;
          }
          for (const note of answer.notes) process.stderr.write(`${note}\n`);
          for (const { written, by } of answer.replaced)
            process.stderr.write(
              `No paper holds "${clip(written, 60)}"; searched ${by.join(', ')} instead.\n`,
            );
          if (answer.suggestion !== undefined)
            process.stderr.write(`Did you mean: ${clip(answer.suggestion, 200)}\n`);
          if (answer.hits.length === 0) process.stderr.write('Nothing was found.\n');
          for (const hit of answer.hits) process.stdout.write(`${line(hit)}\n${explanation(hit)}`);
        }),
      ),
    );
}

/** Opens search for one command: what the disk holds, brought up to date in memory. */
export async function withSearch(
  { db, connection, settings, signal }: CommandContext,
  work: (search: RunningSearch) => Promise<void>,
): Promise<void> {
  const search = await openSearch({
    db,
    connection,
    dataFolder: settings.dataFolder,
    encoder: await encoderOf(settings),
    onCommit: () => () => undefined,
    keeps: false,
    log: () => undefined,
  });
  try {
    await Promise.race([
      search.caughtUp(),
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
      ),
    ]);
    await work(search);
  } finally {
    await search.close();
  }
}

function line({ paper }: SearchHit): string {
  const year = paper.publishedAt?.slice(0, 4) ?? '    ';
  return `${year}  ${paper.id.padEnd(16)} ${clip(paper.title, Math.max(20, terminalWidth() - 24))}`;
}

function explanation({ score, explanation: why }: SearchHit): string {
  if (why === undefined) return '';
  const parts = why.parts.map(
    ({ by, raw, weight, contribution }) =>
      `${by} ${raw === null ? 'unknown' : raw.toFixed(3)} → ${contribution.toFixed(3)} (weight ${weight})`,
  );
  const terms = why.terms.map(({ term, contribution }) => `${term} ${contribution.toFixed(2)}`);
  return `      score ${score.toFixed(3)} = ${parts.join(' + ') || 'date or votes'}${terms.length > 0 ? `; words: ${terms.join(', ')}` : ''}\n`;
}

/** A whole number from 1 to 100. */
function parseLimit(text: string): number {
  const count = parseCount(text);
  if (count > 100) throw new InvalidArgumentError('Write a whole number from 1 to 100.');
  return count;
}

function oneOf<T extends string>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw new InvalidArgumentError(`Choose ${choices.join(', ')}.`);
    return found;
  };
}
