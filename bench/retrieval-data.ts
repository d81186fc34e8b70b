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

const paperSchema = z.object({ id: z.string(), title: z.string(), abstract: z.string() });
const everyNth = 7;
const sampled = 1500;

/** Every seventh paper of the daily papers, 1,500 in all: the title is the question, the abstract the document. */
export function readKnownItems(): Promise<Collection> {
  return knownItemCollection(sampleOfDaily(), {
    name: 'daily-titles',
    kind: 'title',
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
      yield paperSchema.parse(JSON.parse(json));
      given += 1;
    }
    line += 1;
    if (given === sampled) break;
  }
  bytes.destroy();
}
