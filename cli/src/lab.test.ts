// What the lab's commands promise, tried as processes on a data folder of their own. Without an experiment to run they
// still list and refuse; the runs themselves are tested in `lab/src/runner`.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { experiments } from '@offprint/lab/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offprint } from './testing/offprint-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-lab-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (...args: string[]) => offprint(['lab', ...args], { OFFPRINT_DATA: join(folder, 'data') });
const run = (...args: string[]) => start(...args).finished;

const first = experiments[0];
const untried = Array.from({ length: 39 }, (_, i) => i + 1).find(
  (number) => !experiments.some(({ claim }) => claim.paper.number === number),
);

describe('lab list', () => {
  it('has the 39 papers of the starter catalogue in its order, each with how it stands', async () => {
    const { code, stdout } = await run('list', '--json');
    expect(code).toBe(0);
    const papers = stdout
      .trim()
      .split('\n')
      .map((line): { number: number; id: string; standing: string } => JSON.parse(line));
    expect(papers.slice(0, 39).map(({ number }) => number)).toEqual(
      Array.from({ length: 39 }, (_, i) => i + 1),
    );
    expect(papers[27]?.id).toBe('2408.11029');
    for (const { standing } of papers)
      expect(standing).toMatch(/^(not tried yet|not run at full size yet|confirmed|refuted|undecided)$/);
    const people = await run('list');
    expect(people.stdout.trim().split('\n')).toHaveLength(papers.length);
    expect(people.stdout).toMatch(/^ {2}1 {2}/);
  });

  it('needs no database and leaves nothing behind', async () => {
    await run('list');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a paper that the lab does not have', () => {
  it.each(['99', '0', '-1', 'nonsense', '1234.56789', '2408.11029v9x'])(
    'such as %s is one sentence and exit code 1',
    async (paper) => {
      const { code, stdout, stderr } = await run('run', '--', paper);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^There is no paper .*"offprint lab list" shows those that there are\.\n$/);
    },
  );

  it.skipIf(untried === undefined)('yet is said to be not tried', async () => {
    const { code, stderr } = await run('run', String(untried));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Paper \d+ \(.*\) has not been tried yet.*\.\n$/);
  });
});

describe('options that make no sense', () => {
  it.each([
    [['run', '20', '--smoke', '--full']],
    [['run', '20', '--seeds', '0']],
    [['run', '20', '--parallel', 'many']],
    [['run']],
    [['open']],
  ])('%j are refused', async (args) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: /);
  });
});

describe.skipIf(first === undefined)('an experiment that there is', () => {
  it('is shown by number and by any spelling of its arXiv id, with claim, rule and place', async () => {
    const { number, id } = first?.claim.paper ?? { number: 0, id: '' };
    const shown = await run('show', String(number));
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/Claim: [\s\S]*Confirmed: [\s\S]*Refuted: [\s\S]*lab\/src\/experiments\//);
    expect((await run('show', `https://arxiv.org/abs/${id}v1`)).stdout).toBe(shown.stdout);
    expect(JSON.parse((await run('show', id, '--json')).stdout)).toMatchObject({ paper: { number } });
  });

  it('is stopped by Ctrl-C with a sentence on how to go on, and exit code 130', async () => {
    const { child, finished, output } = start('run', String(first?.claim.paper.number), '--parallel', '1');
    await expect.poll(output).toMatch(/left|run "npm run build"|is not here|has changed/);
    child.kill('SIGINT');
    const { code, stderr } = await finished;
    // Where the build is older than the sources or data are missing, there was nothing to stop.
    if (/run "npm run build"|is not here/.test(stderr)) return;
    expect(code).toBe(130);
    expect(stderr).toMatch(/\d+ of \d+ runs are kept, and the same command goes on from there\.\n$/);
  });
});
