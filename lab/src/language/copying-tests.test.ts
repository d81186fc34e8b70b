import { init } from '@jax-js/jax';
import { pcg32, prefixMatchingScore } from '@offprint/methods';
import { beforeAll, describe, expect, it } from 'vitest';
import { attentionWeights } from './attention-weights.ts';
import { evaluator, initCharacterModel } from './character-model.ts';
import { bestPrefixMatching, copyTest, copyWindows } from './copying-tests.ts';

beforeAll(() => init('wasm'));

const shape = { vocabulary: 12, width: 8, layers: 2, heads: 2, context: 16 };
const params = () => initCharacterModel(pcg32(5), shape);

describe('attention weights', () => {
  it('are a row for every token, over itself and what came before', async () => {
    const tokens = Int32Array.from({ length: 32 }, (_, i) => i % 12);
    const found = await attentionWeights(params(), { tokens, length: 16 }, shape);
    expect(found.map(({ layer, head, text }) => `${layer}${head}${text}`).sort()).toEqual([
      '000',
      '001',
      '010',
      '011',
      '100',
      '101',
      '110',
      '111',
    ]);
    for (const { weights } of found) {
      for (let row = 0; row < 16; row++) {
        const seen = weights.subarray(row * 16, (row + 1) * 16);
        expect(seen.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
        expect(seen.subarray(row + 1).every((weight) => weight < 1e-6)).toBe(true);
      }
    }
  });
});

describe('the tests of copying', () => {
  it('lay out whole copies, each place with what follows it', () => {
    const windows = copyWindows(Int32Array.from([7, 8, 9, 10, 11]), [0, 2], { segmentLength: 3, copies: 2 });
    expect(windows).toMatchObject({ count: 2, length: 5 });
    expect([...windows.inputs]).toEqual([7, 8, 9, 7, 8, 9, 10, 11, 9, 10]);
    expect([...windows.labels]).toEqual([8, 9, 7, 8, 9, 10, 11, 9, 10, 11]);
  });

  it('find no copying in a model that has learned nothing', async () => {
    const judge = evaluator(shape, 4);
    const windows = copyWindows(
      Int32Array.from({ length: 20 }, (_, i) => (i * 5) % 12),
      [0, 4, 9],
      {
        segmentLength: 4,
        copies: 4,
      },
    );
    const perCopy = await copyTest(judge, params(), windows, 4);
    expect(perCopy).toHaveLength(4);
    for (const loss of perCopy) expect(Math.abs(loss - Math.log(12))).toBeLessThan(0.3);
    judge.dispose();
  });

  it('score an untrained head as evenly spread attention is scored', async () => {
    const tokens = Int32Array.from({ length: 16 }, (_, i) => i % 4);
    const even = Float64Array.from({ length: 256 }, (_, i) =>
      i % 16 <= Math.floor(i / 16) ? 1 / (Math.floor(i / 16) + 1) : 0,
    );
    const expected = prefixMatchingScore(even, tokens);
    expect(Math.abs((await bestPrefixMatching(params(), shape, 1)) - expected)).toBeLessThan(0.1);
  });
});
