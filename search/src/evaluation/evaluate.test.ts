import { describe, expect, it } from 'vitest';
import { type Collection, type Corpus, noQueries } from './collection.ts';
import { evaluate } from './evaluate.ts';
import { worstLosers } from './losers.ts';
import { renderEvaluation, renderLosers } from './render.ts';
import type { Run, ScoredDocument } from './run.ts';
import type { System } from './system.ts';
import { bruteBm25 } from './testing/brute-bm25.ts';

const letters = ['a', 'b', 'c', 'd', 'e', 'f'];

/** One document a letter; each question is a letter and its document is the answer. */
function alphabet(name: string): Collection {
  return {
    name,
    documents: letters.map((letter) => ({ id: letter, title: '', text: letter })),
    training: noQueries,
    test: {
      queries: [...letters, 'unanswerable'].map((letter) => ({ id: `q-${letter}`, text: letter })),
      judgements: new Map([
        ...letters.map((letter): [string, Map<string, number>] => [`q-${letter}`, new Map([[letter, 1]])]),
        ['q-unanswerable', new Map([['a', 0]])],
      ]),
    },
  };
}

/** Ranks the right document at the rank given for its letter, among others; 0 leaves it out. */
function placing(name: string, rankOf: (letter: string) => number): System {
  return {
    name,
    version: '1',
    prepare: () => ({
      search: (letter) => {
        const others = letters.filter((other) => other !== letter);
        const order = [...others];
        if (rankOf(letter) > 0) order.splice(rankOf(letter) - 1, 0, letter);
        return order.map((id, place): ScoredDocument => [id, 1 - place / 10]);
      },
    }),
  };
}

const perfect = placing('perfect', () => 1);
const second = placing('second', () => 2);
const fast = { resamples: 200, permutations: 200 };

describe('an evaluation', () => {
  it('measures every system on every question that has an answer, by hand-counted values', async () => {
    const { collections, failures } = await evaluate([alphabet('letters')], [perfect, second], fast);
    expect(failures).toEqual([]);
    const [letterResult] = collections;
    expect(letterResult).toMatchObject({ documents: 6, queries: 6, unanswerable: 1 });
    const [first, other] = letterResult?.systems ?? [];
    expect(first?.means).toEqual({ 'nDCG@10': 1, 'MRR@10': 1, MRR: 1, 'Recall@100': 1, MAP: 1 });
    expect(other?.means['nDCG@10']).toBeCloseTo(1 / Math.log2(3), 14);
    expect(other?.means).toMatchObject({ MRR: 0.5, 'Recall@100': 1, MAP: 0.5 });
  });

  it('compares with the baseline question by question: exact p, point interval, Holm over collections', async () => {
    const { collections } = await evaluate([alphabet('one'), alphabet('two')], [perfect, second], fast);
    for (const collection of collections) {
      expect(collection.systems[0]?.versusBaseline).toBeNull();
      expect(collection.systems[1]?.versusBaseline?.MRR).toEqual({
        difference: -0.5,
        low: -0.5,
        high: -0.5,
        p: 2 / 64,
        pHolm: 4 / 64,
      });
    }
  });

  it('never shows a system the test questions', async () => {
    let seen: Corpus | undefined;
    const spy: System = {
      ...perfect,
      prepare: (corpus, progress) => {
        seen = corpus;
        return perfect.prepare(corpus, progress);
      },
    };
    await evaluate([alphabet('letters')], [spy], fast);
    expect(Object.keys(seen ?? {}).sort()).toEqual(['documents', 'name', 'training']);
  });

  it('goes on when a collection cannot be read, a system fails, or ranks a document twice', async () => {
    const broken = { name: 'broken', read: () => Promise.reject(new Error('There is no such folder.')) };
    const failing: System = {
      name: 'failing',
      version: '1',
      prepare: () => Promise.reject(new Error('No model.')),
    };
    const twice: System = {
      name: 'twice',
      version: '1',
      prepare: () => ({
        search: () => [
          ['a', 1],
          ['a', 2],
        ],
      }),
    };
    const { collections, failures } = await evaluate(
      [broken, alphabet('letters')],
      [failing, perfect, twice],
      { ...fast, baseline: 'failing' },
    );
    expect(failures).toEqual([
      { collection: 'broken', system: null, message: 'There is no such folder.' },
      { collection: 'letters', system: 'failing', message: 'No model.' },
      { collection: 'letters', system: 'twice', message: 'The document "a" is in one ranking twice.' },
    ]);
    expect(collections[0]?.systems.map((system) => system.name)).toEqual(['perfect']);
    expect(collections[0]?.systems[0]?.versusBaseline).toBeNull();
  });

  it('settles equal scores by id, so that the order a system returns them in changes nothing', async () => {
    const tied = (name: string, order: (ids: string[]) => string[]): System => ({
      name,
      version: '1',
      prepare: () => ({ search: () => order([...letters]).map((id): ScoredDocument => [id, 1]) }),
    });
    const systems = [tied('up', (ids) => ids), tied('down', (ids) => ids.reverse())];
    const [result] = (await evaluate([alphabet('letters')], systems, fast)).collections;
    expect(result?.systems[1]?.queries).toEqual(result?.systems[0]?.queries);
  });

  it('closes what it prepared, hands out every run, and tells how far it is', async () => {
    let closed = 0;
    const closing: System = {
      name: 'closing',
      version: '1',
      prepare: () => ({
        search: () => {
          throw new Error('Lost.');
        },
        close: () => {
          closed++;
        },
      }),
    };
    const runs: [string, string, Run][] = [];
    const steps: string[] = [];
    await evaluate([alphabet('letters')], [perfect, closing], {
      ...fast,
      depth: 2,
      onRun: (...run) => void runs.push(run),
      onProgress: ({ system, phase, done, total }) => steps.push(`${system} ${phase} ${done}/${total}`),
    });
    expect(closed).toBe(1);
    expect(runs.map(([collection, system, run]) => [collection, system, run.size])).toEqual([
      ['letters', 'perfect', 6],
    ]);
    expect(runs[0]?.[2].get('q-b')).toEqual([
      ['b', 1],
      ['a', 0.9],
    ]);
    expect(steps.at(-1)).toBe('perfect search 6/6');
  });

  it('is the same again under one seed, and is its own JSON form', async () => {
    const noisy = placing('noisy', (letter) => (letter < 'd' ? 1 : 3));
    const run = () => evaluate([alphabet('letters')], [second, noisy], { ...fast, versions: { node: '26' } });
    const evaluation = await run();
    expect(await run()).toEqual(evaluation);
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
    expect(evaluation).toMatchObject({ format: 1, seed: 1, baseline: 'second', versions: { node: '26' } });
  });

  it('refuses no system, two of one name, and a baseline that is not there', async () => {
    await expect(evaluate([alphabet('x')], [])).rejects.toThrow('There is no system to evaluate.');
    await expect(evaluate([alphabet('x')], [second, second])).rejects.toThrow(
      'Two systems are named "second".',
    );
    await expect(evaluate([alphabet('x'), alphabet('x')], [second])).rejects.toThrow(
      'Two collections are named',
    );
    await expect(evaluate([alphabet('x')], [second], { baseline: 'y' })).rejects.toThrow(
      'The baseline "y" is not',
    );
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const stopping: System = {
      ...perfect,
      prepare: () => {
        controller.abort(new Error('Enough.'));
        return perfect.prepare(alphabet('x'), () => {});
      },
    };
    await expect(evaluate([alphabet('x')], [stopping], { signal: controller.signal })).rejects.toThrow(
      'Enough.',
    );
  });

  it('finds what brute-force BM25 finds', async () => {
    const [result] = (await evaluate([alphabet('letters')], [bruteBm25()], fast)).collections;
    expect(result?.systems[0]?.means['nDCG@10']).toBe(1);
  });
});

