import { init, tree } from '@jax-js/jax';
import { pcg32 } from '@offprint/methods';
import { beforeAll, describe, expect, it } from 'vitest';
import { blockParameters, evaluator, initCharacterModel } from './character-model.ts';
import { characterStream, spreadStarts, windowsAt } from './character-stream.ts';
import { characterTraining } from './character-training.ts';

beforeAll(() => init('wasm'));

const { vocabulary, tokens } = characterStream(
  'the cat sat on the mat and the rat sat on the cat. '.repeat(8),
);
const shape = { vocabulary: vocabulary.length, width: 16, layers: 2, heads: 2, context: 8 };
const windows = windowsAt(tokens, spreadStarts({ from: 0, to: tokens.length }, 20, 8), 8);

describe('the character model', () => {
  it('knows nothing at first, and learns a text that repeats', async () => {
    const judge = evaluator(shape, 6);
    const params = initCharacterModel(pcg32(1), shape);
    expect(await judge.meanLoss(params, windows)).toBeCloseTo(Math.log(vocabulary.length), 1);
    const training = characterTraining(shape);
    const reported: number[] = [];
    const state = await training.train(training.start(params), {
      from: 0,
      to: 60,
      schedule: () => 1e-2,
      batchAt: () => windows,
      onStep: (_, loss) => void reported.push(loss),
    });
    expect(reported).toHaveLength(60);
    expect(await judge.meanLoss(state.params, windows)).toBeLessThan(1);
    training.dispose();
    judge.dispose();
  });

  it('is judged token by token, in whatever batches', async () => {
    const params = initCharacterModel(pcg32(2), shape);
    const six = evaluator(shape, 6);
    const all = evaluator(shape, 20);
    const a = await six.losses(params, windows);
    const b = await all.losses(params, windows);
    expect(a).toHaveLength(160);
    for (const [i, loss] of a.entries()) expect(loss).toBeCloseTo(b[i] ?? Number.NaN, 5);
    six.dispose();
    all.dispose();
  });

  it('counts its blocks: 12d² + 13d each, and the last norm', () => {
    const params = initCharacterModel(pcg32(3), shape);
    expect(blockParameters(params)).toBe(2 * (12 * 16 ** 2 + 13 * 16) + 2 * 16);
    tree.dispose(params);
  });
});
