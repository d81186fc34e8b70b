import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchDocument } from '../document.ts';
import { noFilter, type Query } from '../query/query.ts';
import { documentWith, query, someId } from '../testing/arbitraries.ts';
import { BruteForce } from '../testing/brute-force.ts';
import { clauseOf, paper, seeded, wordsOf, zipfPapers, zipfWord } from '../testing/papers.ts';
import { plainAnalyser } from '../testing/plain-analyser.ts';
import { standardScoring } from './scoring.ts';
import { SearchIndex } from './search-index.ts';

const scoring = { ...standardScoring, titleWeight: 1.7 };
const step = fc.record({
  put: fc.array(documentWith(someId), { maxLength: 25 }),
  remove: fc.array(someId, { maxLength: 6 }),
  compact: fc.boolean(),
});
const history = fc.array(step, { minLength: 1, maxLength: 7 });

/** Lives through a history, beside a plain map of what should be there. */
function live(steps: readonly { put: SearchDocument[]; remove: string[]; compact: boolean }[]) {
  const index = SearchIndex.create({ analyser: plainAnalyser, scoring });
  const current = new Map<string, SearchDocument>();
  for (const { put, remove, compact } of steps) {
    index.put(put);
    for (const document of put) current.set(document.id, document);
    index.remove(remove);
    for (const id of remove) current.delete(id);
    if (compact) index.compact();
  }
  return { index, documents: [...current.values()] };
}

function expectSame(
  index: SearchIndex,
  asked: Query,
  limit: number,
  expected: { id: string; score: number }[],
): void {
  const { hits, matched } = index.search(asked, { limit });
  expect(hits.map(({ id }) => id)).toEqual(expected.slice(0, limit).map(({ id }) => id));
  hits.forEach(({ score }, i) => {
    expect(Math.abs(score - (expected[i]?.score ?? 0))).toBeLessThanOrEqual(1e-9 * score);
  });
  expect(matched.exact ? matched.count : expected.length).toBe(expected.length);
  expect(matched.count).toBeLessThanOrEqual(expected.length);
}

const idsOf = (index: SearchIndex, asked: Query): string[] =>
  index.search(asked, { limit: 100 }).hits.map(({ id }) => id);

const members = (index: SearchIndex, set: { has(ordinal: number): boolean }): string[] =>
  Array.from({ length: index.ordinalLimit }, (_, ordinal) => ordinal)
    .filter((ordinal) => set.has(ordinal))
    .map((ordinal) => index.idOf(ordinal))
    .sort();

