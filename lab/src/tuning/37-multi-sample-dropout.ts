// How paper 37's learning rates were chosen: three an arm, by the error on validation pictures (training pictures that
// the arm does not see) of two seeds that no result uses.
// `node --conditions=@offprint/source lab/src/tuning/37-multi-sample-dropout.ts`
import { init } from '@jax-js/jax';
import { pcg32 } from '@offprint/methods';
import { armName, trunks } from '../experiments/37-multi-sample-dropout/claim.ts';
import { fullSize } from '../experiments/37-multi-sample-dropout/experiment.ts';
import { takePictures, trainNetwork } from '../experiments/37-multi-sample-dropout/train.ts';
import { readDataSet } from '../packages/read-data-set.ts';

const learningRates = [0.01, 0.02, 0.05];
const seeds = [101, 102];

await init('wasm');
const set = await readDataSet('fashion-mnist');
for (const trunk of trunks)
  for (const samples of trunk === 'mlp' ? [1, 2, 8, 32] : [1, 8])
    for (const combine of samples === 8 && trunk === 'mlp'
      ? (['loss', 'logits'] as const)
      : (['loss'] as const))
      for (const learningRate of learningRates) {
        const errors = seeds.map((seed) => {
          const random = pcg32(seed, 38);
          const half = set.train.count / 2;
          const train = takePictures(
            set.train,
            Uint32Array.from({ length: fullSize.trainingPictures }, () => random.nextBelow(half)),
          );
          const validation = takePictures(
            set.train,
            Uint32Array.from({ length: 2000 }, () => half + random.nextBelow(half)),
          );
          let error = Number.NaN;
          const training = {
            ...fullSize,
            trunk,
            samples,
            combine,
            learningRate,
            rate: 0.5,
            lookEvery: fullSize.steps,
          };
          trainNetwork(training, seed, train, validation, (look) => {
            error = look.testError;
          });
          return error;
        });
        const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
        process.stdout.write(
          `${armName(trunk, samples)}, by ${combine}, learning rate ${learningRate}: validation error ${(100 * mean).toFixed(2)} %\n`,
        );
      }
