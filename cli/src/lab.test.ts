// What the lab's commands promise, tried as processes on a data folder of their own. Without an experiment to run they
// still list and refuse; the runs themselves are tested in `lab/src/runner`.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WordTable } from '@offprint/lab';
import { experiments } from '@offprint/lab/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitTable } from './lab/fit-table.ts';
import { findLabPaper, findTried } from './lab/starter-papers.ts';
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
  });

  it('for people has a line each, needs no database and leaves nothing behind', async () => {
    const { stdout } = await run('list');
    expect(stdout.trimEnd().split('\n').length).toBeGreaterThanOrEqual(39);
    expect(stdout).toMatch(/^ {2}1 {2}/);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a paper that the lab does not have', () => {
  it('is one sentence and exit code 1', async () => {
    const { code, stdout, stderr } = await run('run', '99');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^There is no paper 99 .*"offprint lab list" shows those that there are\.\n$/);
  });

  it.each(['0', '-1', '007', '1e1', 'nonsense', '1234.56789', ''])(
    'such as %j is not found',
    async (words) => {
      await expect(findLabPaper(words)).rejects.toMatchObject({ code: 'not-found' });
    },
  );

  it.skipIf(untried === undefined)('yet is said to be not tried', () =>
    expect(findTried(String(untried))).rejects.toThrow(/^Paper \d+ \(.*\) has not been tried yet.*\.$/),
  );

  it('is none of those that can be written in many ways', async () => {
    for (const words of [
      '28',
      '028',
      '2408.11029',
      '2408.11029v2',
      'arXiv:2408.11029',
      'https://arxiv.org/abs/2408.11029v1',
    ])
      expect(await findLabPaper(words)).toMatchObject({ number: 28, id: '2408.11029' });
  });
});

describe('a table', () => {
  const table: WordTable = {
    head: ['measured', 'estimate', 'holds'],
    rows: [
      ['a long name of what was measured', '−0.35 points', 'no'],
      ['short', '1', ''],
    ],
  };

  it('is one where it fits', () => expect(fitTable(table, 80).split('\n')).toHaveLength(4));

  it('is a paragraph a row on a narrow terminal, and no line longer than that', () => {
    const lines = fitTable(table, 30).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
    expect(lines.join(' ').replace(/\s+/g, ' ')).toBe(
      'a long name of what was measured estimate: −0.35 points; holds: no short estimate: 1',
    );
  });
});

describe('options that make no sense', () => {
  it('are refused', async () => {
    for (const args of [
      ['run', '20', '--smoke', '--full'],
      ['run', '20', '--seeds', '0'],
    ]) {
      const { code, stderr } = await run(...args);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^error: /);
    }
  });
});

describe.skipIf(first === undefined)('an experiment that there is', () => {
  it('is shown by number and by any spelling of its arXiv id, with claim, rule and place', async () => {
    const { number, id } = first?.claim.paper ?? { number: 0, id: '' };
    const shown = await run('show', String(number));
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/Claim: [\s\S]*Confirmed: [\s\S]*Refuted: [\s\S]*lab\/src\/experiments\//);
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
