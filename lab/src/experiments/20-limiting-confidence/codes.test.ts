import { pcg32 } from '@offprint/methods';
import { describe, expect, it } from 'vitest';
import type { Results } from '../../experiment/results.ts';
import { claim, coverage16, coverage256, crossEntropy } from './claim.ts';
import { drawCodes, labelLogPs, meanPassAtN } from './codes.ts';

describe('pass@N of codes', () => {
  const labels = Uint8Array.of(0, 1, 1);
  const logits = Float32Array.of(2, 0, 1, 3, 0, 0);

  it('is that of the product of the pictures’ probabilities', () => {
    const { right } = labelLogPs(logits, labels);
    const p = [2, 2, 0].map((gap, i) => (i === 2 ? 0.5 : 1 / (1 + Math.exp(-gap))));
    const product = (p[0] ?? 0) ** 2 * (p[1] ?? 0) * (p[2] ?? 0);
    expect(meanPassAtN(Int32Array.of(0, 0, 1, 2), right, 3)).toBeCloseTo(1 - (1 - product) ** 3, 12);
  });

  it('with a high temperature is that of guessing', () => {
    const { right, highest } = labelLogPs(logits, labels, 1e9);
    expect(right[0]).toBeCloseTo(Math.log(0.5), 6);
    expect(highest[0]).toBeCloseTo(Math.log(0.5), 6);
  });

  it('agrees with drawing N answers and looking', () => {
    const random = pcg32(7);
    const { right } = labelLogPs(logits, labels);
    const code = drawCodes(random, 1, 3);
    const p = Math.exp(Array.from(code).reduce((sum, picture) => sum + (right[picture] ?? 0), 0));
    let hits = 0;
    for (let trial = 0; trial < 20_000; trial += 1) {
      let hit = false;
      for (let draw = 0; draw < 4; draw += 1) hit = random.nextUnit() < p || hit;
      hits += hit ? 1 : 0;
    }
    expect(hits / 20_000).toBeCloseTo(meanPassAtN(code, right, 4), 1);
  });
});

describe('the rule of paper 20', () => {
  /** Results in which the arms are as far apart as the paper says, unless told otherwise. */
  const results = (changed: Readonly<Record<string, number>> = {}): Results => ({
    size: 'full',
    series: [],
    runs: [1, 2, 3, 4, 5, 6].flatMap((seed) =>
      [
        { arm: crossEntropy, pass: [0.4, 0.6, 0.7], tempered: [0.4, 0.65, 0.8] },
        { arm: coverage16, pass: [0.3, 0.7, 0.85], tempered: [0.3, 0.7, 0.85] },
        { arm: coverage256, pass: [0.1, 0.65, 0.95], tempered: [0.1, 0.65, 0.95] },
      ].map(({ arm, pass, tempered }) => ({
        arm,
        seed,
        metrics: {
          'slope of pass@256': -0.005 + seed * 1e-5,
          ...Object.fromEntries(
            [1, 16, 256].flatMap((N, i) => [
              [`pass@${N}`, (pass[i] ?? 0) + seed * 1e-4],
              [`pass@${N} with temperature`, (tempered[i] ?? 0) + seed * 2e-4],
            ]),
          ),
          ...(arm === crossEntropy ? changed : {}),
        },
      })),
    ),
  });

  it('confirms what the paper reports', () => expect(claim.decide(results()).verdict).toBe('confirmed'));

  it('refutes when cross-entropy does not fall', () =>
    expect(claim.decide(results({ 'slope of pass@256': 0.001 })).verdict).toBe('refuted'));

  it('refutes when a temperature does as well at both numbers of draws, not at one', () => {
    const both = { 'pass@16 with temperature': 0.75, 'pass@256 with temperature': 0.96 };
    expect(claim.decide(results(both)).verdict).toBe('refuted');
    expect(claim.decide(results({ 'pass@256 with temperature': 0.96 })).verdict).toBe('confirmed');
  });

  it('is undecided when another loss is best at some N, or when nothing ran', () => {
    expect(claim.decide(results({ 'pass@16': 0.9 })).verdict).toBe('undecided');
    expect(claim.decide({ size: 'full', runs: [], series: [] }).verdict).toBe('undecided');
  });

  it('is undecided when an arm diverged', () =>
    expect(claim.decide(results({ 'pass@256': Number.NaN })).verdict).toBe('undecided'));
});
