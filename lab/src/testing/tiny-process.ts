// A process that runs the tiny experiment at its short size, one unit at a time, and says when one has finished.
import { runTiny } from './run-tiny.ts';

if (import.meta.main)
  await runTiny({
    workFolder: process.argv[2] ?? '',
    size: 'short',
    parallel: 1,
    onEvent: (event) => {
      if (event.kind === 'unit-finished') process.stdout.write('finished\n');
    },
  });
