// One and ten clients at once asking the engine in its thread, as the service asks it, by words and by meaning.
import { once } from 'node:events';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  type EngineRequest,
  type EngineThread,
  mlAnalyser,
  noFilter,
  type SearchMode,
  startEngine,
  wordsQuery,
} from '@offprint/search';
import { callWorker, type Remote } from '../search/src/threads/remote.ts';
import type { Fts5Calls } from './fts5-worker.ts';
import { storeMadeVectors } from './made-vectors.ts';
import { median, scratchFolder } from './offprint-process.ts';
import { papersOfSize, seeded } from './papers-of-size.ts';
import type { PeerFilter } from './peers.ts';

const sizes: ReadonlyMap<string, number> = new Map([
  ['10k', 10_000],
  ['100k', 100_000],
  ['126k', 126_000],
]);
/** More than the vectors of queries that the engine remembers, so that each is encoded when it comes round again. */
const questions = 400;
/** Few enough to be remembered. */
const remembered = 100;
const rounds = 3;
const batchSize = 5000;
const filter: PeerFilter = { category: 'cs.LG', from: '2026-01-01' };

export interface ClientsOptions {
  /** 10k, 100k, 126k, several with commas; the last two when left out. */
  readonly size?: string | undefined;
  /** offprint, fts5; both when left out. */
  readonly systems?: string | undefined;
  /** A line of JSON a measurement is added there. */
  readonly json?: string | undefined;
}

/** A way of asking: what is asked, and what answers. */
interface Way {
  readonly name: string;
  readonly ask: (text: string) => Promise<unknown>;
  readonly texts: readonly string[];
}

interface Measured {
  readonly p50: number;
  readonly p95: number;
  readonly perSecond: number;
  /** Of all threads, a question: what is left of the time when the machine has other work too. */
  readonly cpuMs: number;
}

/** Papers and questions are real; the vectors of papers are made, those of questions come from MiniLM as they are asked. */
export async function benchSearchClients(options: ClientsOptions): Promise<void> {
  const systems = options.systems?.split(',') ?? ['offprint', 'fts5'];
  process.stdout.write(
    'budget: hybrid p50 ≤ 15 ms at 100k with the encoding of the query; vectors of papers are made, not encoded\n',
  );
  for (const size of options.size?.split(',') ?? ['100k', '126k']) {
    const papers = sizes.get(size);
    if (papers === undefined)
      throw new Error(`--size is one of ${[...sizes.keys()].join(', ')}, not ${size}`);
    const texts = await questionsOf(papers);
    process.stdout.write(`\n${size}: top 20 for 2–5 words of a title; filtered: cs.LG from 2026 on\n`);
    const told = async (way: Way): Promise<void> => {
      for (const clients of [1, 10]) {
        const measured = await measure(way, clients);
        process.stdout.write(`  ${way.name.padEnd(32)} ${row(clients, measured)}\n`);
        if (options.json !== undefined)
          await appendFile(
            options.json,
            `${JSON.stringify({ size, name: way.name, clients, ...measured })}\n`,
          );
      }
    };
    if (systems.includes('offprint'))
      await withEngine(papers, async (engine) => {
        for (const way of engineWays(engine, texts)) await told(way);
      });
    if (systems.includes('fts5'))
      await withFts5(papers, async (fts5) => {
        await told({ name: 'FTS5 words', texts, ask: (text) => fts5.search(text, undefined) });
        await told({ name: 'FTS5 words, filtered', texts, ask: (text) => fts5.search(text, filter) });
      });
  }
}

function engineWays(engine: EngineThread, texts: readonly string[]): Way[] {
  const way = (name: string, mode: SearchMode, more: { filtered?: boolean; facets?: boolean } = {}): Way => ({
    name,
    texts,
    ask: (text) => engine.search(requestOf(text, mode, more)),
  });
  return [
    way('words', 'words'),
    way('words, filtered', 'words', { filtered: true }),
    way('hybrid', 'hybrid'),
    way('hybrid, filtered', 'hybrid', { filtered: true }),
    { ...way('hybrid, remembered questions', 'hybrid'), texts: texts.slice(0, remembered) },
    way('hybrid with facets, as the page', 'hybrid', { facets: true }),
  ];
}

