import { pcg32, zLossView } from '@offprint/methods';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataSets } from '../../data-sets/data-sets.ts';
import type { DataSetSource } from '../../experiment/experiment.ts';
import { type Results, type Series, seriesOf } from '../../experiment/results.ts';
import { chosen } from './chosen.ts';
import { claim, costArm, exactnessArm, softmaxArm, sphericalArms, taylorArm, zArm } from './claim.ts';
import { denseOutputStep } from './dense-output.ts';
import { experiment } from './experiment.ts';
import { ks, missesByStretch, missSeries } from './misses.ts';
import { largestDifference, stepTimes } from './output-layers.ts';
import { page } from './page.ts';
import { drawExamples, wordsOf, wordTask } from './word-text.ts';

/** Results as a run would give them, with so large a share of words missed at every k. */
function made(errors: Readonly<Record<string, number>>, difference = 1e-15, factored = 0): Results {
  const words = 4000;
  const arms = Object.entries(errors);
  const misses = arms.flatMap(([arm, error], i) => {
    const random = pcg32(i + 1);
    return ks.map((k): Series => {
      const y = missesByStretch(Array.from({ length: words }, () => random.nextUnit() < error));
      return { arm, seed: 1, name: missSeries(k), x: y.map((_, place) => place), y };
    });
  });
  const classes = [1, 1, 2, 2, 4, 4, 8, 8].map((count) => 1000 * count);
  const cost = (kind: string, power: number): Series => ({
    arm: costArm,
    seed: 1,
    name: `${kind} step, ms`,
    x: classes,
    y: classes.map((count, i) => (1 + (i % 2) / 100) * count ** power),
  });
  return {
    size: 'full',
    runs: [{ arm: exactnessArm, seed: 1, metrics: { 'largest difference': difference } }],
    series: [...misses, cost('dense', 1), cost('factored', factored)],
  };
}

const better = Object.fromEntries([
  [zArm, 0.3],
  [softmaxArm, 0.5],
  ...sphericalArms.map((arm) => [arm, 0.5]),
]);
const verdictOf = (results: Results) => claim.decide(results).verdict;

describe('the rule of paper 19', () => {
  it('confirms when the Z-loss misses fewer everywhere, exactly, at a flat cost', () => {
    const { verdict, findings } = claim.decide(made(better));
    expect(verdict).toBe('confirmed');
    expect(findings).toHaveLength(3 + 4 * ks.length);
    expect(findings.every(({ holds }) => holds)).toBe(true);
  });

  it('refutes when log-Taylor-softmax misses fewer, when log-softmax is nowhere worse, and when the update is not exact', () => {
    expect(verdictOf(made({ ...better, [taylorArm]: 0.2 }))).toBe('refuted');
    expect(verdictOf(made({ ...better, [softmaxArm]: 0.2 }))).toBe('refuted');
    expect(verdictOf(made(better, 1e-6))).toBe('refuted');
    expect(verdictOf(made(better, Number.NaN))).toBe('refuted');
  });

  it('is undecided when the cost grows, when a difference is noise, and when an arm is missing', () => {
    expect(verdictOf(made(better, 1e-15, 0.5))).toBe('undecided');
    expect(verdictOf(made({ ...better, 'squared error': 0.301 }))).toBe('undecided');
    expect(verdictOf(made({ [zArm]: 0.3, [softmaxArm]: 0.5 }))).toBe('undecided');
    expect(verdictOf({ size: 'full', runs: [], series: [] })).toBe('undecided');
  });

  it('averages each stretch over the seeds', () => {
    const once = made(better);
    const twice = { ...once, series: [...once.series, ...once.series.map((each) => ({ ...each, seed: 2 }))] };
    expect(claim.decide(twice).findings.at(-1)).toEqual(claim.decide(once).findings.at(-1));
  });
});

describe('the words that are missed', () => {
  it('are counted in stretches that hold each word once', () => {
    const missed = fc.array(fc.boolean(), { minLength: 1, maxLength: 900 });
    fc.assert(
      fc.property(missed, (words) => {
        const shares = missesByStretch(words);
        expect(shares.length).toBe(Math.min(200, words.length));
        expect(shares.every((share) => share >= 0 && share <= 100)).toBe(true);
      }),
    );
    const half = Array.from({ length: 10_000 }, (_, i) => i < 5000);
    expect(missesByStretch(half)).toEqual(Array.from({ length: 200 }, (_, i) => (i < 100 ? 100 : 0)));
    expect(missesByStretch([true, false])).toEqual([100, 0]);
  });
});

