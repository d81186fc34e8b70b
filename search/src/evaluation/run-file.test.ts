import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ranked, type ScoredDocument } from './run.ts';
import { readRun, writeRun } from './run-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-run-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function throughFile(text: string) {
  const path = join(folder, 'run.trec');
  await writeFile(path, text);
  return readRun(path);
}

describe('a ranking', () => {
  it('puts equal scores in the order of ids, however it was given', () => {
    const expected = [
      ['a', 2],
      ['b', 1],
      ['c', 1],
    ];
    expect(
      ranked(
        [
          ['c', 1],
          ['a', 2],
          ['b', 1],
        ],
        10,
      ),
    ).toEqual(expected);
    expect(
      ranked(
        [
          ['b', 1],
          ['c', 1],
          ['a', 2],
        ],
        2,
      ),
    ).toEqual(expected.slice(0, 2));
  });

  it('refuses a document twice and a score that is not finite', () => {
    expect(() =>
      ranked(
        [
          ['a', 1],
          ['a', 1],
        ],
        10,
      ),
    ).toThrow('The document "a" is in one ranking twice.');
    expect(() => ranked([['a', Number.NaN]], 10)).toThrow('The score of "a" is not a finite number.');
  });
});

describe('a run file', () => {
  it('has the six columns of TREC', () => {
    const run = new Map<string, ScoredDocument[]>([
      [
        'q1',
        [
          ['d1', 2.5],
          ['d2', 1.25],
        ],
      ],
    ]);
    expect(writeRun(run, 'bm25')).toBe('q1 Q0 d1 1 2.5 bm25\nq1 Q0 d2 2 1.25 bm25\n');
  });

  it('comes back in the same order with scores in single precision', async () => {
    const id = fc.stringMatching(/^[!-~]{1,8}$/);
    const results = fc.uniqueArray(fc.tuple(id, fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
      selector: ([name]) => name,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(results, async (list) => {
        const order = ranked(list, list.length);
        const { run, name } = await throughFile(writeRun(new Map([['q', list]]), 'sys'));
        const back = run.get('q') ?? [];
        expect(back.map(([document]) => document)).toEqual(order.map(([document]) => document));
        for (const [i, [, score]] of back.entries()) {
          const given = order[i]?.[1] ?? Number.NaN;
          expect(Math.abs(score - given)).toBeLessThanOrEqual(Math.abs(given) * 2e-6 + 1e-40);
        }
        if (list.length > 0) expect(name).toBe('sys');
      }),
      { numRuns: 60 },
    );
  });

  it('never writes two equal scores for one query, which trec_eval would order differently', () => {
    const tied = Array.from({ length: 50 }, (_, i): ScoredDocument => [`d${i}`, i < 25 ? 1e-3 : 0]);
    const scores = writeRun(new Map([['q', tied]]), 's')
      .trim()
      .split('\n')
      .map((line) => Math.fround(Number(line.split(' ')[4])));
    for (const [i, score] of scores.entries()) if (i > 0) expect(score).toBeLessThan(scores[i - 1] ?? 0);
  });

  it('is ordered by score whatever its rank column says', async () => {
    const { run } = await throughFile('q1 Q0 low 1 0.5 x\nq1\tQ0\thigh\t2\t7e-1\tx\n');
    expect(run.get('q1')).toEqual([
      ['high', 0.7],
      ['low', 0.5],
    ]);
  });

  it('is refused with its line when it is broken, and not written with what would break it', async () => {
    await expect(throughFile('q1 Q0 d1 1 0.5\n')).rejects.toThrow('line 1: a line of a run has six columns.');
    await expect(throughFile('q1 Q0 d1 1 high x\n')).rejects.toThrow(
      'line 1: the score "high" is not a number.',
    );
    expect(() => writeRun(new Map([['q 1', [['d', 1]]]]), 's')).toThrow('it must be one word');
    expect(() => writeRun(new Map([['q', [['', 1]]]]), 's')).toThrow('it must be one word');
  });
});
