// How paper 20's learning rates and ε were chosen: five rates an arm, by the validation codes of two seeds that no
// result uses. `node --conditions=@offprint/source lab/src/tuning/20-limiting-confidence.ts`
import { init } from '@jax-js/jax';
import { fullSize } from '../experiments/20-limiting-confidence/experiment.ts';
import { Judge } from '../experiments/20-limiting-confidence/judge.ts';
import { judgedPictures, splitPictures } from '../experiments/20-limiting-confidence/pictures.ts';
import { trainReader } from '../experiments/20-limiting-confidence/reader.ts';
import { readDataSet } from '../packages/read-data-set.ts';

const learningRates = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2];
const seeds = [101, 102];
/** What each arm is for is what it is chosen by; smooth labels are tried against the coverage of 256 draws. */
const arms = [
  { name: 'cross-entropy', N: 1, smoothing: 0, chosenBy: 1 },
  { name: 'DCO, N = 16', N: 16, smoothing: 0, chosenBy: 16 },
  { name: 'DCO, N = 256', N: 256, smoothing: 0, chosenBy: 256 },
  { name: 'label smoothing 0.1', N: 1, smoothing: 0.1, chosenBy: 256 },
  { name: 'label smoothing 0.3', N: 1, smoothing: 0.3, chosenBy: 256 },
] as const;

await init('wasm');
const set = await readDataSet('fashion-mnist');
for (const arm of arms)
  for (const learningRate of learningRates) {
    let sum = 0;
    for (const seed of seeds) {
      const split = splitPictures(set, seed, fullSize.counts);
      const judge = new Judge(seed, fullSize.judgedCodes, split.validation.labels, split.test.labels);
      trainReader(
        { ...fullSize, ...arm, learningRate },
        seed,
        split.train,
        judgedPictures(split),
        (epoch, logits) => {
          judge.look(epoch, logits);
        },
      );
      sum += judge.looks.at(-1)?.validation.get(arm.chosenBy) ?? Number.NaN;
    }
    process.stdout.write(
      `${arm.name}, learning rate ${learningRate}: validation pass@${arm.chosenBy} ${((100 * sum) / seeds.length).toFixed(2)}\n`,
    );
  }
