// `status`: how the catalogue is and how each of its sources went, in the terminal.
import { countPapers, listSources, newestFeedDay, openFeedDay, type SourceStatus } from '@offprint/catalogue';
import { arxivRhythm } from '@offprint/ingest';
import type { Command } from 'commander';
import { withCatalogue } from '../run-command.ts';
import { plain } from '../terminal-text.ts';

export function statusCommand(program: Command): void {
  program
    .command('status')
    .option('--json', 'as JSON')
    .description('how the catalogue and its sources are')
    .action((options: { json?: boolean }) =>
      withCatalogue(async ({ db, settings, place }) => {
        const open = openFeedDay(Temporal.Now.instant(), settings.calendar).toString();
        const [papers, newest, sources] = await Promise.all([
          countPapers(db),
          newestFeedDay(db),
          listSources(db),
        ]);
        if (options.json === true) {
          process.stdout.write(
            `${JSON.stringify({ catalogue: place, papers, openFeedDay: open, newestFeedDay: newest ?? null, sources }, null, 2)}\n`,
          );
          return;
        }
        const lines = [
          `Catalogue  ${place}`,
          `Papers     ${papers}`,
          `Feed day   ${open} is open; the newest with papers is ${newest ?? 'none yet'}`,
          `arXiv      ${arxivRhythm}`,
          '',
          ...(sources.length === 0
            ? ['No source has been asked yet: try "offprint ingest rss".']
            : sources.flatMap(describeSource)),
        ];
        process.stdout.write(`${lines.join('\n')}\n`);
      }),
    );
}

function describeSource(source: SourceStatus): string[] {
  const { lastRun: run } = source;
  return [
    source.name,
    `  last success  ${source.lastSuccessAt ?? 'never'}`,
    ...(source.lastError === null
      ? []
      : [`  last error    ${source.lastErrorAt ?? ''} ${plain(source.lastError)}`]),
    ...(source.nextTryAt === null ? [] : [`  next try      ${source.nextTryAt}`]),
    ...(run === null
      ? []
      : [
          `  last run      ${run.outcome ?? 'under way'}: ${run.fetched} fetched, ${run.created} new, ${run.updated} updated, ${run.unchanged} unchanged, ${run.refused} refused`,
        ]),
    ...(source.note === null ? [] : [`  ${plain(source.note)}`]),
  ];
}
