import { describe, expect, it } from 'vitest';
import type { Results, RunResult } from '../../experiment/results.ts';
import { claim, jointArm, regularizedArms, replayArm } from './claim.ts';

/** Six seeds of an arm whose gap lies between two values. */
function gaps(arm: string, low: number, high: number, byChance = 0.05): RunResult[] {
  return Array.from({ length: 6 }, (_, i) => ({
    arm,
    seed: i + 1,
    metrics: { gap: low + ((high - low) * i) / 5, 'gap by chance': byChance },
  }));
}

const verdict = (...runs: RunResult[][]) =>
  claim.decide({ size: 'full', runs: runs.flat(), series: [] } satisfies Results).verdict;
const [ewc, lwf] = regularizedArms;

describe('the rule about the stability gap', () => {
  it('confirms when replay and one of EWC and LwF fall by more than 10 points', () => {
    expect(verdict(gaps(replayArm, 0.28, 0.32), gaps(jointArm, 0.1, 0.2), gaps(lwf, 0.18, 0.22))).toBe(
      'confirmed',
    );
  });

  it('leaves it undecided when neither does, or when chance alone shows as much', () => {
    expect(
      verdict(
        gaps(replayArm, 0.28, 0.32),
        gaps(jointArm, 0.1, 0.2),
        gaps(lwf, 0.02, 0.04),
        gaps(ewc, 0, 0.3),
      ),
    ).toBe('undecided');
    expect(verdict(gaps(replayArm, 0.28, 0.32, 0.4), gaps(jointArm, 0.1, 0.2), gaps(lwf, 0.18, 0.22))).toBe(
      'undecided',
    );
  });

  it('refutes when replay has next to none, or when only a small memory has one', () => {
    expect(verdict(gaps(replayArm, 0, 0.03), gaps(jointArm, 0, 0.03))).toBe('refuted');
    expect(verdict(gaps(replayArm, 0.28, 0.32), gaps(jointArm, 0, 0.01), gaps(lwf, 0.18, 0.22))).toBe(
      'refuted',
    );
  });

  it('does not refute by a gap that is merely uncertain', () => {
    expect(verdict(gaps(replayArm, -0.2, 0.5), gaps(jointArm, 0, 0.3))).toBe('undecided');
  });

  it('says what is missing', () => {
    expect(claim.decide({ size: 'smoke', runs: [], series: [] })).toMatchObject({
      verdict: 'undecided',
      findings: [],
    });
  });
});