describe('an evaluation for people', () => {
  const mixed = placing('mixed', (letter) => ({ a: 4, b: 0, c: 1 })[letter] ?? 2);

  it('lists the worst losses first with both rankings', async () => {
    const { collections } = await evaluate([alphabet('letters')], [second, mixed], fast);
    const [result] = collections;
    const lost = result === undefined ? [] : worstLosers(result, 'second', 'mixed', 5);
    expect(lost.map(({ system }) => system.id)).toEqual(['q-b', 'q-a']);
    expect(lost[0]?.difference).toBeCloseTo(-1 / Math.log2(3), 14);
    expect(lost[0]?.baseline.top.slice(0, 2)).toEqual(['a', 'b']);
  });

  it('is a table with differences, marks, a legend and what failed', async () => {
    const broken = { name: 'broken', read: () => Promise.reject(new Error('There is no such folder.')) };
    const evaluation = await evaluate([alphabet('letters'), broken], [perfect, second], fast);
    const text = renderEvaluation(evaluation);
    expect(text).toContain('letters: 6 documents, 6 questions, 1 without a relevant document left out');
    expect(text).toMatch(/perfect\s+1\.0000\s+1\.0000/);
    expect(text).toContain('-0.500 [-0.500, -0.500]*');
    expect(text).toContain('95 % bootstrap intervals');
    expect(text).toContain('Not evaluated:\n  broken: There is no such folder.');
    expect(
      new Set(
        text
          .split('\n')
          .slice(1, 4)
          .map((line) => line.length),
      ).size,
    ).toBeLessThanOrEqual(2);
  });

  it('shows lost questions on one line each, whatever control characters they hold', async () => {
    const evaluation = await evaluate([alphabet('letters')], [second, mixed], fast);
    const escaped = {
      ...evaluation,
      collections: evaluation.collections.map((result) => ({
        ...result,
        systems: result.systems.map((system) => ({
          ...system,
          queries: system.queries.map((query) => ({ ...query, text: `\u001b[2J${'long\n'.repeat(100)}` })),
        })),
      })),
    };
    const text = renderLosers(escaped, 1);
    expect(text).toContain('letters: where mixed loses most against second (nDCG@10)');
    expect(text).toContain('q-b  0.631 → 0.000');
    expect(text).toContain('mixed: a, c, d');
    expect(text).not.toContain('\u001b');
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(130);
  });
});