describe('an index against a scorer without one', () => {
  it('finds the same papers, scores and order after any history of puts, removals and merges', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(query, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (steps, queries, limit) => {
          const { index, documents } = live([...steps, { put: [], remove: [], compact: true }]);
          expect(index.size).toBe(documents.length);
          const brute = new BruteForce(plainAnalyser, scoring, documents);
          for (const asked of queries) expectSame(index, asked, limit, brute.search(documents, asked));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('at any moment between merges ranks as if every paper had been scored', () => {
    fc.assert(
      fc.property(history, query, fc.integer({ min: 1, max: 12 }), (steps, asked, limit) => {
        const { index, documents } = live(steps.map((one) => ({ ...one, compact: false })));
        const brute = new BruteForce(plainAnalyser, scoring, documents);
        const passing = documents.filter((document) => brute.passes(document, asked));
        const ordinals = Uint32Array.from(passing, ({ id }) => index.ordinalOf(id) ?? -1);
        const scores = index.scoreOf(asked, ordinals);
        const expected = passing
          .map(({ id }, i) => ({ id, score: scores[i] ?? 0 }))
          .filter(({ score }) => score > 0)
          .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
        expectSame(index, asked, limit, expected);
        expect(members(index, index.matching(asked))).toEqual(expected.map(({ id }) => id).sort());
        const accepted = index.accept(asked);
        if (accepted !== undefined)
          expect(members(index, accepted)).toEqual(passing.map(({ id }) => id).sort());
        const all = passing.filter((document) => asked.words.every((word) => brute.stands(document, word)));
        expect(members(index, index.containsAll(asked))).toEqual(all.map(({ id }) => id).sort());
        for (const { id, score } of expected) {
          const explained = index.explain(asked, index.ordinalOf(id) ?? -1);
          expect(explained.score).toBe(score);
          expect(explained.terms.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(score);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('prunes nothing that belongs among the best of many blocks and windows', () => {
    const random = seeded(7);
    const documents = zipfPapers(9000, random);
    const index = SearchIndex.create({ analyser: plainAnalyser });
    index.put(documents.slice(0, 8500));
    index.put(documents.slice(8500));
    const brute = new BruteForce(plainAnalyser, standardScoring, documents);
    for (let round = 0; round < 25; round += 1) {
      const words = wordsOf(...Array.from({ length: 1 + (round % 7) }, () => zipfWord(random)));
      const phrase = clauseOf(`${zipfWord(random)} ${zipfWord(random)}`, 'text');
      const narrowed = { ...words, filter: { ...noFilter, hasCode: true } };
      const asked =
        round % 5 === 4 ? narrowed : round % 5 === 3 ? { ...words, words: [...words.words, phrase] } : words;
      expectSame(index, asked, 10, brute.search(documents, asked));
    }
  });
});

describe('an index', () => {
  const create = (...papers: SearchDocument[]): SearchIndex => {
    const index = SearchIndex.create({ analyser: plainAnalyser });
    index.put(papers);
    return index;
  };

  it('finds a paper in the next search after its put', () => {
    const index = SearchIndex.create({ analyser: plainAnalyser });
    expect(index.put([paper('a', { title: 'Retention' })])).toEqual({ added: 1, updated: 0, unchanged: 0 });
    expect(idsOf(index, wordsOf('retention'))).toEqual(['a']);
  });

  it('keeps the ordinal of a paper through updates, removal, return and merges', () => {
    const index = create(paper('a'), paper('b'), paper('c'));
    index.put([paper('b', { title: 'Other' })]);
    index.remove(['b']);
    index.put([paper('d')]);
    index.compact();
    index.put([paper('b')]);
    expect(['a', 'b', 'c', 'd'].map((id) => index.ordinalOf(id))).toEqual([0, 1, 2, 3]);
  });

  it('changes votes without touching the text, and says what was unchanged', () => {
    const index = create(paper('a'), paper('b'));
    const before = index.statistics();
    const result = index.put([paper('a', { votes: 5 }), paper('b'), paper('c')]);
    expect(result).toEqual({ added: 1, updated: 1, unchanged: 1 });
    expect(index.columnsOf(0).votes).toBe(5);
    expect(index.statistics().removed).toBe(before.removed);
  });

  it('takes the last of two papers with one id', () => {
    const index = create(paper('a', { title: 'first' }), paper('a', { title: 'second' }));
    expect(idsOf(index, wordsOf('first'))).toEqual([]);
    expect(idsOf(index, wordsOf('second'))).toEqual(['a']);
  });

  it('refuses an empty id, a date that is none and votes below zero, and stays as it was', () => {
    const index = create(paper('a'));
    for (const bad of [paper(''), paper('\ud800'), paper('x', { date: 'June' }), paper('x', { votes: -1 })]) {
      expect(() => index.put([paper('b'), bad])).toThrow(expect.objectContaining({ code: 'bad-input' }));
    }
    expect(index.size).toBe(1);
  });

  it('stays as it was when the analyser fails', () => {
    const failing = {
      ...plainAnalyser,
      eachToken: () => {
        throw new Error('no');
      },
    };
    const index = SearchIndex.create({ analyser: failing });
    expect(() => index.put([paper('a')])).toThrow('no');
    expect([index.size, index.ordinalLimit, index.ordinalOf('a')]).toEqual([0, 0, undefined]);
  });

  it('ranks by id where scores are equal, in code unit order', () => {
    const index = create(paper('b'), paper('\u{1f600}'), paper('\uffee'), paper('a'));
    expect(idsOf(index, wordsOf('title'))).toEqual(['a', 'b', '\u{1f600}', '\uffee']);
  });

  it('answers a query of filters alone with the newest first, undated last', () => {
    const index = create(
      paper('a', { date: null }),
      paper('b', { date: '2024-02-02' }),
      paper('c', { date: '2025-02-02' }),
      paper('d', { source: 'there' }),
    );
    const asked = { ...wordsOf(), filter: { ...noFilter, sources: ['here'] } };
    expect(idsOf(index, asked)).toEqual(['c', 'b', 'a']);
  });

  it('sorted by votes asks for all words', () => {
    const index = create(
      paper('a', { title: 'red', votes: 9 }),
      paper('b', { title: 'red green', votes: 1 }),
      paper('c', { title: 'green red', votes: 3 }),
    );
    const { hits, matched } = index.search(wordsOf('red', 'green'), { limit: 10, sort: 'votes' });
    expect(hits.map(({ id }) => id)).toEqual(['c', 'b']);
    expect(matched).toEqual({ count: 2, exact: true });
  });

  it('pages without repeating or leaving out', () => {
    const index = create(
      ...Array.from({ length: 30 }, (_, i) => paper(`p${i}`, { title: 'word '.repeat(1 + (i % 4)) })),
    );
    const whole = index.search(wordsOf('word'), { limit: 30 }).hits;
    const pages = [0, 10, 20].flatMap((offset) => index.search(wordsOf('word'), { limit: 10, offset }).hits);
    expect(pages).toEqual(whole);
  });

  it('finds no phrase across two names or from title to abstract', () => {
    const index = create(
      paper('a', { title: 'deep red', abstract: 'green sea', authors: ['Ann Bee', 'Cee Dee'] }),
    );
    const asked = (text: string) => ({ ...wordsOf(), required: [clauseOf(text)] });
    expect(idsOf(index, asked('ann bee'))).toEqual(['a']);
    expect(idsOf(index, asked('bee cee'))).toEqual([]);
    expect(idsOf(index, asked('red green'))).toEqual([]);
  });

  it('replaces a word that no paper holds by its neighbours, for less, and says so', () => {
    const index = create(paper('a', { title: 'Attention' }), paper('b', { title: 'Retention' }));
    const { hits, replaced } = index.search(wordsOf('attentoin'), { limit: 5 });
    expect(hits.map(({ id }) => id)).toEqual(['a']);
    expect(replaced).toEqual([{ written: 'attentoin', by: ['attention'] }]);
    expect(hits[0]?.score).toBeLessThan(index.search(wordsOf('attention'), { limit: 1 }).hits[0]?.score ?? 0);
  });

  it('suggests the spelling that papers use', () => {
    const index = create(...Array.from({ length: 9 }, (_, i) => paper(`p${i}`, { title: 'Attention' })));
    expect(index.suggest(wordsOf('attenton', 'title'))).toBe('attention title');
    expect(index.suggest(wordsOf('attention'))).toBeUndefined();
  });

  it('completes titles by votes and names by papers', () => {
    const index = create(
      paper('a', { title: 'Retention of words', votes: 1, authors: ['Ada Quill'] }),
      paper('b', { title: 'Retention of waves', votes: 7, authors: ['Ada Quill', 'Bob Quire'] }),
      paper('c', { title: 'Words', abstract: 'retention', authors: ['Eve Wood'] }),
    );
    expect(index.complete('retention w', 5).papers).toEqual(['b', 'a']);
    expect(index.complete('retention ', 5).papers).toEqual(['b', 'a']);
    expect(index.complete('ada qu', 5).authors).toEqual([{ name: 'Ada Quill', papers: 2 }]);
    expect(index.complete('qui', 5).authors).toEqual([
      { name: 'Ada Quill', papers: 2 },
      { name: 'Bob Quire', papers: 1 },
    ]);
    expect(index.complete('', 5)).toEqual({ papers: [], authors: [] });
  });

  it('counts facets over just the papers given', () => {
    const index = create(
      paper('a', { categories: ['cs.LG', 'cs.CL'], hasCode: true }),
      paper('b', { date: '2024-05-05', source: 'there' }),
      paper('c', { date: null }),
    );
    expect(index.facets(Uint32Array.of(0, 1))).toEqual({
      years: [
        { value: '2025', papers: 1 },
        { value: '2024', papers: 1 },
      ],
      categories: [
        { value: 'cs.LG', papers: 2 },
        { value: 'cs.CL', papers: 1 },
      ],
      sources: [
        { value: 'here', papers: 1 },
        { value: 'there', papers: 1 },
      ],
      withCode: 1,
    });
  });

  it('answers ten thousand words, a document of a hundred thousand, and odd text', () => {
    const index = create(
      paper('a', { title: '\ud800 \u0000 😀 مرحبا', abstract: 'word '.repeat(100_000) }),
      paper('b'),
    );
    expect(idsOf(index, wordsOf('word', ...Array.from({ length: 10_000 }, (_, i) => `x${i}`)))).toEqual([
      'a',
    ]);
    expect(idsOf(index, wordsOf('مرحبا'))).toEqual(['a']);
    expect(idsOf(index, { ...wordsOf(), required: [clauseOf('word '.repeat(40).trim())] })).toEqual(['a']);
  });
});
