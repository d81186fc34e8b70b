// A process that runs the tiny experiment at its short size, and hangs in the middle once two units are finished, to be killed.
import { writeSync } from 'node:fs';
import { runTiny } from './run-tiny.ts';

let finished = 0;

if (import.meta.main)
  await runTiny({
    workFolder: process.argv[2] ?? '',
    size: 'short',
    parallel: 1,
    onEvent: (event) => {
      if (event.kind !== 'unit-finished') return;
      finished += 1;
      if (finished < 2) return;
      writeSync(1, 'two are finished\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
    },
  });
