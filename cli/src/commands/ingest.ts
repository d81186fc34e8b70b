// `ingest …` and `import`: filling the catalogue by hand, with progress and a report of what happened.

import { OffprintError, openFeedDay } from '@offprint/catalogue';
import {
  type IngestContext,
  importJsonl,
  ingestDaily,
  ingestOai,
  ingestPage,
  ingestQuery,
  ingestRss,
  type Progress,
  type RunReport,
} from '@offprint/ingest';
import { type Command, InvalidArgumentError } from 'commander';
import { ingestContext } from '../ingest-setup.ts';
import { readableBytes, startProgress } from '../progress.ts';
import { type CommandContext, withCatalogue } from '../run-command.ts';
import { plain } from '../terminal-text.ts';

export function ingestCommands(program: Command): void {
  const ingest = program.command('ingest').description('fetch papers into the catalogue');

  ingest
    .command('rss')
    .option('-c, --category <name...>', 'arXiv categories or archives (default: OFFPRINT_CATEGORIES)')
    .option('--force', 'read the feed even if it has not changed')
    .description('what arXiv announced today, from its RSS')
    .action((options: { category?: string[]; force?: boolean }) =>
      run((context, { settings }) =>
        ingestRss(context, {
          categories: options.category ?? settings.categories,
          base: settings.arxivUrls.rss,
          force: options.force === true,
        }),
      ),
    );

  ingest
    .command('oai')
    .option('--set <name>', 'an OAI-PMH set such as cs, stat or cs:cs:LG; everything when left out')
    .option('--from <day>', 'first datestamp; goes on where the last run ended when left out', parseDate)
    .option('--until <day>', 'last datestamp', parseDate)
    .option(
      '--prefix <format>',
      'arXivRaw (with versions) or arXiv (with names taken apart)',
      parsePrefix,
      'arXivRaw',
    )
    .option('--id <id...>', 'these papers only')
    .option('--restart', 'begin the window anew instead of resuming in it')
    .description('what changed on arXiv, by OAI-PMH')
    .action(
      (options: {
        set?: string;
        from?: string;
        until?: string;
        prefix: 'arXivRaw' | 'arXiv';
        id?: string[];
        restart?: boolean;
      }) =>
        run((context, { settings }) =>
          ingestOai(context, {
            base: settings.arxivUrls.oai,
            prefix: options.prefix,
            ...(options.set === undefined ? {} : { set: options.set }),
            ...(options.from === undefined ? {} : { from: options.from }),
            ...(options.until === undefined ? {} : { until: options.until }),
            ...(options.id === undefined ? {} : { ids: options.id }),
            restart: options.restart === true,
          }),
        ),
    );

  ingest
    .command('query')
    .option('--id <id...>', 'papers, however their ids are written')
    .option('--search <query>', "a search in arXiv's language, such as cat:cs.LG")
    .option('--max <count>', 'the most papers a search brings', parseMax, 100)
    .option('--restart', 'begin the search anew instead of resuming in it')
    .description('single papers or a search, from the arXiv API')
    .action((options: { id?: string[]; search?: string; max: number; restart?: boolean }) =>
      run((context, { settings }) => {
        if ((options.id === undefined) === (options.search === undefined))
          throw new OffprintError(
            'bad-input',
            'Say which papers: either --id 2406.08607 … or --search "cat:cs.LG".',
          );
        return ingestQuery(context, {
          base: settings.arxivUrls.api,
          ...(options.id === undefined ? {} : { ids: options.id }),
          ...(options.search === undefined ? {} : { search: options.search, max: options.max }),
          restart: options.restart === true,
        });
      }),
    );

  ingest
    .command('daily')
    .option('--upstream <url>', 'a Daily Papers API (default: OFFPRINT_UPSTREAM)')
    .option('--from <day>', 'first feed day; the open one when left out', parseDate)
    .option('--to <day>', 'last feed day; the open one when left out', parseDate)
    .option('--restart', 'begin with the first day instead of resuming')
    .description('listings, submitters, votes and repositories of an upstream Daily Papers API')
    .action((options: { upstream?: string; from?: string; to?: string; restart?: boolean }) =>
      run((context, { settings }) => {
        const upstream = options.upstream ?? settings.upstream;
        if (upstream === undefined)
          throw new OffprintError('bad-input', 'Say where from: --upstream https://… or OFFPRINT_UPSTREAM.');
        const open = openFeedDay(Temporal.Now.instant(), settings.calendar).toString();
        const to = options.to ?? open;
        return ingestDaily(context, {
          upstream,
          from: options.from ?? to,
          to,
          restart: options.restart === true,
        });
      }),
    );

  ingest
    .command('page')
    .argument('<file>', 'a saved Daily Papers page, as text or HTML')
    .option('--day <day>', 'its feed day, when the page does not say', parseDate)
    .option('--lookup', 'ask arXiv for the ids of unknown titles, one polite request each')
    .description('a saved Daily Papers page')
    .action((file: string, options: { day?: string; lookup?: boolean }) =>
      run((context, { settings }) =>
        ingestPage(context, {
          file,
          base: settings.arxivUrls.api,
          lookUp: options.lookup === true,
          ...(options.day === undefined ? {} : { day: options.day }),
        }),
      ),
    );

  program
    .command('import')
    .argument(
      '<file>',
      'JSON Lines: a dump of Offprint or an archive of papers; .zst and .gz are read as they are',
    )
    .option('--restart', 'begin with the first line instead of resuming')
    .description('bring a file of papers into the catalogue')
    .action((file: string, options: { restart?: boolean }) =>
      run((context) => importJsonl(context, { file, restart: options.restart === true })),
    );
}

