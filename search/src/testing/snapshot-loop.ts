// A process that lives only to be killed: it puts, removes, merges and saves without end, and says what it has saved.
import { SearchError } from '../errors.ts';
import { SearchIndex } from '../index/search-index.ts';
import { paper } from './papers.ts';
import { plainAnalyser } from './plain-analyser.ts';

/** Papers put in each round; the first of each round is removed in the next. */
const eachRound = 40;

const [, , folder = ''] = process.argv;

async function begin(): Promise<{ index: SearchIndex; round: number }> {
  try {
    const { index, cursor } = await SearchIndex.load(folder, { analyser: plainAnalyser });
    return { index, round: Number(cursor) };
  } catch (error) {
    if (error instanceof SearchError && error.code === 'damaged-file') {
      return { index: SearchIndex.create({ analyser: plainAnalyser }), round: 0 };
    }
    throw error;
  }
}

const { index, round } = await begin();
for (let next = round + 1; ; next += 1) {
  const papers = Array.from({ length: eachRound }, (_, i) =>
    paper(`p${next}-${i}`, { title: `Round r${next}` }),
  );
  index.put(papers);
  index.remove([`p${next - 1}-0`]);
  if (next % 5 === 0) index.compact();
  await index.snapshot(folder, next);
  process.stdout.write(`${next}\n`);
}
