// The libraries that search is measured beside, installed apart from the house: `npm ci --prefix bench`.
import { porter2 } from '../search/src/analysis/porter2.ts';
import { stopWords } from '../search/src/analysis/stop-words.ts';

export type PeerName = 'minisearch' | 'orama';

/** Both libraries' score is BM25+: `d` is what any occurrence is worth at least. */
export interface PeerSettings {
  readonly k: number;
  readonly b: number;
  readonly d: number;
  readonly title: number;
}

export interface PeerPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly categories: readonly string[];
  /** `YYYY-MM-DD`, or empty. */
  readonly date: string;
}

/** Papers of one category from a date on. */
export interface PeerFilter {
  readonly category: string;
  readonly from: string;
}

/** A library with papers in it. */
export interface PeerIndex {
  add(papers: readonly PeerPaper[]): void | Promise<void>;
  search(
    text: string,
    k: number,
    settings: PeerSettings,
    filter?: PeerFilter,
  ): (readonly [string, number])[] | Promise<(readonly [string, number])[]>;
}

/** The values that both libraries document as their defaults, and the title as much as the abstract. */
export const defaultSettings: Readonly<Record<PeerName, PeerSettings>> = {
  minisearch: { k: 1.2, b: 0.7, d: 0.5, title: 1 },
  orama: { k: 1.2, b: 0.75, d: 0.5, title: 1 },
};

const opening: Readonly<Record<PeerName, () => Promise<PeerIndex | undefined>>> = {
  minisearch: openMiniSearch,
  orama: openOrama,
};

/** An empty index, or undefined, with a sentence printed, where the library is not installed. */
export function openPeer(name: PeerName): Promise<PeerIndex | undefined> {
  return opening[name]();
}

/** A library, or undefined, with a sentence printed, where it is not installed. */
export async function importPeer<Library>(name: string): Promise<Library | undefined> {
  try {
    return await import(name);
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!isAbsent) throw error;
    process.stdout.write(`${name} is left out: run \`npm ci --prefix bench\` to measure it too.\n`);
    return undefined;
  }
}

interface Found {
  readonly id: string;
  readonly score: number;
}

interface MiniSearchIndex {
  addAll(papers: readonly PeerPaper[]): void;
  search(
    text: string,
    options: {
      bm25: { k: number; b: number; d: number };
      boost: Record<string, number>;
      filter?: (found: { date: string; categories: readonly string[] }) => boolean;
    },
  ): Found[];
}

/** Its own tokenizer; stop words and stems through the hook that it has for them, which are the house's. */
async function openMiniSearch(): Promise<PeerIndex | undefined> {
  const library = await importPeer<{ default: new (options: object) => MiniSearchIndex }>('minisearch');
  if (library === undefined) return undefined;
  const index = new library.default({
    fields: ['title', 'abstract'],
    storeFields: ['date', 'categories'],
    processTerm: (term: string) => {
      const word = term.toLowerCase();
      return stopWords.has(word) ? null : porter2(word);
    },
  });
  return {
    add: (papers) => index.addAll(papers),
    search: (text, limit, { k, b, d, title }, filter) =>
      index
        .search(text, {
          bm25: { k, b, d },
          boost: { title },
          ...(filter === undefined
            ? {}
            : {
                filter: ({ date, categories }) => date >= filter.from && categories.includes(filter.category),
              }),
        })
        .slice(0, limit)
        .map(({ id, score }) => [id, score] as const),
  };
}

interface OramaLibrary {
  create(options: object): object;
  insertMultiple(index: object, papers: readonly object[], batchSize: number): Promise<unknown>;
  search(index: object, request: object): Promise<{ readonly hits: readonly Found[] }>;
}

/** Its own English stemmer, the house's stop words; dates as numbers and categories as enums, as it wants filters. */
async function openOrama(): Promise<PeerIndex | undefined> {
  const library = await importPeer<OramaLibrary>('@orama/orama');
  if (library === undefined) return undefined;
  const index = library.create({
    schema: { title: 'string', abstract: 'string', day: 'number', categories: 'enum[]' },
    sort: { enabled: false },
    components: {
      tokenizer: { language: 'english', stemming: true, stopWords: [...stopWords] },
    },
  });
  const dayNumber = (date: string): number => Number(date.replaceAll('-', ''));
  return {
    add: async (papers) => {
      const rows = papers.map(({ date, ...paper }) => ({ ...paper, day: dayNumber(date) }));
      await library.insertMultiple(index, rows, 5000);
    },
    search: async (text, limit, { title, ...relevance }, filter) => {
      const { hits } = await library.search(index, {
        term: text,
        properties: ['title', 'abstract'],
        limit,
        relevance,
        boost: { title },
        ...(filter === undefined
          ? {}
          : {
              where: {
                day: { gte: dayNumber(filter.from) },
                categories: { containsAny: [filter.category] },
              },
            }),
      });
      return hits.map(({ id, score }) => [id, score] as const);
    },
  };
}
