// Papers to fill an index with: real ones as far as they reach, then papers made of real sentences.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { constants, createZstdDecompress } from 'node:zlib';
import type { SearchDocument } from '@offprint/search';
import { z } from 'zod';
import { sharedData } from './offprint-process.ts';

const paperSchema = z.object({
  id: z.string(),
  title: z.string(),
  abstract: z.string().nullish(),
  authors: z.array(z.string()),
  categories: z.array(z.string()).optional(),
  listed: z.string().nullish(),
  year: z.string().optional(),
});

const archives = [
  { file: 'arxiv-2025-2026.jsonl.zst', source: 'arxiv' },
  { file: 'ml-anthology.jsonl.zst', source: 'anthology' },
] as const;

/** The papers of both archives in their order, each id once. */
async function* realPapers(): AsyncGenerator<SearchDocument> {
  const ids = new Set<string>();
  for (const { file, source } of archives) {
    const bytes = createReadStream(join(sharedData, file));
    const plain = bytes.pipe(createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 27 } }));
    for await (const line of createInterface({ input: plain })) {
      const { id, title, abstract, authors, categories, listed, year } = paperSchema.parse(JSON.parse(line));
      if (ids.has(id)) continue;
      ids.add(id);
      const date = listed ?? (year === undefined ? null : `${year}-01-01`);
      yield {
        id,
        title,
        abstract: abstract ?? '',
        authors,
        categories: categories ?? [],
        date,
        source,
        hasCode: false,
        votes: 0,
      };
    }
    bytes.destroy();
  }
}

/**
 * The first `count` papers. Beyond the real ones each takes everything but its abstract from a real paper drawn at
 * random, and as many sentences as that paper's abstract has: each drawn, with replacement, from that abstract, or once
 * in four from another one. What a paper repeats and what it leaves out so make up for each other: lengths and
 * the papers that a common word stands in keep their shares (171 and 172 words, "learning" in 35.4 % and 35.6 %), a
 * word of one topic stands in more ("quantum" in 2.0 % and 3.0 %), and the vocabulary stops growing.
 */
export async function* papersOfSize(count: number): AsyncGenerator<SearchDocument> {
  const kept: SearchDocument[] = [];
  const keeps = count > realAtMost;
  let given = 0;
  for await (const paper of realPapers()) {
    if (given === count) return;
    if (keeps) kept.push(paper);
    given += 1;
    yield paper;
  }
  const random = seeded(1);
  const drawn = (): SearchDocument | undefined => kept[Math.floor(random() * kept.length)];
  for (; given < count && kept.length > 0; given += 1) {
    const model = drawn();
    if (model === undefined) return;
    const own = sentences(model.abstract);
    const abstract = own.map(() => {
      const from = random() < foreign ? sentences(drawn()?.abstract ?? '') : own;
      return from[Math.floor(random() * from.length)] ?? '';
    });
    yield { ...model, id: `made-${given}`, abstract: abstract.join(' ') };
  }
}

/** The share of sentences that come from another abstract. */
const foreign = 0.25;

/** Sizes above it have made papers; there are 283 thousand real ones. */
const realAtMost = 283_000;

function sentences(text: string): string[] {
  return text.split(/(?<=[.!?]) +/);
}

/** Numbers in [0, 1) that follow from the seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
