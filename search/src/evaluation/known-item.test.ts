import { describe, expect, it } from 'vitest';
import { type KnownPaper, knownItemCollection } from './known-item.ts';

const papers: KnownPaper[] = Array.from({ length: 40 }, (_, i) => ({
  id: `p${i}`,
  title: `Title ${i}`,
  abstract: `Abstract ${i}`,
  summary: `Summary ${i}`,
}));
const askedOf = (collection: { test: { queries: readonly { id: string }[] } }) =>
  collection.test.queries.map((query) => query.id);

describe('a known-item collection', () => {
  it('asks with summaries for whole papers', async () => {
    const collection = await knownItemCollection(papers, { name: 'known', kind: 'summary', size: 5 });
    expect(collection.documents).toHaveLength(40);
    expect(collection.documents[3]).toEqual({ id: 'p3', title: 'Title 3', text: 'Abstract 3' });
    expect(collection.test.queries).toHaveLength(5);
    for (const { id, text } of collection.test.queries) {
      expect(text).toBe(`Summary ${id.slice(1)}`);
      expect(collection.test.judgements.get(id)).toEqual(new Map([[id, 1]]));
    }
  });

  it('asks with titles that stand in no document', async () => {
    const { documents, test } = await knownItemCollection(papers, { name: 'known', kind: 'title', size: 3 });
    expect(documents.every((document) => document.title === '')).toBe(true);
    expect(test.queries[0]?.text).toMatch(/^Title \d+$/);
  });

  it('draws the same papers in whatever order they come, others under another seed', async () => {
    const options = { name: 'known', kind: 'summary', size: 10 } as const;
    const asked = askedOf(await knownItemCollection(papers, options));
    expect(askedOf(await knownItemCollection(papers.toReversed(), options))).toEqual(asked);
    expect(askedOf(await knownItemCollection(papers, { ...options, seed: 2 }))).not.toEqual(asked);
  });

  it('takes training questions from other papers than the test questions', async () => {
    const collection = await knownItemCollection(papers, {
      name: 'k',
      kind: 'summary',
      size: 30,
      trainingSize: 30,
    });
    const training = collection.training.queries.map((query) => query.id);
    expect(training).toHaveLength(10);
    expect(training.filter((id) => askedOf(collection).includes(id))).toEqual([]);
  });

  it('asks nothing that several papers answer, that is empty, or whose paper has no abstract', async () => {
    const odd: KnownPaper[] = [
      { id: 'a', title: 'x', abstract: 'x', summary: 'Shared  words' },
      { id: 'b', title: 'x', abstract: 'x', summary: 'shared words' },
      { id: 'c', title: 'x', abstract: 'x', summary: null },
      { id: 'd', title: 'x', abstract: ' ', summary: 'alone' },
      { id: 'e', title: 'x', abstract: 'x', summary: 'found' },
      { id: 'e', title: 'again', abstract: 'again', summary: 'again' },
    ];
    const collection = await knownItemCollection(odd, { name: 'k', kind: 'summary' });
    expect(askedOf(collection)).toEqual(['e']);
    expect(collection.documents).toHaveLength(5);
    await expect(knownItemCollection(odd.slice(0, 4), { name: 'k', kind: 'summary' })).rejects.toThrow(
      'No paper can be asked for by its summary',
    );
  });
});
