// How paper 25's peak rates were chosen: three rates a method, by the loss at both budgets on the validation part of the
// text, under a seed that no result uses, with the budgets of the full size.
// `node --conditions=@offprint/source lab/src/tuning/25-wsd-river-valley.ts`
import { init } from '@jax-js/jax';
import { runLanguageArm } from '../experiments/25-wsd-river-valley/language-arms.ts';
import { characterStream } from '../language/character-stream.ts';
import { readDataSet } from '../packages/read-data-set.ts';

await init('wasm');
const stream = characterStream((await readDataSet('moby-dick')).text);
for (const method of ['WSD', 'cosine'] as const)
  for (const peak of [1.5e-3, 3e-3, 6e-3]) {
    const metrics = await runLanguageArm(
      {
        level: 'language',
        method,
        peak,
        budgets: { steps: [400, 800], warmup: 20, decayFraction: 0.1, minRatio: 0.1 },
        shape: { width: 48, layers: 2, heads: 2, context: 64 },
        batchSize: 8,
        judgedWindows: 256,
        curveWindows: 64,
        judgedOn: 'validation',
      },
      stream,
      101,
      { progress: () => undefined, point: () => undefined },
    );
    const losses = [metrics['loss at budget 1'], metrics['loss at budget 2']].map((loss) => loss?.toFixed(3));
    process.stdout.write(`${method}, peak ${peak}: ${losses.join(' and ')}\n`);
  }
