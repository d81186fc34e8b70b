// How many abstracts a second each encoder takes on one core, and how long a query waits.
import { openMiniLm, readMiniLmVocabulary, staticEncoderFrom } from '@offprint/search';
import { z } from 'zod';
import { archiveLines } from './papers-file.ts';

const lineSchema = z.object({ title: z.string(), abstract: z.string() });

/** The first abstracts of the archive as texts to encode. */
export async function abstracts(count: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const line of archiveLines()) {
    const { title, abstract } = lineSchema.parse(JSON.parse(line));
    texts.push(`${title}\n${abstract}`);
    if (texts.length === count) break;
  }
  return texts;
}

/** MiniLM in eight bits, and a static encoder of 256 dimensions over the same vocabulary as its peer's ratio. */
export async function benchEncoders(): Promise<void> {
  const texts = await abstracts(20_000);
  const miniLm = await openMiniLm();
  await miniLm.encode(texts.slice(0, 8));
  const slow = await rate(texts.slice(0, 256), 64, (batch) => miniLm.encode(batch));
  print('minilm, 1 thread', slow, await waitMs((text) => miniLm.encode([text])));
  await miniLm.close();

  const vocabulary = readMiniLmVocabulary();
  const rows = vocabulary.pieces.length;
  const student = staticEncoderFrom({
    name: 'static',
    vocabulary,
    words: [],
    dimensions: 256,
    vectors: Float32Array.from({ length: rows * 256 }, (_, i) => Math.sin(i)),
    weights: new Float32Array(rows).fill(1),
  });
  await rate(texts, 500, (batch) => student.encode(batch));
  const fast = await rate(texts, 500, (batch) => student.encode(batch));
  print('static, 256', fast, await waitMs((text) => student.encode([text])));
  process.stdout.write(`ratio              ${(fast / slow).toFixed(0)} × minilm\n`);
}

async function rate(
  texts: readonly string[],
  batchSize: number,
  encode: (texts: readonly string[]) => Promise<Float32Array>,
): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < texts.length; i += batchSize) await encode(texts.slice(i, i + batchSize));
  return (texts.length / (performance.now() - start)) * 1000;
}

/** The median time of a query of five words. */
async function waitMs(encode: (text: string) => Promise<Float32Array>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 100; i += 1) {
    const start = performance.now();
    await encode('how do models forget tokens');
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[50] ?? 0;
}

function print(name: string, perSecond: number, queryMs: number): void {
  process.stdout.write(
    `${name.padEnd(18)} ${perSecond.toFixed(0).padStart(6)} abstracts/s, a query ${queryMs.toFixed(3)} ms\n`,
  );
}
