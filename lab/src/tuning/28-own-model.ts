// How the peak rate of paper 28's own model was chosen: four peaks, by the last held-out loss under the constant and the
// cosine schedule, of a seed that no result uses.
// `node --conditions=@offprint/source lab/src/tuning/28-own-model.ts`
import { ownFull } from '../experiments/28-lr-annealing/experiment.ts';
import { splitText, trainOwnModel } from '../experiments/28-lr-annealing/own-model.ts';
import { readDataSet } from '../packages/read-data-set.ts';

const text = splitText((await readDataSet('moby-dick')).text);
for (const peak of [3e-4, 1e-3, 3e-3, 1e-2])
  for (const name of ['constant', 'cosine'] as const) {
    let last = Number.NaN;
    await trainOwnModel(ownFull, { name, peak, seed: 101, text }, (_, loss) => {
      last = loss;
    });
    process.stdout.write(`peak ${peak}, ${name}: held-out loss ${last.toFixed(4)}\n`);
  }
