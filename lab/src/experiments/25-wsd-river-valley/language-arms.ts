// The character model under one of the schedules: what is trained, where it branches and what is judged.
import { tree } from '@jax-js/jax';
import type { Report } from '../../experiment/experiment.ts';
import type { Metrics } from '../../experiment/results.ts';
import type { CharacterStream } from '../../language/character-stream.ts';
import type { CharacterState } from '../../language/character-training.ts';
import { type LanguageArm, openBench } from './bench.ts';
import { cosineOracle, decaySteps, restartedCosine, stable, wsd, wsdSimplified } from './tried-schedules.ts';

/** @returns the losses at both budgets and, for WSD, what its decays and its valley look like */
export async function runLanguageArm(
  arm: LanguageArm,
  stream: CharacterStream,
  seed: number,
  report: Report,
): Promise<Metrics> {
  const { budgets, peak, method } = arm;
  const [first, second] = budgets.steps;
  const [decay1, decay2] = decaySteps(budgets);
  const bench = openBench(arm, stream, seed, report, stepsOf(arm));
  const start = (): CharacterState => bench.start();
  try {
    if (method === 'cosine') {
      const losses: number[] = [];
      for (const [i, total] of budgets.steps.entries()) {
        const lane = {
          schedule: cosineOracle(peak, budgets, total),
          to: total,
          curve: `loss to budget ${i + 1}`,
        };
        losses.push(await bench.judge(await bench.go(start(), 0, lane)));
      }
      return { 'loss at budget 1': losses[0] ?? Number.NaN, 'loss at budget 2': losses[1] ?? Number.NaN };
    }
    if (method !== 'WSD') {
      const schedule = method === 'WSD-S' ? wsdSimplified(peak, budgets) : restartedCosine(peak, budgets);
      const middle = await bench.go(start(), 0, { schedule, to: first, curve: 'loss' });
      const lossAtFirst = await bench.judge(tree.ref(middle));
      const end = await bench.go(middle, first, { schedule, to: second, curve: 'loss' });
      return { 'loss at budget 1': lossAtFirst, 'loss at budget 2': await bench.judge(end) };
    }
    const main = stable(peak, budgets);
    const fork1 = first - decay1;
    const fork2 = second - decay2;
    const before1 = await bench.go(start(), 0, { schedule: main, to: fork1, curve: 'loss' });
    const decayed1 = await bench.go(tree.ref(before1), fork1, {
      schedule: wsd(peak, budgets, first, decay1),
      to: first,
      curve: 'loss in decay 1',
    });
    const lossBefore1 = await bench.judge(tree.ref(before1));
    const lossAt1 = await bench.judge(decayed1);
    const stable1 = await bench.go(tree.ref(before1), fork1, { schedule: main, to: first, curve: 'loss' });
    const lossStable1 = await bench.judge(tree.ref(stable1));
    // What the first decay cost is taken off here: as many steps in all as the arms that never roll back.
    const earlier = fork2 - decay1;
    const atEarlier = await bench.go(stable1, first, { schedule: main, to: earlier, curve: 'loss' });
    const decayedEarlier = await bench.go(tree.ref(atEarlier), earlier, {
      schedule: wsd(peak, budgets, earlier + decay2, decay2),
      to: earlier + decay2,
    });
    const lossEqualSteps = await bench.judge(decayedEarlier);
    const before2 = await bench.go(atEarlier, earlier, { schedule: main, to: fork2, curve: 'loss' });
    const lossBefore2 = await bench.judge(tree.ref(before2));
    const decayed2 = await bench.go(tree.ref(before2), fork2, {
      schedule: wsd(peak, budgets, second, decay2),
      to: second,
      curve: 'loss in decay 2',
    });
    const lossAt2 = await bench.judge(tree.ref(decayed2));
    const stable2 = await bench.go(tree.ref(before2), fork2, { schedule: main, to: second, curve: 'loss' });
    const lossStable2 = await bench.judge(stable2);
    const river = await bench.line('between stable checkpoints', before1.params, before2.params);
    const fall = await bench.line('through the decay', before2.params, decayed2.params);
    for (const state of [before1, before2, decayed2]) tree.dispose(state);
    return {
      'loss at budget 1': lossAt1,
      'loss at budget 2': lossAt2,
      'loss at budget 2, equal steps in all': lossEqualSteps,
      'drop in decay 1': lossBefore1 - lossAt1,
      'drop in decay 2': lossBefore2 - lossAt2,
      'drop in stable steps 1': lossBefore1 - lossStable1,
      'drop in stable steps 2': lossBefore2 - lossStable2,
      'above the chord between stable checkpoints': highestAboveChord(river),
      'largest rise through the decay': Math.max(...rises(fall)),
    };
  } finally {
    bench.dispose();
  }
}

/** How many training steps an arm takes in all. */
function stepsOf({ method, budgets }: LanguageArm): number {
  const [first, second] = budgets.steps;
  const [decay1, decay2] = decaySteps(budgets);
  return {
    WSD: second + decay1 + 2 * decay2,
    'WSD-S': second,
    'cyclic cosine': second,
    cosine: first + second,
  }[method];
}

/** How far a curve rises above the straight line between its ends, at most; below 0 for a valley. */
function highestAboveChord(losses: readonly number[]): number {
  const last = losses.length - 1;
  const [from = 0] = losses;
  const to = losses[last] ?? 0;
  return Math.max(...losses.slice(1, last).map((loss, i) => loss - from - ((to - from) * (i + 1)) / last));
}

function rises(losses: readonly number[]): number[] {
  return losses.slice(1).map((loss, i) => loss - (losses[i] ?? 0));
}
