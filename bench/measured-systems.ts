// What the speed of search is measured on: each takes papers and answers words with the best twenty ids.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { mlAnalyser, noFilter, type SearchDocument, SearchIndex, wordsQuery } from '@offprint/search';
import { stopWords } from '../search/src/analysis/stop-words.ts';
import { openLancePapers } from './lancedb.ts';
import { defaultSettings, openPeer, type PeerFilter, type PeerName } from './peers.ts';

export const measuredNames = ['offprint', 'fts5', 'lancedb', 'minisearch', 'orama'] as const;
export type MeasuredName = (typeof measuredNames)[number];

/** A system under measurement. */
export interface Measured {
  add(papers: readonly SearchDocument[]): void | Promise<void>;
  /** @returns how many it found, at most 20. */
  search(text: string, filter: PeerFilter | undefined): number | Promise<number>;
  /** Called once when all papers are in. @returns what the system says it takes in bytes, where it says so. */
  finish(): number | undefined | Promise<number>;
  /** Seconds to save and to load again, where that can be measured. */
  reload?(): Promise<{ saveSeconds: number; loadSeconds: number }>;
  /** Takes away what it left on disk. */
  close?(): Promise<void>;
}

const results = 20;

/** An empty system, or undefined where it is not installed. */
export async function openMeasured(name: MeasuredName): Promise<Measured | undefined> {
  if (name === 'offprint') return openOffprint();
  if (name === 'fts5') return openFts5();
  if (name === 'lancedb') return openLance();
  return openLibrary(name);
}

function openOffprint(): Measured {
  const index = SearchIndex.create({ analyser: mlAnalyser });
  return {
    add: (papers) => {
      index.put(papers);
    },
    search: (text, filter) => {
      const query = wordsQuery(text, mlAnalyser);
      const filtered =
        filter === undefined
          ? query
          : { ...query, filter: { ...noFilter, categories: [filter.category], from: filter.from } };
      return index.search(filtered, { limit: results }).hits.length;
    },
    finish: () => index.statistics().bytes.total,
    reload: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'offprint-bench-'));
      const start = performance.now();
      await index.snapshot(folder, 1);
      const saved = performance.now();
      await SearchIndex.load(folder, { analyser: mlAnalyser });
      const loaded = performance.now();
      await rm(folder, { recursive: true, force: true });
      return { saveSeconds: (saved - start) / 1000, loadSeconds: (loaded - saved) / 1000 };
    },
  };
}

/**
 * SQLite's own BM25 in memory: Porter's stems, the title twice, no copy of the texts, optimised when all papers are
 * in. Any word matches, as in the others, and stop words are left out of the questions.
 */
function openFts5(): Measured {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIRTUAL TABLE texts USING fts5(title, abstract, content='', tokenize='porter unicode61');
    CREATE TABLE papers(number INTEGER PRIMARY KEY, id TEXT, date TEXT, categories TEXT)`);
  const addText = database.prepare('INSERT INTO texts(rowid, title, abstract) VALUES (?, ?, ?)');
  const addPaper = database.prepare('INSERT INTO papers VALUES (?, ?, ?, ?)');
  const ranked = 'ORDER BY bm25(texts, 2.0, 1.0) LIMIT 20';
  const find = database.prepare(`SELECT rowid FROM texts WHERE texts MATCH ? ${ranked}`);
  const findFiltered = database.prepare(
    `SELECT texts.rowid FROM texts JOIN papers ON number = texts.rowid
     WHERE texts MATCH ? AND date >= ? AND instr(categories, ?) > 0 ${ranked}`,
  );
  let number = 0;
  return {
    add: (papers) => {
      database.exec('BEGIN');
      for (const { id, title, abstract, date, categories } of papers) {
        number += 1;
        addText.run(number, title, abstract);
        addPaper.run(number, id, date, ` ${categories.join(' ')} `);
      }
      database.exec('COMMIT');
    },
    search: (text, filter) => {
      const words = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter(
        (word) => !stopWords.has(word),
      );
      if (words.length === 0) return 0;
      const match = words.map((word) => `"${word}"`).join(' OR ');
      const rows =
        filter === undefined ? find.all(match) : findFiltered.all(match, filter.from, ` ${filter.category} `);
      return rows.length;
    },
    finish: () => {
      database.exec(`INSERT INTO texts(texts) VALUES ('optimize')`);
      const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count ?? 0);
      return pages * Number(database.prepare('PRAGMA page_size').get()?.page_size ?? 0);
    },
  };
}

/** The only one on disk, warm in the page cache, and the only one that may use every core for one question. */
async function openLance(): Promise<Measured | undefined> {
  const table = await openLancePapers();
  if (table === undefined) return undefined;
  return {
    add: (papers) => table.add(papers.map((paper) => ({ ...paper, date: paper.date ?? '' }))),
    search: (text, filter) => table.search(text, results, filter),
    finish: table.finish,
    close: table.close,
  };
}

async function openLibrary(name: PeerName): Promise<Measured | undefined> {
  const index = await openPeer(name);
  if (index === undefined) return undefined;
  const settings = { ...defaultSettings[name], title: 2 };
  return {
    add: (papers) =>
      index.add(
        papers.map(({ id, title, abstract, categories, date }) => ({
          id,
          title,
          abstract,
          categories,
          date: date ?? '',
        })),
      ),
    search: async (text, filter) => (await index.search(text, results, settings, filter)).length,
    finish: () => undefined,
  };
}
