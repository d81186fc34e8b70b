import { init } from '@jax-js/jax';
import { beforeAll, describe, expect, it } from 'vitest';
import { characterStream } from '../../language/character-stream.ts';
import type { LanguageArm } from './bench.ts';
import { runLanguageArm } from './language-arms.ts';
import type { Method } from './tried-schedules.ts';

beforeAll(() => init('wasm'));

const stream = characterStream(
  'one cat and two dogs saw three birds; four fish saw none of them. '.repeat(40),
);
const arm = (method: Method): LanguageArm => ({
  level: 'language',
  method,
  peak: 0.01,
  budgets: { steps: [10, 20], warmup: 2, decayFraction: 0.2, minRatio: 0.1 },
  shape: { width: 8, layers: 1, heads: 1, context: 16 },
  batchSize: 4,
  judgedWindows: 8,
  curveWindows: 8,
  judgedOn: 'test',
});

async function runArm(method: Method) {
  const shares: number[] = [];
  const curves = new Map<string, number[]>();
  const metrics = await runLanguageArm(arm(method), stream, 3, {
    progress: (share) => void shares.push(share),
    point: (series, x) => void curves.set(series, [...(curves.get(series) ?? []), x]),
  });
  return { metrics, shares, curves };
}

describe('the arms of the character model', () => {
  it('share weights and batches under a seed: what is one schedule so far has one loss', async () => {
    const [wsd, simplified, restarted, cosine] = [
      await runArm('WSD'),
      await runArm('WSD-S'),
      await runArm('cyclic cosine'),
      await runArm('cosine'),
    ];
    expect(simplified.metrics['loss at budget 1']).toBe(wsd.metrics['loss at budget 1']);
    expect(restarted.metrics['loss at budget 1']).toBe(cosine.metrics['loss at budget 1']);
    expect(simplified.metrics['loss at budget 2']).not.toBe(wsd.metrics['loss at budget 2']);
    for (const { shares, curves } of [wsd, simplified, restarted, cosine]) {
      expect(shares.at(-1)).toBeCloseTo(1, 12);
      for (const x of curves.values()) expect(x).toEqual([...x].sort((a, b) => a - b));
    }
    expect([...wsd.curves.keys()].sort()).toEqual([
      'between stable checkpoints',
      'loss',
      'loss in decay 1',
      'loss in decay 2',
      'through the decay',
    ]);
  });
});
