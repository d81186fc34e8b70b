// What the engine promises: both rankings as one, everything explained, and a folder that survives being left in any state.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mlAnalyser } from '../analysis/ml-analyser.ts';
import type { SearchDocument } from '../document.ts';
import type { Encoder } from '../encoders/encoder.ts';
import { parseQuery } from '../query/parse.ts';
import type { EngineRequest } from './answer.ts';
import type { BulkEncoder } from './bulk-encoder.ts';
import { openEngine } from './engine.ts';
import type { EngineCalls } from './engine-calls.ts';

const topics = ['cache', 'forgetting', 'diffusion', 'retrieval', 'quantisation'];
/** Words that no text shares with the topic they mean: only the encoder knows them. */
const meanings = new Map([
  ['memory', 'cache'],
  ['amnesia', 'forgetting'],
]);

/** Counts topics, and knows that `amnesia` means forgetting: a real encoder in five dimensions. */
function topicEncoder(name = 'topics'): Encoder & { readonly encoded: string[] } {
  const encoded: string[] = [];
  return {
    name,
    fingerprint: `${name}-1`,
    dimensions: topics.length + 1,
    encoded,
    encode: async (texts) => {
      encoded.push(...texts);
      return Float32Array.from(texts.flatMap((text) => unit(text)));
    },
    close: async () => undefined,
  };
}

function unit(text: string): number[] {
  const words = text
    .toLowerCase()
    .split(/\W+/)
    .map((word) => meanings.get(word) ?? word);
  const counts = [...topics.map((topic) => words.filter((word) => word === topic).length), 0.1];
  const norm = Math.hypot(...counts);
  return counts.map((count) => count / norm);
}

const paper = (
  n: number,
  title: string,
  abstract: string,
  more: Partial<SearchDocument> = {},
): SearchDocument => ({
  id: `2601.${String(n).padStart(5, '0')}`,
  title,
  abstract,
  authors: [],
  categories: ['cs.LG'],
  date: `2026-01-${String((n % 28) + 1).padStart(2, '0')}`,
  source: 'arxiv',
  hasCode: n % 2 === 0,
  votes: n,
  ...more,
});

const papers = [
  paper(1, 'Keeping a cache small', 'The cache is cut where it helps least.'),
  paper(
    2,
    'On forgetting in continual learning',
    'Why forgetting happens and how replay helps against forgetting.',
  ),
  paper(3, 'Diffusion without tears', 'A diffusion model in few steps.'),
  paper(4, 'Retrieval by meaning', 'Dense retrieval and its limits.', { categories: ['cs.IR'], votes: 90 }),
  paper(5, 'Quantisation of a cache', 'Four bits for a cache; quantisation by groups.'),
];

const ask = (q: string, more: Partial<EngineRequest> = {}): EngineRequest => ({
  query: parseQuery(q, { analyser: mlAnalyser }),
  mode: 'hybrid',
  sort: 'relevance',
  offset: 0,
  limit: 20,
  facets: false,
  explain: false,
  feedback: [],
  ...more,
});
const numbers = (answer: { readonly hits: readonly { readonly id: string }[] }): number[] =>
  answer.hits.map(({ id }) => Number(id.slice(5)));

async function open(folder?: string, encoder = topicEncoder(), writes = true) {
  const bulk: BulkEncoder = { encode: (texts) => encoder.encode(texts), close: async () => undefined };
  const opened = await openEngine({
    folder,
    writes,
    merging: 'at-once',
    encoder: { queries: encoder, bulk },
  });
  return { ...opened, encoder };
}

async function encodeAll(engine: EngineCalls, from: readonly SearchDocument[] = papers): Promise<void> {
  for (;;) {
    const ids = await engine.missing(2);
    if (ids.length === 0) return;
    await engine.encode(from.filter(({ id }) => ids.includes(id)));
  }
}

