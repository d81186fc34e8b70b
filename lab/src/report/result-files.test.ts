import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runTiny } from '../testing/run-tiny.ts';
import { claim, experiment } from '../testing/tiny-experiment.ts';
import { readResult, writeRun } from './result-files.ts';
import { parseResult, renderResult, resultsOf, type StoredResult } from './stored-result.ts';

let folder: string;
let result: StoredResult;
beforeAll(async () => {
  const workFolder = await mkdtemp(join(tmpdir(), 'offprint-results-'));
  result = (await runTiny({ workFolder })).result;
  await rm(workFolder, { recursive: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-results-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (changes: Partial<Parameters<typeof writeRun>[0]> = {}) =>
  writeRun({
    folder: join(folder, 'run'),
    claim,
    result,
    plots: experiment.plots(resultsOf(result)),
    asPlanned: true,
    fullResultFile: join(folder, 'full', 'result.json'),
    ...changes,
  });

describe('what a run leaves behind', () => {
  it('is its result, a report and its plots', async () => {
    const written = await write();
    expect((await readdir(join(folder, 'run'))).sort()).toEqual(['plot-1.svg', 'report.md', 'result.json']);
    expect(parseResult(await readFile(join(folder, 'run', 'result.json'), 'utf8'))).toEqual(result);
    expect(await readFile(join(folder, 'run', 'plot-1.svg'), 'utf8')).toMatch(/^<(\?xml|svg)/);
    const report = await readFile(written.report, 'utf8');
    for (const words of [
      claim.statement,
      claim.rule.confirmed,
      claim.rule.refuted,
      claim.scale,
      'plot-1.svg',
    ])
      expect(report).toContain(words);
    expect(report).toContain('confirmed at size smoke');
  });

  it('is a verdict only after a full run as planned', async () => {
    expect((await write()).result).toBeUndefined();
    const full: StoredResult = { ...result, size: 'full' };
    expect((await write({ result: full, asPlanned: false })).result).toBeUndefined();
    expect(await readdir(folder)).not.toContain('full');
    const { result: file } = await write({ result: full });
    expect(await readFile(file ?? '', 'utf8')).toBe(renderResult(full));
  });

  it('is not half-written where it cannot be', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(write({ folder: join(folder, 'file') })).rejects.toMatchObject({ code: 'unwritable' });
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('');
  });
});

describe('the result of an experiment that never ran in full', () => {
  it('is none', async () => expect(await readResult('00-none')).toBeUndefined());
});
