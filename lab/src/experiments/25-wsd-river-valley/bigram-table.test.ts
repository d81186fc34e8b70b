import { constant, pcg32, warmupStableDecay } from '@offprint/methods';
import { describe, expect, it } from 'vitest';
import { newTable, runTableArm, stepTable, type TableArm, tableLoss } from './bigram-table.ts';

const arm: TableArm = {
  level: 'table',
  vocabulary: 16,
  choices: 4,
  batchSize: 64,
  steps: 600,
  decaySteps: 60,
};

describe('the table of next tokens', () => {
  it('knows nothing at first: ln V for what is certain, ln V − ln k for what is open', () => {
    const { certain, open } = tableLoss(newTable(arm));
    expect(certain).toBeCloseTo(Math.log(16), 12);
    expect(open).toBeCloseTo(Math.log(16 / 4), 12);
  });

  it('falls towards 0 on both halves, and never below', () => {
    const table = newTable(arm);
    const random = pcg32(4);
    for (let step = 0; step < 3000; step++) stepTable(table, 400 / (100 + step), random);
    const { certain, open } = tableLoss(table);
    expect(certain).toBeGreaterThan(0);
    expect(certain).toBeLessThan(0.02);
    expect(open).toBeGreaterThanOrEqual(0);
    expect(open).toBeLessThan(0.05);
  });

  it('a step moves against the gradient of the sampled loss', () => {
    const one = { ...arm, vocabulary: 2, choices: 1, batchSize: 400 };
    const table = newTable(one);
    stepTable(table, 1, pcg32(1));
    // Both tokens are certain here, drawn about half the time: each row moves by about ½·½ towards its successor.
    for (const logit of table.logits) expect(Math.abs(Math.abs(logit) - 0.25)).toBeLessThan(0.03);
  });

  it('shows both parts moving as the paper says, with a high rate and a decay', () => {
    const rate = 16;
    const metrics = runTableArm(arm, warmupStableDecay({ peak: rate, total: 600 }), 1, () => undefined);
    expect(metrics['certain tokens, fall in stable steps']).toBeGreaterThan(0);
    expect(metrics['open tokens, fall in the decay']).toBeGreaterThan(
      Math.abs(metrics['open tokens, fall in stable steps'] ?? Number.NaN),
    );
    expect(metrics['certain tokens, cosine of moves']).toBeGreaterThan(0.8);
    expect(metrics['open tokens, cosine of moves']).toBeLessThan(0.5);
  });

  it('tells the exact loss of every step that asks', () => {
    const seen: number[] = [];
    runTableArm({ ...arm, steps: 200 }, constant(4), 1, (step, loss) => {
      if (step % 100 === 0) seen.push(loss().certain);
    });
    expect(seen).toHaveLength(2);
    expect(seen[1]).toBeLessThan(seen[0] ?? 0);
  });
});
