// How paper 19's learning rates, a and b were chosen: nine trials an arm, half the steps of the full run, by the misses of
// 5,000 validation words at each k, under a seed that no result uses. Arms may be named to try only those.
// `node --conditions=@offprint/source lab/src/tuning/19-z-loss.ts [arm …]`
import { fullSize } from '../experiments/19-z-loss/experiment.ts';
import { ks } from '../experiments/19-z-loss/misses.ts';
import { type Choice, trainAndRank } from '../experiments/19-z-loss/word-model.ts';
import { wordTask } from '../experiments/19-z-loss/word-text.ts';
import { readDataSet } from '../packages/read-data-set.ts';

const rates = [1e-3, 2e-3, 4e-3, 8e-3, 1.6e-2, 2.4e-2, 3.2e-2, 4.8e-2, 6.4e-2];
const trials: Readonly<Record<string, readonly Choice[]>> = {
  softmax: rates.map((learningRate) => ({ loss: 'softmax', learningRate })),
  z: [
    { a: 0.1, b: 10 },
    { a: 0.3, b: 10 },
    { a: 1, b: 10 },
  ].flatMap((shape) =>
    [4e-3, 1e-2, 2.4e-2].map((learningRate): Choice => ({ loss: 'z', ...shape, learningRate })),
  ),
  taylor: rates.map((learningRate) => ({ loss: 'taylor', learningRate })),
  spherical: rates.map((learningRate) => ({ loss: 'spherical', learningRate })),
  squared: rates.map((learningRate) => ({ loss: 'squared', learningRate })),
};

const text = (await readDataSet('moby-dick')).text;
const task = wordTask(text, fullSize.vocabulary, 5000);
const named = process.argv.slice(2);
for (const [arm, choices] of Object.entries(trials)) {
  if (named.length > 0 && !named.includes(arm)) continue;
  for (const choice of choices) {
    const half = { ...fullSize, steps: fullSize.steps / 2 };
    const ranks = await trainAndRank(half, choice, task, task.validation, 101);
    const errors = ks.map((k) => (100 * ranks.filter((rank) => rank >= k).length) / ranks.length);
    process.stdout.write(`${JSON.stringify(choice)} ${errors.map((error) => error.toFixed(2)).join(' ')}\n`);
  }
}
