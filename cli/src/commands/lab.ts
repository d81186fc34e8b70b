// `lab list`, `lab show` and `lab run`: the papers that run, from the terminal. No database is opened.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { listExperiments } from '../lab/list-experiments.ts';
import { runTriedExperiment } from '../lab/run-tried-experiment.ts';
import { showExperiment } from '../lab/show-experiment.ts';
import { findTried } from '../lab/starter-papers.ts';
import { report, reportStoppable } from '../run-command.ts';
import { readSettings } from '../settings.ts';

interface RunOptions {
  readonly smoke?: boolean;
  readonly short?: boolean;
  readonly full?: boolean;
  readonly seeds?: number;
  readonly parallel?: number;
  readonly again?: boolean;
  readonly json?: boolean;
}

export function labCommand(program: Command): void {
  const lab = program.command('lab').description('the papers whose claims are tried here');
  lab
    .command('list')
    .option('--json', 'one JSON object a line')
    .description('every paper that could be tried, with its verdict')
    .action((options: { json?: boolean }) => report(() => listExperiments(options.json === true)));
  lab
    .command('show')
    .argument('<paper>', 'its number in the list, or its arXiv id')
    .option('--json', 'as JSON')
    .description('the claim, the rule, what was found, where the code is')
    .action((paper: string, options: { json?: boolean }) =>
      report(async () => showExperiment(await findTried(paper), options.json === true)),
    );
  lab
    .command('run')
    .argument('<paper>', 'its number in the list, or its arXiv id')
    .addOption(new Option('--smoke', 'seconds: does it work at all').conflicts(['short', 'full']))
    .addOption(new Option('--short', 'minutes (unless told otherwise)').conflicts('full'))
    .option('--full', 'what a verdict comes from')
    .option('--seeds <count>', 'so many seeds of every arm; the plan’s when left out', parseCount)
    .option('--parallel <count>', 'so many runs at once; one a core when left out', parseCount)
    .option('--again', 'throw away what was finished before and begin anew')
    .option('--json', 'the result as JSON')
    .description('run a paper’s method against its baselines; a stopped run goes on where it was')
    .action((paper: string, options: RunOptions) =>
      reportStoppable(async (signal) =>
        runTriedExperiment(
          await findTried(paper),
          {
            size: options.full ? 'full' : options.smoke ? 'smoke' : 'short',
            seeds: options.seeds,
            parallel: options.parallel,
            again: options.again === true,
            json: options.json === true,
          },
          readSettings(process.env),
          signal,
        ),
      ),
    );
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new InvalidArgumentError('Write a whole number from 1 to 1000.');
  return count;
}
