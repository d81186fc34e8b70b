import { init } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { characterStream } from '../../language/character-stream.ts';
import { type Cell, runCell } from './cells.ts';

beforeAll(() => init('wasm'));

// Text without a pattern to learn: what falls on the slice has been learned by heart.
const letters = 'abcdefghijklmnop';
const text = Array.from({ length: 30_000 }, (_, i) => letters[((i * i * 2_654_435 + i) >>> 9) & 15]).join('');
const stream = characterStream(text);

const cell = (repeats: Cell['repeats']): Cell => ({
  repeats,
  shape: { width: 16, layers: 1, heads: 1, context: 16 },
  batchSize: 4,
  steps: 100,
  warmup: 5,
  peak: 0.01,
  judgedWindows: 16,
  curveWindows: 16,
  judgedOn: 'test',
});

describe('a cell', () => {
  it('learns by heart a slice of two windows seen a hundred times, and no other', async () => {
    const reported: Record<string, number[]> = {};
    const often = await runCell(cell(100), stream, 1, {
      progress: () => undefined,
      point: (series, _, y) => {
        reported[series] = [...(reported[series] ?? []), y];
      },
    });
    const silent = { progress: () => undefined, point: () => undefined };
    const deleted = await runCell(cell('deleted'), stream, 1, silent);
    expect(often['slice loss']).toBeLessThan(1);
    expect(deleted['slice loss']).toBeGreaterThan(1.5);
    expect(often['test loss']).toBeGreaterThan(deleted['test loss'] ?? Number.NaN);
    expect(reported['test loss']).toHaveLength(10);
    expect(often.parameters).toBe(12 * 16 ** 2 + 13 * 16 + 2 * 16);
  });
});
