import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtFile } from '../built-file.ts';
import { openMiniLm } from '../encoders/minilm.ts';
import { exactSearch } from '../testing/plain-scan.ts';
import { readPapers, sharedFile } from '../testing/shared-papers.ts';
import { VectorIndex } from './vector-index.ts';

const archive = sharedFile('arxiv-2025-2026.jsonl.zst');
const isReady = archive !== undefined && existsSync(builtFile('models/minilm-int8.onnx'));

it.skipIf(!isReady)(
  'finds 99 of 100 true neighbours of real titles, in either way (skipped without shared data or a build)',
  async () => {
    const encoder = await openMiniLm();
    const titles = (await readPapers(archive ?? '', 2000, 60)).map(({ title }) => title);
    const rows = await encoder.encode(titles);
    await encoder.close();
    const vectors = new Map(titles.map((_, i) => [i, rows.subarray(i * 384, (i + 1) * 384)]));
    const exact = { read: (position: number) => vectors.get(position) };
    const all = new VectorIndex({ dimensions: 384, exact });
    const bySign = new VectorIndex({ dimensions: 384, exact, signsFrom: 0, closestBySign: 500 });
    for (const [i, vector] of vectors) {
      all.set(i, vector, i);
      bySign.set(i, vector, i);
    }
    let found = 0;
    let foundBySign = 0;
    for (let query = 0; query < 100; query += 1) {
      const asked = vectors.get(query * 20) ?? new Float32Array(384);
      const truth = new Set(exactSearch(vectors, asked, 20));
      found += all.search(asked, { k: 20 }).ordinals.filter((ordinal) => truth.has(ordinal)).length;
      // A result for each of a hundred: five of these are 500 of 2000 rows.
      foundBySign += bySign.search(asked, { k: 5 }).ordinals.filter((ordinal) => truth.has(ordinal)).length;
    }
    expect(found / 2000).toBeGreaterThanOrEqual(0.99);
    expect(foundBySign / 500).toBeGreaterThanOrEqual(0.99);
  },
);