describe('an engine in memory', () => {
  let engine: EngineCalls;
  beforeAll(async () => {
    ({ engine } = await open());
    await engine.apply({ put: papers, remove: [], cursor: { seq: '5' } });
    await encodeAll(engine);
  });
  afterAll(() => engine.close());

  it('finds what shares no word with the query, and by words alone does not', async () => {
    const answer = await engine.search(ask('amnesia'));
    expect(numbers(answer)).toEqual([2]);
    expect(answer.notes).toEqual([
      'No paper has these words: these are the papers nearest to them in meaning.',
    ]);
    expect((await engine.search(ask('forgetting'))).notes).toEqual([]);
    expect(numbers(await engine.search(ask('amnesia', { mode: 'words' })))).toEqual([]);
  });

  it('offers the common spelling of a word, whatever else meaning finds', async () => {
    const many = Array.from({ length: 9 }, (_, i) => paper(i + 1, 'Languages', 'Diffusion of languages.'));
    const { engine: other } = await open();
    await other.apply({ put: many, remove: [], cursor: { seq: '9' } });
    await encodeAll(other, many);
    const answer = await other.search(ask('langauges difusion'));
    expect(answer.suggestion).toBe('languages diffusion');
    expect(answer.replaced.map(({ written }) => written)).toEqual(['langauges', 'difusion']);
    // What was found in their place is marked.
    expect(answer.terms).toEqual(expect.arrayContaining(['languag', 'diffus']));
    await other.close();
  });

  it.each(['the of and', '🙂🙂', '((((', '"'])('finds nothing for %j, which says nothing', async (q) => {
    for (const mode of ['hybrid', 'meaning', 'words'] as const)
      expect(numbers(await engine.search(ask(q, { mode })))).toEqual([]);
  });

  it('lists what passes a filter when the words say nothing', async () => {
    expect(numbers(await engine.search(ask('the cat:cs.IR')))).toEqual([4]);
  });

  it('orders by date only what is most like the examples', async () => {
    const close = Array.from({ length: 50 }, (_, i) =>
      paper(i + 1, 'A cache', 'cache', { date: '2025-01-01' }),
    );
    const far = paper(99, 'Diffusion', 'diffusion diffusion cache', { date: '2026-01-01' });
    const { engine: other } = await open();
    const all = [...close, far, paper(100, 'The example', 'cache')];
    await other.apply({ put: all, remove: [], cursor: { seq: '9' } });
    await encodeAll(other, all);
    const like = [{ id: '2601.00100', title: '', abstract: '' }];
    const request = { like, offset: 0, limit: 100 };
    expect(numbers(await other.similar({ ...request, sort: 'relevance' }))).toContain(99);
    expect(numbers(await other.similar({ ...request, sort: 'date' }))).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    await other.close();
  });

  it('explains every score: the parts sum up to it, the terms to the words', async () => {
    const { hits } = await engine.search(ask('cache quantisation', { explain: true }));
    expect(hits.length).toBeGreaterThan(1);
    for (const { score, explanation } of hits) {
      const parts = explanation?.parts ?? [];
      expect(parts.map(({ by }) => by)).toEqual(['words', 'meaning']);
      expect(parts.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 12);
      expect(explanation?.terms.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(parts[0]?.raw);
    }
  });

  it('holds what was required or excluded against either ranking', async () => {
    expect(numbers(await engine.search(ask('memory -quantisation')))).toEqual([1]);
    expect(numbers(await engine.search(ask('memory has:code')))).toEqual([]);
    expect(numbers(await engine.search(ask('amnesia title:cache')))).toEqual([1, 5]);
  });

  it('lists what passes a filter newest first, or by votes, and nothing for nothing', async () => {
    expect(numbers(await engine.search(ask('cat:cs.LG')))).toEqual([5, 3, 2, 1]);
    expect(numbers(await engine.search(ask('date:2026', { sort: 'votes' })))).toEqual([4, 5, 3, 2, 1]);
    expect(await engine.search(ask(''))).toMatchObject({ hits: [], total: 0 });
  });

  it('counts facets over all pages', async () => {
    const { hits, total, facets } = await engine.search(ask('cache', { limit: 1, facets: true }));
    expect([hits.length, total]).toEqual([1, 2]);
    expect(facets).toMatchObject({ years: [{ value: '2026', papers: 2 }], withCode: 0 });
  });

  it('finds papers like others without those themselves', async () => {
    const like = papers.slice(0, 1);
    const { hits, mode } = await engine.similar({ like, sort: 'relevance', offset: 0, limit: 5 });
    expect(mode).toBe('meaning');
    expect(numbers({ hits })[0]).toBe(5);
    expect(numbers({ hits })).not.toContain(1);
  });

  it('lets a query learn from its first results, and says which words it learnt', async () => {
    const first = papers.filter(({ title }) => title.includes('cache'));
    const { expansion } = await engine.search(ask('small', { feedback: first }));
    expect(expansion.map(({ term }) => term)).toContain('cach');
  });

  it('refuses a page that is no page', async () => {
    await expect(engine.search(ask('cache', { offset: -1 }))).rejects.toMatchObject({ code: 'bad-input' });
    await expect(engine.search(ask('cache', { limit: 1.5 }))).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('an engine without all vectors', () => {
  it('answers by words until half the papers have one', async () => {
    const { engine } = await open();
    await engine.apply({ put: papers, remove: [], cursor: null });
    expect((await engine.search(ask('cache'))).mode).toBe('words');
    await engine.encode(papers.slice(0, 2));
    expect((await engine.search(ask('cache'))).mode).toBe('words');
    await engine.encode(papers.slice(2, 3));
    expect((await engine.search(ask('cache'))).mode).toBe('hybrid');
    await engine.close();
  });

  it('finds similar papers by telling words', async () => {
    const { engine } = await open();
    await engine.apply({ put: papers, remove: [], cursor: null });
    const { hits, mode } = await engine.similar({
      like: papers.slice(0, 1),
      sort: 'relevance',
      offset: 0,
      limit: 1,
    });
    expect([mode, ...numbers({ hits })]).toEqual(['words', 5]);
    await engine.close();
  });

  it('asks again for a paper whose text changed, and for no other', async () => {
    const { engine } = await open();
    await engine.apply({ put: papers, remove: [], cursor: null });
    await encodeAll(engine);
    const voted = papers.map((one) => ({ ...one, votes: one.votes + 1 }));
    await engine.apply({ put: voted, remove: [], cursor: null });
    expect(await engine.missing(9)).toEqual([]);
    await engine.apply({
      put: [{ ...papers[2], abstract: 'Another text.' } as SearchDocument],
      remove: [],
      cursor: null,
    });
    expect(await engine.missing(9)).toEqual([papers[2]?.id]);
    await engine.apply({ put: [], remove: [papers[2]?.id ?? ''], cursor: null });
    expect(await engine.missing(9)).toEqual([]);
    await engine.close();
  });
});

describe('an engine that changes while a paper is being encoded', () => {
  /** Encodes only when it is let. */
  async function slow() {
    const encoder = topicEncoder();
    const gate = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    let waits = true;
    const bulk: BulkEncoder = {
      encode: async (texts) => {
        started.resolve();
        if (waits) await gate.promise;
        waits = false;
        return encoder.encode(texts);
      },
      close: async () => undefined,
    };
    const { engine } = await openEngine({
      folder: undefined,
      writes: false,
      merging: 'at-once',
      encoder: { queries: encoder, bulk },
    });
    return { engine, started: started.promise, go: gate.resolve };
  }
  const about = (topic: string) => paper(1, `On ${topic}`, `All of ${topic}.`);

  it('never keeps the vector of a text that is gone', async () => {
    const { engine, started, go } = await slow();
    await engine.apply({ put: [about('diffusion')], remove: [], cursor: null });
    const encoding = engine.encode([about('diffusion')]);
    await started;
    await engine.apply({ put: [about('cache')], remove: [], cursor: null });
    go();
    await encoding;
    expect(await engine.missing(9)).toEqual([about('cache').id]);
    await engine.encode([about('cache')]);
    expect(numbers(await engine.search(ask('memory', { mode: 'meaning' })))).toEqual([1]);
    await engine.close();
  });

  it('never gives a vector to another paper of the same number in a new history', async () => {
    const { engine, started, go } = await slow();
    await engine.apply({ put: [about('diffusion')], remove: [], cursor: null });
    const encoding = engine.encode([about('diffusion')]);
    await started;
    await engine.clear();
    const other = paper(7, 'On a cache', 'All of a cache.');
    await engine.apply({ put: [other], remove: [], cursor: null });
    go();
    await encoding;
    expect(await engine.missing(9)).toEqual([other.id]);
    await engine.close();
  });
});

describe('a query that waits for its vector', () => {
  /** An engine with a folder and every paper encoded, whose queries are encoded only when they are let. */
  async function gated() {
    const place = await mkdtemp(join(tmpdir(), 'engine-'));
    const asked = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const encoder = topicEncoder();
    const queries: Encoder = {
      ...encoder,
      encode: async (texts) => {
        asked.resolve();
        await gate.promise;
        return encoder.encode(texts);
      },
    };
    const bulk: BulkEncoder = { encode: (texts) => encoder.encode(texts), close: async () => undefined };
    const { engine } = await openEngine({
      folder: place,
      writes: true,
      merging: 'at-once',
      encoder: { queries, bulk },
    });
    await engine.apply({ put: papers, remove: [], cursor: null });
    await encodeAll(engine);
    const close = async (): Promise<void> => {
      await engine.close();
      await rm(place, { recursive: true });
    };
    return { engine, asked: asked.promise, go: gate.resolve, close };
  }

  it('is answered with the encoder that took over meanwhile', async () => {
    const { engine, asked, go, close } = await gated();
    const answering = engine.search(ask('forgetting'));
    await asked;
    await engine.changeEncoder({ encoder: 'minilm' });
    const encoding = encodeAll(engine);
    await expect.poll(async () => (await engine.status()).encoder?.name).toBe('minilm');
    go();
    const answer = await answering;
    await encoding;
    // Of five papers the topics' vectors are near `forgetting` in one, MiniLM's in more.
    expect(answer).toEqual(await engine.search(ask('forgetting')));
    expect(answer.mode).toBe('hybrid');
    expect(answer.total).toBeGreaterThan(1);
    await close();
  });

  it('finds nothing when every paper was forgotten meanwhile', async () => {
    const { engine, asked, go, close } = await gated();
    const answering = engine.search(ask('forgetting'));
    await asked;
    await engine.clear();
    go();
    expect(await answering).toMatchObject({ hits: [], total: 0 });
    await close();
  });

  it('is answered before the engine closes', async () => {
    const { engine, asked, go, close } = await gated();
    const answering = engine.search(ask('amnesia'));
    await asked;
    const closing = close();
    go();
    expect(numbers(await answering)).toEqual([2]);
    await closing;
  });
});

describe('an engine with a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-'));
    const { engine } = await open(folder);
    await engine.apply({ put: papers, remove: [], cursor: { seq: '5' } });
    await encodeAll(engine);
    await engine.close();
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('goes on where it stopped and encodes nothing twice', async () => {
    const { engine, encoder, problem } = await open(folder);
    expect(problem).toBeUndefined();
    expect(await engine.cursor()).toEqual({ seq: '5' });
    expect(await engine.missing(9)).toEqual([]);
    expect(numbers(await engine.search(ask('amnesia')))).toEqual([2]);
    expect(encoder.encoded).toEqual(['amnesia']);
    await engine.close();
  });

  it('is read by others without a byte of it changing', async () => {
    const { engine } = await open(folder, topicEncoder(), false);
    expect(numbers(await engine.search(ask('amnesia')))).toEqual([2]);
    await engine.apply({ put: [], remove: [papers[1]?.id ?? ''], cursor: { seq: '6' } });
    expect(numbers(await engine.search(ask('amnesia')))).toEqual([]);
    await engine.close();
    const again = await open(folder);
    expect(await again.engine.cursor()).toEqual({ seq: '5' });
    await again.engine.close();
  });

  it('never mixes encoders: the vectors of one are missing to another', async () => {
    const other = topicEncoder('other');
    const { engine } = await open(folder, other, false);
    expect(await engine.missing(9)).toHaveLength(papers.length);
    expect((await engine.search(ask('amnesia'))).mode).toBe('words');
    await engine.close();
  });

  it('answers with the old encoder until the new one knows every paper, and then with the new one', async () => {
    const { engine } = await open();
    await engine.apply({ put: papers, remove: [], cursor: null });
    await encodeAll(engine);
    await engine.changeEncoder({ encoder: 'minilm' });
    await engine.encode(papers.slice(0, 4));
    expect(await engine.status()).toMatchObject({
      encoder: { name: 'topics' },
      next: { name: 'minilm', encoded: 4 },
    });
    expect(numbers(await engine.search(ask('amnesia')))).toEqual([2]);
    await encodeAll(engine);
    expect(await engine.status()).toMatchObject({ encoder: { name: 'minilm' }, next: undefined });
    expect((await engine.search(ask('forgetting'))).mode).toBe('hybrid');
    await engine.close();
  });

  it('writes nothing more once another process has the folder, and still answers', async () => {
    const { engine } = await open(folder);
    await engine.stopWriting();
    const sizes = async (): Promise<number[]> =>
      Promise.all(
        (await readdir(folder, { recursive: true }))
          .sort()
          .map(async (file) => (await stat(join(folder, file))).size),
      );
    const before = await sizes();
    const fresh = paper(9, 'Forgetting on purpose', 'How forgetting is asked for.');
    await engine.apply({ put: [fresh], remove: [], cursor: { seq: '9' } });
    expect(await engine.encode([fresh])).toBe(1);
    expect(await engine.missing(9)).toEqual([]);
    expect(numbers(await engine.search(ask('amnesia')))).toContain(9);
    await engine.snapshot();
    await engine.close();
    expect(await sizes()).toEqual(before);
  });

  it('is rebuilt when damaged: says so, starts empty, and still encodes nothing twice', async () => {
    const words = join(folder, 'words');
    for (const file of await readdir(words)) await writeFile(join(words, file), 'damaged');
    const { engine, encoder, problem } = await open(folder);
    expect(problem).toMatch(/\.$/);
    expect(await engine.cursor()).toBeUndefined();
    await engine.apply({ put: papers, remove: [], cursor: { seq: '5' } });
    await encodeAll(engine);
    expect(encoder.encoded).toEqual([]);
    expect(numbers(await engine.search(ask('amnesia')))).toEqual([2]);
    await engine.close();
  });
});
