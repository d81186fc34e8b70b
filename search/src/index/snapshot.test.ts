import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SearchError } from '../errors.ts';
import { noFilter, type Query } from '../query/query.ts';
import { documentWith, query, someId } from '../testing/arbitraries.ts';
import { plainAnalyser } from '../testing/plain-analyser.ts';
import { SearchIndex } from './search-index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-snapshot-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const word = (term: string): Query => ({
  words: [{ field: 'any', alternatives: [[{ term, offset: 0 }]], written: term }],
  required: [],
  excluded: [],
  filter: noFilter,
  freeText: term,
  notes: [],
});

const papers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({
    id: `p${from + i}`,
    title: `Study ${from + i} of alpha`,
    abstract: `beta gamma ${'delta '.repeat(i % 5)}`,
    authors: ['A. Author'],
    categories: ['cs.LG'],
    date: '2025-01-01',
    source: 'here',
    hasCode: i % 2 === 0,
    votes: i,
  }));

const ranking = (index: SearchIndex, asked: Query) => index.search(asked, { limit: 50 }).hits;

describe('a snapshot', () => {
  it('gives back the index that was saved, with its ordinals, its columns and the cursor', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(documentWith(someId), { maxLength: 20 }), { minLength: 1, maxLength: 4 }),
        fc.array(someId, { maxLength: 10 }),
        fc.array(query, { minLength: 1, maxLength: 3 }),
        // The one key that a parsed object cannot carry.
        fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__')),
        async (batches, removed, queries, cursor) => {
          const index = SearchIndex.create({ analyser: plainAnalyser });
          for (const batch of batches) index.put(batch);
          index.remove(removed);
          await index.snapshot(folder, JSON.parse(JSON.stringify(cursor)));
          const loaded = await SearchIndex.load(folder, { analyser: plainAnalyser });
          expect(loaded.cursor).toEqual(JSON.parse(JSON.stringify(cursor)));
          expect(loaded.index.size).toBe(index.size);
          expect(loaded.index.ordinalLimit).toBe(index.ordinalLimit);
          for (let ordinal = 0; ordinal < index.ordinalLimit; ordinal += 1) {
            const id = index.idOf(ordinal);
            expect(loaded.index.ordinalOf(id)).toBe(ordinal);
            expect(loaded.index.columnsOf(ordinal)).toEqual(index.columnsOf(ordinal));
          }
          for (const asked of queries) expect(ranking(loaded.index, asked)).toEqual(ranking(index, asked));
          const more = batches[0] ?? [];
          expect(loaded.index.put(more)).toEqual(index.put(more));
          for (const asked of queries) expect(ranking(loaded.index, asked)).toEqual(ranking(index, asked));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not write again what the folder holds', async () => {
    const index = SearchIndex.create({ analyser: plainAnalyser });
    index.put(papers(0, 50));
    await index.snapshot(folder, 1);
    const before = (await readdir(folder)).filter((name) => name.startsWith('segment'));
    const [paper] = papers(0, 1);
    if (paper !== undefined) index.put([{ ...paper, votes: 99 }]);
    await index.snapshot(folder, 2);
    expect((await readdir(folder)).filter((name) => name.startsWith('segment'))).toEqual(before);
    const { index: loaded, cursor } = await SearchIndex.load(folder, { analyser: plainAnalyser });
    expect(cursor).toBe(2);
    expect(loaded.columnsOf(0).votes).toBe(99);
  });

  it('replaces the snapshot of another index, whose files it removes, and no others', async () => {
    const first = SearchIndex.create({ analyser: plainAnalyser });
    first.put(papers(0, 5));
    await first.snapshot(folder, 'first');
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const second = SearchIndex.create({ analyser: plainAnalyser });
    second.put(papers(10, 12));
    await second.snapshot(folder, 'second');
    expect((await SearchIndex.load(folder, { analyser: plainAnalyser })).index.size).toBe(2);
    expect((await readdir(folder)).length).toBe(4);
  });

  it('of another analyser is foreign', async () => {
    const index = SearchIndex.create({ analyser: plainAnalyser });
    index.put(papers(0, 5));
    await index.snapshot(folder, null);
    const loading = SearchIndex.load(folder, { analyser: { ...plainAnalyser, fingerprint: 'other' } });
    await expect(loading).rejects.toMatchObject({ code: 'foreign-file' });
  });

  it('that is not there is damaged: the index is to be built', async () => {
    const loading = SearchIndex.load(join(folder, 'nowhere'), { analyser: plainAnalyser });
    await expect(loading).rejects.toMatchObject({ code: 'damaged-file' });
  });

  it('with any bit turned, or cut off anywhere, is refused with a sentence or is the same index', async () => {
    const index = SearchIndex.create({ analyser: plainAnalyser });
    index.put(papers(0, 300));
    index.put(papers(300, 310));
    await index.snapshot(folder, { at: 7 });
    const files = await readdir(folder);
    const expected = ranking(index, word('alpha'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.nat(7),
        fc.boolean(),
        async (name, place, bit, cut) => {
          const path = join(folder, name);
          const sound = await readFile(path);
          const at = Math.floor(place * sound.length);
          if (cut) await truncate(path, at);
          else {
            const turned = Buffer.from(sound);
            turned[at] = (turned[at] ?? 0) ^ (1 << bit);
            await writeFile(path, turned);
          }
          try {
            const { index: loaded, cursor } = await SearchIndex.load(folder, { analyser: plainAnalyser });
            expect(cursor).toEqual({ at: 7 });
            expect(ranking(loaded, word('alpha'))).toEqual(expected);
          } catch (error) {
            expect(error).toBeInstanceOf(SearchError);
            expect(['damaged-file', 'foreign-file']).toContain(
              error instanceof SearchError ? error.code : '',
            );
          } finally {
            await writeFile(path, sound);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
