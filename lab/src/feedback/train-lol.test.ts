// Training the learned query in a world where the first results say what was meant.
import { pcg32 } from '@offprint/methods';
import { lolQuery } from '@offprint/search';
import { describe, expect, it } from 'vitest';
import { type FeedbackExample, trainLol } from './train-lol.ts';

const dimensions = 16;
const topics = 8;
const random = pcg32(4);
const vector = (centre: Float32Array | undefined, noise: number): Float32Array => {
  const drawn = Float32Array.from(
    { length: dimensions },
    (_, d) => (centre?.[d] ?? 0) + noise * (random.nextUnit() - 0.5),
  );
  const norm = Math.hypot(...drawn);
  return drawn.map((value) => value / norm);
};
const centres = Array.from({ length: topics }, () => vector(undefined, 1));
const rows = Array.from({ length: 160 }, (_, i) => vector(centres[i % topics], 0.5));
const papers = Float32Array.from(rows.flatMap((row) => [...row]));
const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, d) => sum + value * (b[d] ?? 0), 0);

const examples = Array.from({ length: 300 }, (): FeedbackExample => {
  const answer = random.nextBelow(rows.length);
  const query = vector(centres[answer % topics], 0.8);
  const run = [...rows.keys()].sort((a, b) => dot(rows[b] ?? query, query) - dot(rows[a] ?? query, query));
  return { query, answer, run: run.slice(0, 10) };
});
const base = { papers, dimensions, seed: 2, steps: 120, peak: 3e-3 };

/** Mean rank of the answers among all papers. */
function meanRank(
  asked: readonly FeedbackExample[],
  moved: (example: FeedbackExample) => Float32Array,
): number {
  const ranks = asked.map((example) => {
    const query = moved(example);
    const own = dot(query, rows[example.answer] ?? query);
    return rows.filter((row) => dot(query, row) > own).length;
  });
  return ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
}

describe('training a learned query', () => {
  it('lowers its loss, and finds answers of questions it has not seen sooner than the question alone', async () => {
    const losses: number[] = [];
    const learned = await trainLol({
      ...base,
      examples: examples.slice(60),
      lambda: 1,
      onStep: (_done, _total, loss) => losses.push(loss),
    });
    const average = (values: number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(average(losses.slice(-20))).toBeLessThan(average(losses.slice(0, 20)));
    const unseen = examples.slice(0, 60);
    const alone = meanRank(unseen, ({ query }) => query);
    const fed = meanRank(unseen, ({ query, run }) =>
      lolQuery(
        learned,
        query,
        run.slice(0, 5).map((row) => rows[row] ?? query),
      ),
    );
    expect(fed).toBeLessThan(alone);
  });

  it('gives the same numbers for the same seed, and others with the comparative term', async () => {
    const few = { ...base, examples, steps: 8 };
    const first = await trainLol({ ...few, lambda: 1 });
    expect(await trainLol({ ...few, lambda: 1 })).toEqual(first);
    expect(await trainLol({ ...few, lambda: 0 })).not.toEqual(first);
  });

  it('stops when told, and refuses fewer examples than a batch', async () => {
    const stop = new AbortController();
    const stopped = trainLol({
      ...base,
      examples,
      lambda: 1,
      signal: stop.signal,
      onStep: () => stop.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    await expect(trainLol({ ...base, examples: examples.slice(0, 5), lambda: 1 })).rejects.toThrow(
      RangeError,
    );
  });
});
