// How paper 37's learning rates were chosen: four an arm, by the error on validation pictures (training pictures that
// the arm does not see) of two seeds that no result uses.
// `node --conditions=@offprint/source lab/src/tuning/37-multi-sample-dropout.ts`
import { init } from '@jax-js/jax';
import { mean, pcg32 } from '@offprint/methods';
import { labelledRows } from '../data-sets/labelled-rows.ts';
import { fullSize } from '../experiments/37-multi-sample-dropout/experiment.ts';
import { trainNetwork } from '../experiments/37-multi-sample-dropout/train.ts';
import { trainings } from '../experiments/37-multi-sample-dropout/trainings.ts';
import { readDataSet } from '../packages/read-data-set.ts';

const learningRates = [0.01, 0.02, 0.05, 0.1];
const seeds = [101, 102];

await init('wasm');
const { train } = await readDataSet('fashion-mnist');
const half = train.count / 2;
for (const [name, training] of Object.entries(trainings(fullSize, [1, 2, 8, 32]))) {
  const errors = learningRates.map((learningRate) =>
    mean(
      seeds.map((seed) => {
        const random = pcg32(seed, 38);
        const drawn = (count: number, from: number): Uint32Array =>
          Uint32Array.from({ length: count }, () => from + random.nextBelow(half));
        const { last } = trainNetwork(
          { ...training, learningRate, lookEvery: training.steps },
          seed,
          labelledRows(train, drawn(training.trainingPictures, 0)),
          labelledRows(train, drawn(2000, half)),
          () => {},
        );
        return last.testError;
      }),
    ),
  );
  process.stdout.write(`| ${name} | ${errors.map((error) => (100 * error).toFixed(2)).join(' | ')} |\n`);
}
