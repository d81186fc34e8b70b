// `eval`: how well every way of searching answers judged questions, with intervals and the worst losses.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { OffprintError } from '@offprint/catalogue';
import {
  evaluate,
  openEncoder,
  productSystems,
  readCollection,
  renderEvaluation,
  renderLosers,
  writeRun,
} from '@offprint/search';
import { type Command, InvalidArgumentError } from 'commander';
import { encoderOf } from '../encoder-choice.ts';
import { startProgress } from '../progress.ts';
import { reportStoppable } from '../run-command.ts';
import { readSettings } from '../settings.ts';

interface EvalFlags {
  readonly json?: boolean;
  readonly runFiles?: string;
  readonly losers: number;
  readonly seed: number;
  readonly systems?: readonly string[];
}

export function evalCommand(program: Command): void {
  program
    .command('eval')
    .argument('<folders...>', 'judged collections: corpus.jsonl, queries.jsonl and qrels.tsv in each')
    .option('--json', 'everything as JSON: versions, seeds, intervals, every question')
    .option('--run-files <folder>', 'write the rankings as TREC run files')
    .option('--losers <count>', 'how many of the questions that lost most to show', parseCount, 5)
    .option('--seed <number>', 'of the resampling', parseCount, 1)
    .option(
      '--systems <names...>',
      'only these: words words+feedback meaning hybrid hybrid+feedback; the first is the baseline',
    )
    .description('measure every way of searching on judged collections')
    .action((folders: string[], flags: EvalFlags) =>
      reportStoppable(async (signal) => {
        const settings = readSettings(process.env);
        const spec = await encoderOf(settings);
        const encoder = spec === undefined ? undefined : await openEncoder(spec);
        const progress = startProgress('Evaluating');
        try {
          const systems = productSystems(encoder, { cacheFolder: join(settings.dataFolder, 'evaluation') });
          const chosen = flags.systems?.map((name) => {
            const system = systems.find((candidate) => candidate.name === name);
            if (system === undefined)
              throw new OffprintError(
                'bad-input',
                `There is no system ${name.slice(0, 40)}: choose from ${systems.map((one) => one.name).join(', ')}.`,
                { field: 'systems' },
              );
            return system;
          });
          if (flags.runFiles !== undefined) await mkdir(flags.runFiles, { recursive: true });
          const evaluation = await evaluate(
            folders.map((folder) => ({
              name: basename(resolve(folder)),
              read: () => readCollection(folder),
            })),
            chosen ?? systems,
            {
              seed: flags.seed,
              signal,
              onProgress: ({ collection, system, phase, done, total }) =>
                progress.update(done, total, `${collection}, ${system}: ${phase}`),
              ...(flags.runFiles === undefined
                ? {}
                : {
                    onRun: (collection: string, system: string, run) =>
                      writeFile(
                        join(flags.runFiles ?? '', `${collection}.${system}.run`),
                        writeRun(run, system),
                      ),
                  }),
            },
          );
          progress.stop();
          process.stdout.write(
            flags.json === true
              ? `${JSON.stringify(evaluation, null, 2)}\n`
              : `${renderEvaluation(evaluation)}\n${renderLosers(evaluation, flags.losers)}\n`,
          );
          if (evaluation.failures.length > 0) process.exitCode = 1;
        } finally {
          progress.stop();
          await encoder?.close();
        }
      }),
    );
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0 || count > 1_000_000)
    throw new InvalidArgumentError('Write a whole number from 0 to 1000000.');
  return count;
}
