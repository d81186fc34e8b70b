import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { claim } from '../template/00-momentum/claim.ts';
import { experiment } from '../template/00-momentum/experiment.ts';
import { page } from '../template/00-momentum/page.ts';
import { runTried } from './run-tried.ts';

it('refuses an experiment that was copied and still has the id of another folder, and writes nothing', async () => {
  const workFolder = await mkdtemp(join(tmpdir(), 'offprint-tried-'));
  const copied = {
    id: '05-copied',
    claim,
    loadExperiment: () => Promise.resolve(experiment),
    loadPage: () => Promise.resolve(page),
  };
  await expect(runTried(copied, { size: 'smoke', workFolder })).rejects.toThrow(
    'The experiment in lab/src/experiments/05-copied calls itself 00-momentum: its id is the name of its folder.',
  );
  expect(await readdir(workFolder)).toEqual([]);
  await rm(workFolder, { recursive: true });
});
