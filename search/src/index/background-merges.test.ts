import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { paper, wordsOf } from '../testing/papers.ts';
import { plainAnalyser } from '../testing/plain-analyser.ts';
import { SearchIndex } from './search-index.ts';

const papers = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => paper(`p${from + i}`, { title: `Study ${from + i}` }));

afterEach(() => {
  vi.useRealTimers();
});

describe('an index that merges in the background', () => {
  it('keeps what was put, changed and removed while a merge was under way', async () => {
    const index = SearchIndex.create({ analyser: plainAnalyser, merging: 'in-background' });
    for (let from = 0; from < 1000; from += 100) index.put(papers(from, 100));
    expect(index.statistics().segments).toBeGreaterThan(4);
    index.remove(['p7', 'p950']);
    index.put([paper('p8', { title: 'Changed' }), paper('new', { title: 'Fresh' })]);
    await index.settled();
    expect(index.statistics().segments).toBeLessThan(5);
    expect(index.size).toBe(999);
    const found = (word: string) => index.search(wordsOf(word), { limit: 5 }).hits.map(({ id }) => id);
    expect(found('7')).toEqual([]);
    expect(found('8')).toEqual([]);
    expect(found('changed')).toEqual(['p8']);
    expect(found('fresh')).toEqual(['new']);
    expect(found('999')).toEqual(['p999']);
    await index.close();
  });

  it('gives up a merge of segments that were merged otherwise in the meantime', async () => {
    const index = SearchIndex.create({ analyser: plainAnalyser, merging: 'in-background' });
    for (let from = 0; from < 600; from += 100) index.put(papers(from, 100));
    index.compact();
    await index.settled();
    expect([index.size, index.statistics().segments]).toEqual([600, 1]);
    await index.close();
    expect(index.search(wordsOf('599'), { limit: 1 }).hits[0]?.id).toBe('p599');
  });

  it('lets its thread go when there is nothing to merge, and starts another when there is', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const threads: Worker[] = [];
    const note = (worker: Worker): unknown => threads.push(worker);
    process.on('worker', note);
    const index = SearchIndex.create({ analyser: plainAnalyser, merging: 'in-background' });
    for (let from = 0; from < 600; from += 100) index.put(papers(from, 100));
    await index.settled();
    expect(threads).toHaveLength(1);
    const ended = Promise.all(threads.map((thread) => once(thread, 'exit')));
    await vi.advanceTimersByTimeAsync(60_000);
    await ended;
    for (let from = 600; from < 2000; from += 100) index.put(papers(from, 100));
    await index.settled();
    process.off('worker', note);
    expect(threads).toHaveLength(2);
    expect(index.size).toBe(2000);
    expect(index.statistics().segments).toBeLessThan(9);
    expect(index.search(wordsOf('1999'), { limit: 1 }).hits[0]?.id).toBe('p1999');
    await index.close();
  });
});
