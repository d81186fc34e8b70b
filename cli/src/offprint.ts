// The `offprint` command: what it can do, and nothing of how.
import { Command } from 'commander';
import { archiveCommands } from './commands/archive.ts';
import { evalCommand } from './commands/eval.ts';
import { ingestCommands } from './commands/ingest.ts';
import { labCommand } from './commands/lab.ts';
import { readCommands } from './commands/read.ts';
import { searchCommands } from './commands/search.ts';
import { serveCommands } from './commands/serve.ts';
import { statusCommand } from './commands/status.ts';
import { topicCommands } from './commands/topic.ts';
import { trainEncoderCommand } from './commands/train-encoder.ts';

/** Runs the command line. Failures end as one sentence on standard error and a non-zero exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe, such as `head`, has seen enough.
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  await createProgram().parseAsync([...argv]);
}

/** Every command with its arguments and options; nothing runs before it is given words to parse. */
export function createProgram(): Command {
  const program = new Command('offprint')
    .description('Offprint: the day’s papers, read, found and run. Without a command: offprint serve.')
    .version('0.1.0')
    .showHelpAfterError('(run with --help to see what is possible)')
    .configureHelp({ showGlobalOptions: true });
  serveCommands(program);
  readCommands(program);
  searchCommands(program);
  topicCommands(program);
  ingestCommands(program);
  statusCommand(program);
  archiveCommands(program);
  evalCommand(program);
  trainEncoderCommand(program);
  labCommand(program);
  return program;
}
