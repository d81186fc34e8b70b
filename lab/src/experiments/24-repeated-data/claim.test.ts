import { describe, expect, it } from 'vitest';
import type { Results } from '../../experiment/results.ts';
import { mostRepeats, repeatsArm, repeatsTried, rulerArm, rulerWidths, worstRepeats } from './cell-names.ts';
import { claim } from './claim.ts';
import { plots } from './plots.ts';
import { ruler, sizeRatios } from './size-ratios.ts';

/** Six seeds of every arm with the given test loss, which moves with the seed a little. */
function results(losses: Record<string, number>, seeds = 6): Results {
  const sizes: Record<string, number> = { [rulerArm(16)]: 6_700, [rulerArm(32)]: 25_600 };
  return {
    size: 'full',
    runs: Object.entries(losses).flatMap(([arm, loss]) =>
      Array.from({ length: seeds }, (_, i) => ({
        arm,
        seed: i + 1,
        metrics: {
          'test loss': loss + 0.002 * ((i * 7 + arm.length) % 5),
          'slice loss': 1,
          parameters: sizes[arm] ?? 56_640,
        },
      })),
    ),
    series: [],
  };
}

const hump = {
  ...Object.fromEntries(repeatsTried.map((repeats) => [repeatsArm(repeats), 2.55])),
  [repeatsArm(1)]: 2.45,
  [repeatsArm(worstRepeats)]: 2.62,
  [repeatsArm(mostRepeats)]: 2.52,
  'slice deleted': 2.55,
  [rulerArm(16)]: 2.7,
  [rulerArm(32)]: 2.55,
};

describe('the rule of paper 24', () => {
  it('confirms a hump that rises above the deleted slice', () =>
    expect(claim.decide(results(hump)).verdict).toBe('confirmed'));

  it('leaves a hump open that stays below the deleted slice', () =>
    expect(claim.decide(results({ ...hump, 'slice deleted': 2.62 })).verdict).toBe('undecided'));

  it('leaves it open when the most repeats are as bad', () =>
    expect(claim.decide(results({ ...hump, [repeatsArm(mostRepeats)]: 2.62 })).verdict).toBe('undecided'));

  it('refutes when no number of repeats is as bad as deleting', () =>
    expect(claim.decide(results({ ...hump, 'slice deleted': 2.9 })).verdict).toBe('refuted'));

  it('refutes a loss that falls with every further repeat', () => {
    const falling = Object.fromEntries(
      repeatsTried.map((repeats, i) => [repeatsArm(repeats), 2.9 - 0.1 * i]),
    );
    expect(claim.decide(results({ ...hump, ...falling })).verdict).toBe('refuted');
  });

  it('says nothing of one seed or of missing cells', () => {
    expect(claim.decide(results(hump, 1)).verdict).toBe('undecided');
    expect(claim.decide({ size: 'full', runs: [], series: [] }).verdict).toBe('undecided');
  });
});

describe('the ruler', () => {
  it('reads about its own size off the model without repetition, and less off a damaged one', () => {
    const all = results(hump);
    expect(rulerWidths.every((width) => sizeRatios(all, rulerArm(width)).length === 6)).toBe(true);
    const [own = 0] = sizeRatios(all, repeatsArm(1));
    expect(own).toBeGreaterThan(0.7);
    expect(own).toBeLessThan(1.4);
    expect(sizeRatios(all, repeatsArm(worstRepeats))[0]).toBeLessThan(0.5);
  });

  it('is none where larger models are no better, or one is missing', () => {
    expect(ruler(results({ ...hump, [rulerArm(16)]: 2.2, [rulerArm(32)]: 2.3 }))).toBeUndefined();
    expect(sizeRatios(results({ [repeatsArm(1)]: 2.4 }), repeatsArm(1))).toEqual([]);
  });
});

describe('the plots', () => {
  it('are drawn of what there is, also of nothing', () => {
    expect(plots(results(hump)).length).toBeGreaterThan(0);
    expect(plots({ size: 'full', runs: [], series: [] })).toEqual([]);
  });
});