async function run(
  ingest: (context: IngestContext, command: CommandContext) => Promise<RunReport>,
): Promise<void> {
  await withCatalogue(async (command) => {
    const { db, settings, signal } = command;
    let progress: ReturnType<typeof startProgress> | undefined;
    const onProgress = ({ done, total, unit }: Progress): void => {
      progress ??= startProgress(
        'Ingesting',
        unit === 'bytes' ? readableBytes : (value) => `${value} ${unit}`,
      );
      progress.update(done, total ?? 0, '');
    };
    const report = await ingest(ingestContext(db, settings, { signal, onProgress }), command).finally(() =>
      progress?.stop(),
    );
    process.stdout.write(describeReport(report));
    if (report.error !== undefined && !signal.aborted) throw report.error;
    // A script must notice that nothing of what it brought could be taken.
    if (report.fetched > 0 && report.refused === report.fetched) process.exitCode = 1;
    if (signal.aborted)
      process.stderr.write('Stopped. What was done so far is kept; the same command goes on from there.\n');
  });
}

/** The report people read at the end of a run. */
export function describeReport(report: RunReport): string {
  const lines = [
    `${report.source}: ${report.fetched} fetched, ${report.created} new, ${report.updated} updated, ${report.unchanged} unchanged, ${report.refused} refused.`,
    ...report.notes.map((note) => `  ${plain(note)}`),
    ...report.refusals.slice(0, 20).map(({ id, reason }) => `  refused ${plain(id)}: ${plain(reason)}`),
    ...(report.refused > 20
      ? [`  … and ${report.refused - 20} more; "offprint status --json" has the first hundred.`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

function parseDate(text: string): string {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    throw new InvalidArgumentError('Write a date such as 2026-02-06.');
  }
}

function parsePrefix(text: string): 'arXivRaw' | 'arXiv' {
  if (text === 'arXivRaw' || text === 'arXiv') return text;
  throw new InvalidArgumentError('Choose arXivRaw or arXiv.');
}

function parseMax(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 30_000)
    throw new InvalidArgumentError('Write a whole number from 1 to 30000.');
  return count;
}
