import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../lab-error.ts';
import type { StoredResult } from '../report/stored-result.ts';
import { runTiny, tinyCode } from '../testing/run-tiny.ts';
import type { RunEvent } from './run-events.ts';
import { runFolder } from './run-experiment.ts';

let workFolder: string;
beforeEach(async () => {
  workFolder = await mkdtemp(join(tmpdir(), 'offprint-runs-'));
});
afterEach(() => rm(workFolder, { recursive: true, force: true }));

/** What of a result does not depend on the clock. */
const measured = ({ runs, series, decision }: StoredResult): unknown => ({
  runs: runs.map(({ arm, seed, metrics }) => ({ arm, seed, metrics })),
  series,
  decision,
});

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'did not fail',
    (error: unknown) => error,
  );

const unitsFile = (size: 'smoke' | 'short' | 'full'): string =>
  join(runFolder(workFolder, '00-tiny', { size, code: tinyCode.code }), 'units.jsonl');

describe('a run that is stopped', () => {
  it('keeps what finished, and the next one goes on from there to the same result', async () => {
    const whole = await runTiny({ workFolder, size: 'short' });
    const elsewhere = join(workFolder, 'elsewhere');
    const stop = new AbortController();
    const error = await failureOf(
      runTiny({
        workFolder: elsewhere,
        size: 'short',
        signal: stop.signal,
        onEvent: ({ kind }) => {
          if (kind === 'unit-finished') stop.abort();
        },
      }),
    );
    expect(error).toBeInstanceOf(LabError);
    expect(error).toMatchObject({ code: 'stopped' });
    const events: RunEvent[] = [];
    const resumed = await runTiny({
      workFolder: elsewhere,
      size: 'short',
      onEvent: (event) => events.push(event),
    });
    expect(events[0]).not.toMatchObject({ finished: 0 });
    expect(measured(resumed.result)).toEqual(measured(whole.result));
  });

  it('before it began has run nothing', async () => {
    const error = await failureOf(runTiny({ workFolder, signal: AbortSignal.abort() }));
    expect(error).toMatchObject({
      code: 'stopped',
      message: expect.stringContaining('0 of 4 runs are kept'),
    });
  });

  it('by a kill that nobody can catch goes on all the same, and its lock is free', async () => {
    const child = spawn(
      process.execPath,
      [
        '--conditions=@offprint/source',
        join(import.meta.dirname, '..', 'testing', 'tiny-process.ts'),
        workFolder,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    const second = failureOf(runTiny({ workFolder, size: 'short' }));
    expect(await second).toMatchObject({ code: 'already-running' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const events: RunEvent[] = [];
    const resumed = await runTiny({ workFolder, size: 'short', onEvent: (event) => events.push(event) });
    expect(events[0]).toMatchObject({ units: 6, finished: 2 });
    const unbroken = await runTiny({ workFolder: join(workFolder, 'unbroken'), size: 'short' });
    expect(measured(resumed.result)).toEqual(measured(unbroken.result));
  });

  it('goes on after a torn last line and a damaged one', async () => {
    const whole = await runTiny({ workFolder });
    const lines = (await readFile(unitsFile('smoke'), 'utf8')).trimEnd().split('\n');
    const [first = '', second = '', third = '', fourth = ''] = lines;
    // One digit of a number changed, another line cut off as a crash leaves it.
    const changed = second.replace(/(\d)(?=[^\d]*$)/, (digit) => String((Number(digit) + 1) % 10));
    await writeFile(unitsFile('smoke'), `${first}\n${changed}\nnonsense\n${third}\n${fourth.slice(0, 40)}`);
    const events: RunEvent[] = [];
    const resumed = await runTiny({ workFolder, onEvent: (event) => events.push(event) });
    expect(events[0]).toMatchObject({ finished: 2 });
    expect(measured(resumed.result)).toEqual(measured(whole.result));
    expect((await readFile(unitsFile('smoke'), 'utf8')).trimEnd().split('\n')).toHaveLength(4);
  });
});
