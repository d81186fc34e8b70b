// LanceDB as words and vectors are measured beside it: a table in a folder of its own, its indexes, its best settings.
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PeerFilter, PeerPaper } from './peers.ts';
import { importPeer } from './peers.ts';

interface LanceQuery {
  fullTextSearch(query: object): LanceQuery;
  nearestTo(vector: Float32Array): LanceQuery;
  distanceType(type: 'cosine'): LanceQuery;
  bypassVectorIndex(): LanceQuery;
  nprobes(count: number): LanceQuery;
  refineFactor(factor: number): LanceQuery;
  where(predicate: string): LanceQuery;
  select(columns: readonly string[]): LanceQuery;
  limit(count: number): LanceQuery;
  toArray(): Promise<{ readonly id: string; readonly number: number }[]>;
}

interface LanceTable {
  add(rows: readonly object[]): Promise<unknown>;
  createIndex(column: string, options: { readonly config: object }): Promise<void>;
  optimize(): Promise<unknown>;
  query(): LanceQuery;
  close(): void;
}

interface LanceLibrary {
  connect(folder: string): Promise<{
    createTable(name: string, rows: readonly object[]): Promise<LanceTable>;
    close(): void;
  }>;
  readonly Index: {
    fts(options: object): object;
    btree(): object;
    labelList(): object;
    ivfPq(options: object): object;
  };
  readonly MatchQuery: new (text: string, column: string) => object;
}

/** A table that grows; its folder goes with it. */
interface OpenTable {
  readonly library: LanceLibrary;
  readonly folder: string;
  /** The table once there are rows. */
  table(): LanceTable;
  add(rows: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

/** An empty table, or undefined, with a sentence printed, where LanceDB is not installed. */
async function openTable(): Promise<OpenTable | undefined> {
  // Its notes on every table that it makes are no news.
  process.env.LANCE_LOG ??= 'error';
  const library = await importPeer<LanceLibrary>('@lancedb/lancedb');
  if (library === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'offprint-bench-lance-'));
  const database = await library.connect(folder);
  let table: LanceTable | undefined;
  return {
    library,
    folder,
    table: () => {
      if (table === undefined) throw new Error('there is no table before there are rows');
      return table;
    },
    add: async (rows) => {
      if (rows.length === 0) return;
      if (table === undefined) table = await database.createTable('papers', rows);
      else await table.add(rows);
    },
    close: async () => {
      table?.close();
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Papers in LanceDB, found by its BM25. */
export interface LancePapers {
  add(papers: readonly PeerPaper[]): Promise<void>;
  /** Builds the indexes. @returns the bytes of their files. */
  finish(): Promise<number>;
  search(text: string, limit: number, filter: PeerFilter | undefined): Promise<number>;
  close(): Promise<void>;
}

/**
 * Its full-text index with English stems and stop words, without positions, over one column that holds the title twice:
 * two columns with a weight took half as long again. Day and categories have the indexes that it documents for filters.
 */
export async function openLancePapers(): Promise<LancePapers | undefined> {
  const open = await openTable();
  if (open === undefined) return undefined;
  const { library } = open;
  return {
    add: (papers) =>
      open.add(
        papers.map(({ id, title, abstract, categories, date }) => ({
          id,
          text: `${title}\n${title}\n${abstract}`,
          // A list without anything in it has no type that could be read off the first rows.
          categories: categories.length === 0 ? ['none'] : categories,
          day: dayNumber(date),
        })),
      ),
    finish: async () => {
      const table = open.table();
      const words = { withPosition: false, language: 'English', stem: true, removeStopWords: true };
      await table.createIndex('text', { config: library.Index.fts({ ...words, asciiFolding: true }) });
      await table.createIndex('day', { config: library.Index.btree() });
      await table.createIndex('categories', { config: library.Index.labelList() });
      await table.optimize();
      return bytesBelow(join(open.folder, 'papers.lance', '_indices'));
    },
    search: async (text, limit, filter) => {
      const asked = open
        .table()
        .query()
        .fullTextSearch(new library.MatchQuery(text, 'text'))
        .select(['id', '_score'])
        .limit(limit);
      const found =
        filter === undefined
          ? asked
          : asked.where(
              `day >= ${dayNumber(filter.from)} AND array_has(categories, '${filter.category.replaceAll("'", "''")}')`,
            );
      return (await found.toArray()).length;
    },
    close: open.close,
  };
}

/** How LanceDB looks for vectors: all of them, or in so many parts of its index, reading again so many times the results. */
export interface LanceProbe {
  readonly parts: number;
  readonly refine: number;
}

/** Vectors in LanceDB by number. */
export interface LanceVectors {
  add(first: number, vectors: readonly Float32Array[]): Promise<void>;
  /** Builds its IVF-PQ index for cosines, with the parts and sub-vectors that it chooses itself. */
  index(): Promise<void>;
  /** @param probe undefined compares with every vector. */
  search(query: Float32Array, limit: number, probe: LanceProbe | undefined): Promise<number[]>;
  close(): Promise<void>;
}

/** No vectors yet, or undefined where LanceDB is not installed. */
export async function openLanceVectors(): Promise<LanceVectors | undefined> {
  const open = await openTable();
  if (open === undefined) return undefined;
  return {
    add: (first, vectors) => open.add(vectors.map((vector, i) => ({ number: first + i, vector }))),
    index: async () => {
      await open.table().createIndex('vector', {
        config: open.library.Index.ivfPq({ distanceType: 'cosine' }),
      });
    },
    search: async (query, limit, probe) => {
      const near = open.table().query().nearestTo(query).distanceType('cosine');
      const asked =
        probe === undefined ? near.bypassVectorIndex() : near.nprobes(probe.parts).refineFactor(probe.refine);
      return (await asked.select(['number', '_distance']).limit(limit).toArray()).map(({ number }) => number);
    },
    close: open.close,
  };
}

function dayNumber(date: string): number {
  return Number(date.replaceAll('-', ''));
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => {
    const found = statSync(join(folder, name));
    return sum + (found.isFile() ? found.size : 0);
  }, 0);
}
