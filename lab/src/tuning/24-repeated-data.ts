// How paper 24's worst number of repeats was located: by the loss on the validation part of the text, under two seeds
// that no result uses.
// `node --conditions=@offprint/source lab/src/tuning/24-repeated-data.ts`
import { init } from '@jax-js/jax';
import { runCell } from '../experiments/24-repeated-data/cells.ts';
import { characterStream } from '../language/character-stream.ts';
import { readDataSet } from '../packages/read-data-set.ts';

await init('wasm');
const stream = characterStream((await readDataSet('moby-dick')).text);
for (const seed of [101, 102])
  for (const repeats of [1, 40, 100, 200, 250, 500, 1000, 'deleted'] as const) {
    const metrics = await runCell(
      {
        repeats,
        shape: { width: 48, layers: 2, heads: 2, context: 64 },
        batchSize: 8,
        steps: 500,
        warmup: 20,
        peak: 0.003,
        judgedWindows: 256,
        curveWindows: 64,
        judgedOn: 'validation',
      },
      stream,
      seed,
      { progress: () => undefined, point: () => undefined },
    );
    const [unseen, slice] = [metrics['test loss'], metrics['slice loss']].map((loss) => loss?.toFixed(3));
    process.stdout.write(`seed ${seed}, R = ${repeats}: ${unseen} on unseen text, ${slice} on the slice\n`);
  }
