import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnnealingLaw, predictLoss } from '@offprint/methods';
import { describe, expect, it } from 'vitest';
import type { DataSets } from '../../data-sets/data-sets.ts';
import type { LossCurve } from '../../data-sets/loss-curves.ts';
import type { DataSetSource } from '../../experiment/experiment.ts';
import { type Results, type Series, seriesOf } from '../../experiment/results.ts';
import type { Size } from '../../experiment/size.ts';
import { ablationArm, claim, lawArm, modelSizes } from './claim.ts';
import { experiment } from './experiment.ts';
import { curveErrors } from './fit-published.ts';
import { ownCurves } from './own-findings.ts';
import { ownNames, ownRates } from './own-schedules.ts';
import { page } from './page.ts';
import { fittedSchedules, publishedRates, unseenSchedules, warmup } from './published-schedules.ts';

const schedules = [...fittedSchedules, ...unseenSchedules];
const law: AnnealingLaw = { L0: 2.8, A: 0.6, alpha: 0.45, C: 0.5, lambda: 0.999 };

/** Curves that follow `lossOf` exactly, every 400 steps. */
function madeCurves(lossOf: (rates: Float64Array) => ArrayLike<number>): LossCurve[] {
  return schedules.flatMap((schedule) => {
    const rates = publishedRates(schedule);
    const losses = lossOf(rates);
    const steps = Array.from(
      { length: Math.floor((rates.length - 1 - 2400) / 800) },
      (_, i) => 2400 + 800 * i,
    );
    return modelSizes.map((millions) => ({
      millions,
      schedule,
      steps,
      losses: steps.map((step) => losses[step] ?? 0),
    }));
  });
}

async function resultsOn(
  curves: readonly LossCurve[],
  size: Size,
  arms?: readonly string[],
): Promise<Results> {
  const sets: Partial<DataSets> = {
    'loss-curves': curves,
    'moby-dick': { text: 'a text of a few words, over and over; '.repeat(100) },
  };
  const source: DataSetSource = {
    open: async (name) => {
      const set = sets[name];
      if (set === undefined) throw new Error(`${name} is not for this experiment.`);
      return set;
    },
  };
  const series = new Map<string, Series & { x: number[]; y: number[] }>();
  const runs = [];
  for (const arm of arms ?? experiment.plans[size].arms) {
    const report = {
      progress: () => undefined,
      point: (name: string, x: number, y: number) => {
        const kept = series.get(arm + name) ?? { arm, seed: 1, name, x: [], y: [] };
        series.set(arm + name, kept);
        kept.x.push(x);
        kept.y.push(y);
      },
    };
    runs.push({ arm, seed: 1, metrics: await experiment.run(size, arm, 1, report, source) });
  }
  return { size, runs, series: [...series.values()] };
}

const following = madeCurves((learningRates) => predictLoss(law, { learningRates, warmup }));
const notAnnealed = madeCurves((learningRates) => predictLoss({ ...law, C: 0 }, { learningRates, warmup }));
const compared = [lawArm, ablationArm];

describe('the rule of paper 28', () => {
  it('confirms on curves that follow the law, with its constants found again', async () => {
    const results = await resultsOn(following, 'short', compared);
    expect(claim.decide(results).verdict).toBe('confirmed');
    expect(results.runs[0]?.metrics).toMatchObject({
      'C, 25M': expect.closeTo(0.5, 2),
      'alpha, 400M': expect.closeTo(0.45, 2),
    });
  });

  it('refutes where annealing is worth nothing', async () => {
    // A little of what neither law knows, or both would be exact and their ratio mean nothing.
    const wavy = notAnnealed.map((curve) => ({
      ...curve,
      losses: curve.losses.map((loss, i) => loss * (1 + 1e-3 * Math.sin(i))),
    }));
    expect(claim.decide(await resultsOn(wavy, 'short', compared)).verdict).toBe('refuted');
  });

  it('refutes when a single point of an unseen curve is far off', async () => {
    const results = await resultsOn(
      following.map((curve) =>
        curve.schedule === 'wsdcon_3' && curve.millions === 100
          ? { ...curve, losses: curve.losses.with(5, 1.03 * (curve.losses[5] ?? 0)) }
          : curve,
      ),
      'short',
      compared,
    );
    expect(claim.decide(results).verdict).toBe('refuted');
  });

  it('is undecided when the three sizes were not all fitted', async () => {
    const decision = claim.decide(await resultsOn(following, 'smoke', compared));
    expect(decision.verdict).toBe('undecided');
    expect(decision.findings).toHaveLength(4);
    expect(claim.decide({ size: 'full', runs: [], series: [] }).verdict).toBe('undecided');
  });

  it('compares every arm with the rest of the curves, and draws the unseen ones', async () => {
    const results = await resultsOn(following, 'smoke');
    expect(experiment.plots(results).map(({ marks }) => marks.length)).toEqual([3, 3, 3, 1, 3, 3]);
    // The smallest model of our own has begun to learn its text.
    const own = seriesOf(results, 'own loss, constant', 'own model')[0]?.y ?? [];
    expect(own.at(-1)).toBeLessThan((own[0] ?? 0) - 0.1);
    expect(experiment.plots({ ...results, runs: [], series: [] })).toHaveLength(1);
  });

  it('says which curve a damaged set lacks', async () =>
    expect(resultsOn(following.slice(3), 'smoke')).rejects.toThrow('cosine_24000 of 25 million'));
});