describe('the words of a text', () => {
  it('are in lower case, with the marks that end or part a sentence', () =>
    expect(wordsOf('A whale’s tail, “it” can’t—be 7!')).toEqual([
      'a',
      'whale’s',
      'tail',
      ',',
      'it',
      'can’t',
      'be',
      '!',
    ]));

  it('make a task whose parts do not overlap and that never asks for a rare word', () => {
    const text = Array.from(
      { length: 1000 },
      (_, i) => ['one', 'two', 'three', `rare${'x'.repeat(i % 97)}`][i % 4],
    );
    const task = wordTask(text.join(' '), 3, 50);
    expect(task.vocabulary).toBe(3);
    expect(task.validation.count).toBe(50);
    expect(task.test.count).toBe(50);
    expect(task.training.count).toBeGreaterThan(550);
    expect(Math.max(...task.training.targets)).toBe(2);
    // The five words before a "two" end in a rare one and a "one".
    const [, , , fourth, fifth] = task.training.contexts;
    expect([fourth, fifth].includes(0)).toBe(true);
    const drawn = drawExamples(task.training, 7, pcg32(1));
    expect([drawn.count, drawn.contexts.length, drawn.targets.length]).toEqual([7, 35, 7]);
  });
});

describe('the two output layers', () => {
  it('stay the same to rounding', () =>
    expect(largestDifference({ width: 8, batch: 4 }, 50, 50, 1)).toBeLessThan(1e-12));

  it('take as many timed steps as asked', () => {
    const options = { uncounted: 1, counted: 2, seed: 1 };
    for (const kind of ['dense', 'factored'] as const)
      expect(stepTimes(kind, { width: 8, batch: 4 }, 100, options)).toHaveLength(2);
  });

  it('the dense one moves each weight by its finite difference', () => {
    const weights = Float64Array.of(0.3, -0.2, 0.5, 0.1, -0.4, 0.2);
    const features = Float64Array.of(0.7, -1.1);
    const loss = zLossView({ a: 0.5, b: 1 });
    const lossOf = (given: Float64Array): number => {
      const scores = [0, 1, 2].map((k) => (given[2 * k] ?? 0) * 0.7 - (given[2 * k + 1] ?? 0) * 1.1);
      const sum = scores.reduce((total, score) => total + score, 0);
      const sumOfSquares = scores.reduce((total, score) => total + score ** 2, 0);
      return loss({ target: scores[1] ?? 0, sum, sumOfSquares, classes: 3 }).loss;
    };
    const moved = weights.slice();
    denseOutputStep(moved, features, [1], loss, 1);
    for (const [i, weight] of weights.entries()) {
      const slope = (lossOf(weights.with(i, weight + 1e-6)) - lossOf(weights.with(i, weight - 1e-6))) / 2e-6;
      expect(weight - (moved[i] ?? 0)).toBeCloseTo(slope, 7);
    }
  });
});

describe('the experiment', () => {
  it('names a configuration for every k of every arm', () => {
    expect(Object.keys(chosen)).toEqual([zArm, softmaxArm, ...sphericalArms]);
    for (const { choices, byK } of Object.values(chosen)) {
      expect(byK).toHaveLength(ks.length);
      for (const place of byK) expect(choices[place]).toBeDefined();
    }
  });

  it('at its smallest measures all there is, and its plots draw it', async () => {
    const random = pcg32(1);
    const text = Array.from({ length: 4000 }, () => ['one', 'two', 'three', 'four'][random.nextBelow(4)]);
    const sets: Partial<DataSets> = { 'moby-dick': { text: text.join(' ') } };
    const source: DataSetSource = {
      open: async (name) => {
        const set = sets[name];
        if (set === undefined) throw new Error(`${name} is not for this experiment.`);
        return set;
      },
    };
    const kept = new Map<string, { arm: string; seed: number; name: string; x: number[]; y: number[] }>();
    const runs = [];
    for (const arm of experiment.plans.smoke.arms) {
      const report = {
        progress: () => undefined,
        point: (name: string, x: number, y: number) => {
          const series = kept.get(arm + name) ?? { arm, seed: 1, name, x: [], y: [] };
          kept.set(arm + name, series);
          series.x.push(x);
          series.y.push(y);
        },
      };
      runs.push({ arm, seed: 1, metrics: await experiment.run('smoke', arm, 1, report, source) });
    }
    const results: Results = { size: 'smoke', runs, series: [...kept.values()] };
    expect(seriesOf(results, missSeries(10))).toHaveLength(2);
    expect(experiment.plots(results)).toHaveLength(2);
    expect(claim.decide(results).findings.map(({ holds }) => typeof holds)).toContain('boolean');
    expect(page.draw({}, results, {})).toHaveLength(3);
  });
});

describe('the page', () => {
  const barsOf = (values: Record<string, unknown>): number[][] =>
    (page.draw(values, undefined, {})[0]?.marks ?? []).flatMap((mark) =>
      mark.kind === 'bars' ? [[...mark.y]] : [],
    );

  it('shows a log-softmax that scale moves and a Z-loss that nothing moves', () => {
    const [softmax = [], z = []] = barsOf({});
    expect(softmax[1]).toBeCloseTo(softmax[0] ?? 0, 9);
    expect(Math.abs((softmax[2] ?? 0) - (softmax[0] ?? 0))).toBeGreaterThan(0.05);
    for (const loss of z) expect(loss).toBeCloseTo(z[0] ?? 0, 9);
  });

  it('stays finite when all scores are alike', () =>
    expect(
      barsOf({ scores: new Array(10).fill(1) })
        .flat()
        .every(Number.isFinite),
    ).toBe(true));
});
