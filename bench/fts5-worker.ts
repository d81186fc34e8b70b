// SQLite's FTS5 in a thread of its own, as the engine is in one: filled from the archive, then asked by several clients.
import { parentPort } from 'node:worker_threads';
import { answerCalls } from '../search/src/threads/remote.ts';
import { openMeasured } from './measured-systems.ts';
import { papersOfSize } from './papers-of-size.ts';
import type { PeerFilter } from './peers.ts';

/** What the thread answers. */
export interface Fts5Calls {
  fill(papers: number): Promise<void>;
  /** @returns how many it found, at most 20. */
  search(text: string, filter: PeerFilter | undefined): Promise<number>;
}

const batchSize = 5000;

const port = parentPort;
if (port !== null) {
  const opening = openMeasured('fts5');
  const opened = async () => {
    const measured = await opening;
    if (measured === undefined) throw new Error('node:sqlite is always there');
    return measured;
  };
  const methods: Fts5Calls = {
    fill: async (papers) => {
      const measured = await opened();
      let batch: Parameters<typeof measured.add>[0][number][] = [];
      for await (const paper of papersOfSize(papers)) {
        batch.push(paper);
        if (batch.length < batchSize) continue;
        await measured.add(batch);
        batch = [];
      }
      await measured.add(batch);
      await measured.finish();
    },
    search: async (text, filter) => (await opened()).search(text, filter),
  };
  answerCalls(port, { ...methods });
}
