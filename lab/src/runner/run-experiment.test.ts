import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

describe('a run', () => {
  it('is every arm under every seed, in the order of the plan, with its decision', async () => {
    const { result, asPlanned } = await runTiny({ workFolder });
    expect(result.runs.map(({ arm, seed }) => [arm, seed])).toEqual([
      ['up', 1],
      ['up', 2],
      ['still', 1],
      ['still', 2],
    ]);
    expect(asPlanned).toBe(true);
    expect(result.decision).toMatchObject({ verdict: 'confirmed', sentence: '2 of 2 ended above 0.' });
    expect(result.runs[0]?.metrics.curves).toBe(27);
    expect(result.series.map(({ x }) => x.length)).toEqual([200, 200, 200, 200]);
    expect([result.series[0]?.x[0], result.series[0]?.x.at(-1)]).toEqual([1, 300]);
    expect(result).toMatchObject({
      id: '00-tiny',
      size: 'smoke',
      code: tinyCode.code,
      machine: { device: 'wasm' },
    });
    expect(result.wallSeconds).toBeGreaterThan(0);
  });

  it('gives the same numbers to the last bit however many threads it has', async () => {
    const alone = await runTiny({ workFolder, parallel: 1 });
    const together = await runTiny({ workFolder, parallel: 4, again: true });
    expect(measured(together.result)).toEqual(measured(alone.result));
  });

  it('tells how far it is, up to the end', async () => {
    const events: RunEvent[] = [];
    await runTiny({ workFolder, onEvent: (event) => events.push(event) });
    expect(events[0]).toEqual({ kind: 'planned', units: 4, finished: 0, parallel: 2 });
    const shares = events.flatMap((event) => ('whole' in event ? [event.whole.share] : []));
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(events.filter(({ kind }) => kind === 'unit-finished')).toHaveLength(4);
    const points = events.filter(
      (event) => event.kind === 'point' && event.unit.arm === 'up' && event.unit.seed === 1,
    );
    expect(points).toHaveLength(300);
  });

  it('with other seeds is another run, and not as planned', async () => {
    const { result, asPlanned, folder } = await runTiny({ workFolder, seeds: 1 });
    expect(result.runs).toHaveLength(2);
    expect(asPlanned).toBe(false);
    expect(folder).not.toBe((await runTiny({ workFolder })).folder);
  });

  it('of other code begins anew', async () => {
    const first = await runTiny({ workFolder });
    const events: RunEvent[] = [];
    const second = await runTiny({
      workFolder,
      code: { ...tinyCode, code: 'cd'.repeat(32) },
      onEvent: (event) => events.push(event),
    });
    expect(events[0]).toMatchObject({ finished: 0 });
    expect(second.folder).not.toBe(first.folder);
  });
});

describe('an arm that misbehaves', () => {
  it('is named with its seed and what it threw; the others finish and are kept', async () => {
    const failed: string[] = [];
    const error = await failureOf(
      runTiny({
        workFolder,
        size: 'full',
        onEvent: (event) => {
          if (event.kind === 'unit-failed')
            failed.push(`${event.unit.arm} ${event.unit.seed}: ${event.message}`);
        },
      }),
    );
    expect(error).toMatchObject({ code: 'run-failed' });
    expect(String(error)).toMatch(/arm "\w+" failed under seed 1 \(and 9 more\).*4 of 14 runs are kept/);
    expect(failed.sort()).toEqual([
      'back 1: RangeError: The x of the series "place" must not fall: it went to 0.',
      'back 2: RangeError: The x of the series "place" must not fall: it went to 0.',
      'dies 1: The thread has ended.',
      'dies 2: The thread has ended.',
      'throws 1: Error: This arm always breaks.',
      'throws 2: Error: This arm always breaks.',
      'undeclared 1: LabError: 00-tiny opens the data set support without declaring it in "data".',
      'undeclared 2: LabError: 00-tiny opens the data set support without declaring it in "data".',
      'words 1: TypeError: The metric "place" is not a number.',
      'words 2: TypeError: The metric "place" is not a number.',
    ]);
    const kept = await readFile(unitsFile('full'), 'utf8');
    expect(kept.trim().split('\n')).toHaveLength(4);
    // An arm that diverges has finished.
    expect(kept).toContain('NaN');
  });

  it('or an experiment that cannot be loaded is a sentence', async () => {
    const code = { ...tinyCode, module: new URL('./no-such-experiment.ts', import.meta.url).href };
    await expect(runTiny({ workFolder, code })).rejects.toThrow(/cannot be loaded/);
  });
});

describe('two runs of one experiment at one size', () => {
  it('are one: the second is refused in a sentence, and runs when the first is over', async () => {
    const first = runTiny({ workFolder, size: 'short' });
    const second = await failureOf(runTiny({ workFolder, size: 'short' }));
    expect(second).toMatchObject({ code: 'already-running' });
    expect(String(second)).toMatch(/00-tiny \(short\) is being run already.*\.$/);
    await first;
    expect((await runTiny({ workFolder, size: 'short' })).result.runs).toHaveLength(6);
  });
});

describe('a work folder that cannot be written', () => {
  it('is a sentence that says what to do', async () => {
    const file = join(workFolder, 'file');
    await appendFile(file, 'in the way');
    const error = await failureOf(runTiny({ workFolder: file }));
    expect(error).toMatchObject({ code: 'unwritable' });
    expect(String(error)).toMatch(/set OFFPRINT_DATA/);
  });
});