describe('the errors of a prediction', () => {
  it('are relative to what was measured, beside the share of variance explained', () => {
    const { relative, rSquared } = curveErrors([2, 2.2, 3], [2, 2, 4]);
    expect(relative.map((value) => Number(value.toFixed(9)))).toEqual([0, 10, 25]);
    expect(rSquared).toBeCloseTo(1 - 1.04 / (8 / 3), 9);
  });
});

describe('our own model', () => {
  const series = ownNames.map((name): Series => {
    const losses = predictLoss(law, ownRates(name, 400));
    const x = Array.from({ length: 30 }, (_, i) => 40 + 12 * i).concat(400);
    return { arm: 'own model', seed: 1, name: `own loss, ${name}`, x, y: x.map((step) => losses[step] ?? 0) };
  });

  it('adds its findings when two seeds have all three runs', () => {
    const results: Results = {
      size: 'full',
      runs: [],
      series: [
        ...series,
        ...series.map((each) => ({ ...each, seed: 2, y: each.y.map((loss) => loss * 1.01) })),
      ],
    };
    const { verdict, findings } = claim.decide(results);
    expect(verdict).toBe('undecided');
    expect(findings.map(({ holds }) => holds)).toEqual([undefined, undefined, undefined]);
    const [own, ablated, difference] = findings;
    expect(own?.estimate).toBeLessThan(0.05);
    expect(ablated?.estimate).toBeGreaterThan(own?.estimate ?? 0);
    expect(difference?.high).toBeLessThan(0);
  });

  it('is left out where a run is missing or diverged', () => {
    const [first, ...others] = series;
    if (first === undefined) throw new Error('There are three series.');
    const diverged = { ...first, y: first.y.with(3, Number.NaN) };
    for (const kept of [others, [diverged, ...others]]) {
      expect(ownCurves({ size: 'full', runs: [], series: kept }, 1)).toBeUndefined();
    }
  });
});

describe('the page', () => {
  const caption = (values: Record<string, unknown>, results?: Results) =>
    page.draw(values, results, { 'loss-curves': following })[0]?.caption ?? '';

  it('predicts a lower loss for a rate that falls late than for one that stays', () => {
    const lossOf = (text: string) => Number(/predicts ([\d.]+)/.exec(text)?.[1]);
    expect(lossOf(caption({}))).toBeLessThan(lossOf(caption({ rates: new Array(9).fill(3) })));
  });

  it('draws the same from stored constants as from a fit', async () => {
    const results = await resultsOn(following, 'short', compared);
    for (const chosen of ['cosine and constant', 'areas alone']) {
      expect(caption({ law: chosen }, results)).toBe(caption({ law: chosen }));
    }
  });

  it('stays finite when the rate is drawn at nothing', () =>
    expect(caption({ rates: new Array(9).fill(0) })).toMatch(/predicts \d/));
});

const folder = join(process.env.OFFPRINT_SHARED ?? join(process.cwd(), '../shared'), 'data/loss-curves');

describe.skipIf(!existsSync(folder))(`the published rates (from ${folder})`, () => {
  it('are those logged beside the published losses', () => {
    for (const schedule of schedules) {
      const rates = publishedRates(schedule);
      const lines = readFileSync(join(folder, `100M/${schedule}.csv`), 'utf8')
        .trim()
        .split('\n')
        .slice(1);
      for (const line of lines) {
        const [step = 0, rate = 0] = line.split(',').map(Number);
        expect(Math.abs((rates[step] ?? 0) / rate - 1), `${schedule}, step ${step}`).toBeLessThan(1e-9);
      }
    }
  });
});