function requestOf(
  text: string,
  mode: SearchMode,
  { filtered = false, facets = false }: { filtered?: boolean; facets?: boolean },
): EngineRequest {
  const query = wordsQuery(text, mlAnalyser);
  return {
    query: filtered
      ? { ...query, filter: { ...noFilter, categories: [filter.category], from: filter.from } }
      : query,
    mode,
    sort: 'relevance',
    offset: 0,
    limit: 20,
    facets,
    explain: false,
    feedback: [],
  };
}

/** An engine that was filled, saved and opened again, as after a restart. */
async function withEngine(papers: number, use: (engine: EngineThread) => Promise<void>): Promise<void> {
  const folder = await scratchFolder();
  const open = () => startEngine({ folder, writes: true, encoder: { encoder: 'minilm' } });
  try {
    await storeMadeVectors(folder, papers);
    const filling = await open();
    let batch: Parameters<typeof filling.apply>[0]['put'][number][] = [];
    const flush = async (): Promise<void> => {
      await filling.apply({ put: batch, remove: [], cursor: null });
      const made = await filling.encode(batch);
      if (made > 0) throw new Error(`${made} papers were encoded: the stored vectors are not theirs`);
      batch = [];
    };
    for await (const paper of papersOfSize(papers)) if (batch.push(paper) === batchSize) await flush();
    await flush();
    await filling.close();
    const start = performance.now();
    const engine = await open();
    const openSeconds = (performance.now() - start) / 1000;
    const { encoded, segments, indexBytes, vectorBytes } = await engine.status();
    process.stdout.write(
      `  opened again in ${openSeconds.toFixed(2)} s: ${encoded} vectors, ${segments} segments, ${((indexBytes + vectorBytes) / 1e6).toFixed(0)} MB\n`,
    );
    await use(engine);
    await engine.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withFts5(papers: number, use: (fts5: Remote<Fts5Calls>) => Promise<void>): Promise<void> {
  const worker = new Worker(join(import.meta.dirname, 'fts5-worker.ts'));
  try {
    const fts5 = callWorker<Fts5Calls>(worker);
    await fts5.fill(papers);
    await use(fts5);
  } finally {
    const ended = once(worker, 'exit');
    await worker.terminate();
    await ended;
  }
}

/** Medians over rounds, after one that only warms. */
async function measure({ ask, texts }: Way, clients: number): Promise<Measured> {
  const measured: Measured[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const waiting = [...texts];
    const times: number[] = [];
    const client = async (): Promise<void> => {
      for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
        const start = performance.now();
        await ask(text);
        times.push(performance.now() - start);
      }
    };
    const begin = performance.now();
    const cpuBefore = process.cpuUsage();
    await Promise.all(Array.from({ length: clients }, client));
    const { user, system } = process.cpuUsage(cpuBefore);
    const seconds = (performance.now() - begin) / 1000;
    times.sort((a, b) => a - b);
    const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
    const cpuMs = (user + system) / 1000 / texts.length;
    if (round > 0) measured.push({ p50: at(0.5), p95: at(0.95), perSecond: texts.length / seconds, cpuMs });
  }
  return {
    p50: median(measured.map(({ p50 }) => p50)),
    p95: median(measured.map(({ p95 }) => p95)),
    perSecond: median(measured.map(({ perSecond }) => perSecond)),
    cpuMs: median(measured.map(({ cpuMs }) => cpuMs)),
  };
}

/** Two to five neighbouring words of titles all over the papers, each text once. */
async function questionsOf(papers: number): Promise<string[]> {
  const random = seeded(2);
  const every = Math.max(1, Math.floor(papers / (questions * 1.2)));
  const texts = new Set<string>();
  let given = 0;
  for await (const { title } of papersOfSize(papers)) {
    given += 1;
    if (given % every !== 0 || texts.size === questions) continue;
    const words = title.split(/\s+/);
    const length = 2 + Math.floor(random() * 4);
    const from = Math.floor(random() * Math.max(1, words.length - length + 1));
    texts.add(words.slice(from, from + length).join(' '));
  }
  return [...texts];
}

function row(clients: number, { p50, p95, perSecond, cpuMs }: Measured): string {
  return [
    `${String(clients).padStart(2)} ${clients === 1 ? 'client ' : 'clients'}`,
    `p50 ${p50.toFixed(2).padStart(7)} ms`,
    `p95 ${p95.toFixed(2).padStart(7)} ms`,
    `${perSecond.toFixed(0).padStart(6)}/s`,
    `CPU ${cpuMs.toFixed(2).padStart(6)} ms`,
  ].join('  ');
}
