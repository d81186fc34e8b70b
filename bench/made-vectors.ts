// A folder in which an engine finds a vector for every paper, without the forty minutes that encoding them takes.
import { join } from 'node:path';
import { contentKey, encodedText, openMiniLm, openVectorStore } from '@offprint/search';
import { papersOfSize } from './papers-of-size.ts';
import { mixtures, realVectors } from './vectors.ts';

const batchSize = 2000;

/**
 * Stores vectors under the keys of the first papers' texts, as if MiniLM had made them: mixtures of those of real titles,
 * as `vectors` measures. What is found by meaning is then arbitrary; how long it takes is not.
 *
 * @param folder the engine's; for the service, `index` in its data folder.
 */
export async function storeMadeVectors(folder: string, papers: number): Promise<void> {
  const encoder = await openMiniLm();
  const make = mixtures(await realVectors(encoder), encoder.dimensions);
  const store = await openVectorStore(join(folder, 'vectors'), encoder);
  const batch: { key: Uint8Array; vector: Float32Array }[] = [];
  let row = 0;
  for await (const paper of papersOfSize(papers)) {
    batch.push({ key: contentKey(encodedText(paper)), vector: make(row) });
    row += 1;
    if (batch.length === batchSize) await store.add(batch.splice(0));
  }
  await store.add(batch);
  await store.close();
  await encoder.close();
}
