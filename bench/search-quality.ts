// The quality of search on the judged collections: the product's ways of searching beside two libraries' BM25.
import { writeFile } from 'node:fs/promises';
import { mean } from '@offprint/methods';
import {
  type Collection,
  type CollectionDocument,
  type Corpus,
  evaluate,
  isAnswerable,
  metricNames,
  ndcgAtK,
  openMiniLm,
  productSystems,
  type Run,
  renderEvaluation,
  type System,
} from '@offprint/search';
import { defaultSettings, openPeer, type PeerIndex, type PeerName, type PeerSettings } from './peers.ts';
import { collectionNames, defaultCache, knownItemNames, readJudged, readNamed } from './retrieval-data.ts';
import { studentSystems } from './student-systems.ts';

export interface QualityOptions {
  readonly cacheFolder: string | undefined;
  /** The whole evaluation goes there, question by question. */
  readonly json: string | undefined;
  /** Names with commas, of judged collections and of `daily-titles` and `daily-summaries`; all when left out. */
  readonly collections: string | undefined;
  /** Whether a student is trained on each collection's papers and measured too, which takes minutes a collection. */
  readonly student: boolean;
}

/** Some of the collections there are. @throws Error naming them when another one is asked for. */
function chosen(names: string | undefined): string[] {
  const all: readonly string[] = [...collectionNames, ...knownItemNames];
  const asked = names?.split(',') ?? [...all];
  const unknown = asked.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Error(`--collections is some of ${all.join(', ')}, not ${unknown}`);
  return asked;
}

/** How many training questions a library's settings are tuned on. */
const tunedOn = 150;

/** What tuning tries, one constant after another, each kept when it helps. */
const changes: readonly Partial<PeerSettings>[] = [
  { title: 2 },
  { k: 0.9 },
  { k: 2 },
  { b: 0.4 },
  { b: 0.9 },
  { d: 0 },
  { d: 1 },
];

/** One table a collection, differences to `words`, and the means over collections. */
export async function benchSearchQuality(options: QualityOptions): Promise<void> {
  const { json, collections, student } = options;
  const names = chosen(collections);
  const cacheFolder = options.cacheFolder ?? defaultCache;
  const encoder = await openMiniLm();
  const tuning = await readJudged('scifact');
  const peers: System[] = [];
  for (const name of ['minisearch', 'orama'] as const) {
    const settings = await tune(name, tuning);
    if (settings !== undefined) peers.push(peerSystem(name, settings));
  }
  const systems = [
    ...productSystems(encoder, { cacheFolder }),
    ...(student ? studentSystems(encoder, cacheFolder) : []),
    ...peers,
  ];
  let collection = tuning;
  const evaluation = await evaluate(
    names.map((name) => ({
      name,
      read: async () => {
        collection = await readNamed(name);
        return collection;
      },
    })),
    systems,
    { baseline: 'words', onRun: (name, system, run) => printRun(name, system, run, collection) },
  );
  await encoder.close();
  process.stdout.write(`\n${renderEvaluation(evaluation)}\nmean over collections\n`);
  process.stdout.write(`  ${''.padEnd(16)} ${metricNames.map((metric) => metric.padStart(10)).join(' ')}\n`);
  for (const { name } of systems) {
    const means = evaluation.collections.flatMap(
      ({ systems: found }) => found.find((system) => system.name === name)?.means ?? [],
    );
    const cells = metricNames.map((metric) =>
      mean(means.map((of) => of[metric]))
        .toFixed(4)
        .padStart(10),
    );
    process.stdout.write(`  ${name.padEnd(16)} ${cells.join(' ')}\n`);
  }
  if (json !== undefined) await writeFile(json, `${JSON.stringify(evaluation)}\n`);
}

/** What is known so far, for the whole takes minutes. */
function printRun(name: string, system: string, run: Run, { test }: Collection): void {
  const values = [...run].map(([id, found]) =>
    ndcgAtK(
      found.map(([document]) => document),
      test.judgements.get(id) ?? new Map(),
      10,
    ),
  );
  process.stdout.write(`${name.padEnd(10)} ${system.padEnd(16)} nDCG@10 ${mean(values).toFixed(4)}\n`);
}

/** The best settings found on training questions of SciFact; undefined where the library is not installed. */
async function tune(name: PeerName, { documents, training }: Collection): Promise<PeerSettings | undefined> {
  const index = await openPeer(name);
  if (index === undefined) return undefined;
  await fill(index, documents);
  const asked = training.queries.filter(({ id }) => isAnswerable(training.judgements.get(id)));
  const score = async (settings: PeerSettings): Promise<number> => {
    const values: number[] = [];
    for (const { id, text } of asked.slice(0, tunedOn)) {
      const ranking = (await index.search(text, 10, settings)).map(([found]) => found);
      values.push(ndcgAtK(ranking, training.judgements.get(id) ?? new Map(), 10));
    }
    return mean(values);
  };
  const before = await score(defaultSettings[name]);
  let best = { settings: defaultSettings[name], value: before };
  for (const change of changes) {
    const settings = { ...best.settings, ...change };
    const value = await score(settings);
    if (value > best.value) best = { settings, value };
  }
  process.stdout.write(
    `${name} tuned on ${tunedOn} training questions of SciFact: ${JSON.stringify(best.settings)}, nDCG@10 ` +
      `${before.toFixed(4)} → ${best.value.toFixed(4)}\n`,
  );
  return best.settings;
}

function peerSystem(name: PeerName, settings: PeerSettings): System {
  return {
    name,
    version: JSON.stringify(settings),
    prepare: async ({ documents }: Corpus) => {
      const index = await openPeer(name);
      if (index === undefined) throw new Error(`${name} is not installed`);
      await fill(index, documents);
      return { search: (text, k) => index.search(text, k, settings) };
    },
  };
}

async function fill(index: PeerIndex, documents: readonly CollectionDocument[]): Promise<void> {
  await index.add(
    documents.map(({ id, title, text }) => ({ id, title, abstract: text, categories: [], date: '' })),
  );
}
