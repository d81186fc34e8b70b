// The judged collections and the known-item set that search is measured on, and where their vectors are kept.
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { constants, createZstdDecompress } from 'node:zlib';
import { type Collection, type KnownPaper, knownItemCollection, readCollection } from '@offprint/search';
import { z } from 'zod';
import { sharedData } from './offprint-process.ts';

export const collectionNames = ['scifact', 'cranfield', 'cacm', 'medline', 'cisi', 'lisa', 'npl'] as const;

/** Where vectors are kept between runs unless `--cache` says otherwise. */
export const defaultCache = join(tmpdir(), 'offprint-bench-vectors');

export function readJudged(name: string): Promise<Collection> {
  return readCollection(join(sharedData, 'retrieval', name));
}

const paperSchema = z.object({
  id: z.string(),
  title: z.string(),
  abstract: z.string(),
  ai_summary: z.string().nullish(),
});
const everyNth = 7;
const sampled = 1500;

/** Collections made of the daily papers: who asks for a title or a summary wants the paper that it belongs to. */
export const knownItemNames = ['daily-titles', 'daily-summaries'] as const;

/**
 * Every seventh paper of the daily papers, 1,500 in all: the title is the question and the abstract the document, or
 * the summary is the question and both are the document.
 */
export function readKnownItems(name: (typeof knownItemNames)[number] = 'daily-titles'): Promise<Collection> {
  return knownItemCollection(sampleOfDaily(), {
    name,
    kind: name === 'daily-titles' ? 'title' : 'summary',
    size: 500,
    trainingSize: 500,
  });
}

async function* sampleOfDaily(): AsyncGenerator<KnownPaper> {
  const bytes = createReadStream(join(sharedData, 'hf-daily-papers.jsonl.zst'));
  const plain = bytes.pipe(createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 27 } }));
  let line = 0;
  let given = 0;
  for await (const json of createInterface({ input: plain })) {
    if (line % everyNth === 0) {
      const { ai_summary: summary, ...paper } = paperSchema.parse(JSON.parse(json));
      yield { ...paper, summary };
      given += 1;
    }
    line += 1;
    if (given === sampled) break;
  }
  bytes.destroy();
}

/** A judged collection or one of known items, by its name. */
export function readNamed(name: string): Promise<Collection> {
  const known = knownItemNames.find((item) => item === name);
  return known === undefined ? readJudged(name) : readKnownItems(known);
}
