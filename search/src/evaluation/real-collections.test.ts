import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isAnswerable } from './collection.ts';
import { evaluate } from './evaluate.ts';
import { readCollection } from './read-collection.ts';
import { bruteBm25 } from './testing/brute-bm25.ts';
import { sharedPath } from './testing/shared-collections.ts';

const meta = z.object({ docs: z.number(), queries: z.number(), queries_with_rel: z.number() });
const root = sharedPath('data', 'retrieval');

describe.skipIf(root === undefined)('the real collections', () => {
  const folder = root ?? '';

  it.each(['cacm', 'cisi', 'cranfield', 'lisa', 'medline', 'npl', 'scifact'])(
    '%s is read whole, with as many documents and questions as it is known to have',
    async (name) => {
      const known = meta.parse(JSON.parse(await readFile(join(folder, name, 'meta.json'), 'utf8')));
      const { documents, test, training } = await readCollection(join(folder, name));
      const answerable = [test, training].flatMap(({ queries, judgements }) =>
        queries.filter(({ id }) => isAnswerable(judgements.get(id))),
      );
      expect(documents).toHaveLength(known.docs);
      expect(test.queries.length + training.queries.length).toBe(known.queries);
      expect(answerable).toHaveLength(known.queries_with_rel);
    },
  );

  it("SciFact is measured on BEIR's 300 claims and chosen by on its 809 training claims", async () => {
    const { test, training } = await readCollection(join(folder, 'scifact'));
    expect([test.queries.length, training.queries.length]).toEqual([300, 809]);
  });

  it('plain BM25 comes near its published nDCG@10 on SciFact: 0.665 (BEIR), 0.679 (Anserini)', async () => {
    const [result] = (await evaluate([await readCollection(join(folder, 'scifact'))], [bruteBm25()]))
      .collections;
    const means = result?.systems[0]?.means;
    expect(means?.['nDCG@10']).toBeGreaterThan(0.64);
    expect(means?.['nDCG@10']).toBeLessThan(0.69);
    expect(means?.['Recall@100']).toBeGreaterThan(0.87);
  });
});
