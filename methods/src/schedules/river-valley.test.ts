import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { nextExpectedSquare, optimalLearningRates, stationaryExcessLoss } from './noisy-quadratic.ts';
import { descendValley, expectedDescent, type RiverValley } from './river-valley.ts';
import { constant } from './schedule.ts';
import { decay, warmupStableDecay, wsdS } from './warmup-stable-decay.ts';

const valley: RiverValley = { slope: 0.5, curvature: 2, noiseVariance: 0.25 };
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** E[v²] after a list of rates. */
const after = (rates: Iterable<number>, square: number): number =>
  [...rates].reduce((current, rate) => nextExpectedSquare(current, rate, valley), square);

describe('the wall', () => {
  it('keeps ησ²/(2(2 − ηκ)) under a constant rate, the fixed point of the recursion', () => {
    const square = after(
      Array.from({ length: 400 }, () => 0.3),
      1,
    );
    expect((valley.curvature / 2) * square).toBeCloseTo(stationaryExcessLoss(0.3, valley), 14);
    expect(stationaryExcessLoss(0.3, valley)).toBeCloseTo((0.3 * 0.25) / (2 * 1.4), 14);
  });

  it('has no stationary loss for a rate that diverges', () => {
    expect(() => stationaryExcessLoss(1, valley)).toThrow(RangeError);
    expect(() => stationaryExcessLoss(-0.1, valley)).toThrow(RangeError);
  });

  it('is left fastest by rates with 1/ηₜ₊₁ = 1/ηₜ + κ: no other rates end lower', () => {
    const best = optimalLearningRates(1.5, 12, valley);
    for (let t = 1; t < best.length; t++) {
      expect(1 / (best[t] ?? 0) - 1 / (best[t - 1] ?? 0)).toBeCloseTo(valley.curvature, 10);
    }
    const lowest = after(best, 1.5);
    const nudges = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(nudges, (nudge) => {
        expect(
          after(
            best.map((rate, t) => rate + (nudge[t] ?? 0)),
            1.5,
          ),
        ).toBeGreaterThanOrEqual(lowest - 1e-15);
      }),
    );
  });

  it('those rates are the inverse-proportional decay between their first and last', () => {
    const best = optimalLearningRates(0.7, 30, valley);
    const [first = 0] = best;
    const fall = decay({ peak: first, steps: 29, minRatio: (best.at(-1) ?? 0) / first, shape: 'inv' });
    for (const [step, rate] of best.entries()) expect(fall(step)).toBeCloseTo(rate, 13);
  });

  it('asks for a start above the bottom and whole steps', () => {
    expect(() => optimalLearningRates(0, 3, valley)).toThrow(RangeError);
    expect(() => optimalLearningRates(1, 2.5, valley)).toThrow(RangeError);
  });
});

describe('the valley', () => {
  it('10,000 walks agree with their exact expectation within 2 %', () => {
    const schedule = warmupStableDecay({ peak: 0.4, total: 60, warmup: 5, decayFraction: 0.3 });
    const expected = expectedDescent(valley, schedule, 60);
    const random = pcg32(3);
    const walls = new Float64Array(60);
    const walks = 10_000;
    for (let walk = 0; walk < walks; walk++) {
      for (const [step, place] of descendValley(valley, { schedule, steps: 60, random }).entries()) {
        walls[step] = (walls[step] ?? 0) + place.wall / walks;
        if (walk === 0) expect(place.river).toBeCloseTo(expected.river[step] ?? 0, 12);
      }
    }
    expect(Math.abs(sum(walls) / sum(expected.wall) - 1)).toBeLessThan(0.02);
    for (const step of [20, 41, 59]) {
      expect(Math.abs((walls[step] ?? 0) / (expected.wall[step] ?? 1) - 1)).toBeLessThan(0.05);
    }
  });

  it('runs down the river by η·g a step, whatever the walls do', () => {
    const { river } = expectedDescent(valley, constant(0.3), 50, 9);
    expect(river[49]).toBeCloseTo(-50 * 0.3 * 0.5 ** 2, 12);
  });

  it('a decay wins more than as many stable steps, though it runs less far', () => {
    const stable = expectedDescent(valley, constant(0.8), 200);
    const decayed = expectedDescent(valley, warmupStableDecay({ peak: 0.8, total: 200 }), 200);
    const gain = (part: { river: Float64Array; wall: Float64Array }): number =>
      (part.river[179] ?? 0) + (part.wall[179] ?? 0) - (part.river[199] ?? 0) - (part.wall[199] ?? 0);
    const gentle = { ...valley, slope: 0.05 };
    const gentleStable = expectedDescent(gentle, constant(0.8), 200);
    const gentleDecayed = expectedDescent(gentle, warmupStableDecay({ peak: 0.8, total: 200 }), 200);
    expect(gain(gentleDecayed)).toBeGreaterThan(gain(gentleStable));
    expect(-(decayed.river[199] ?? 0)).toBeLessThan(-(stable.river[199] ?? 0));
  });

  it('WSD-S trails WSD on a lineage of as many steps by the river of its first decay alone', () => {
    const once = warmupStableDecay({ peak: 0.5, total: 200 });
    const cycled = wsdS({ peak: 0.5, cycleEnds: [100, 200], decayFraction: 0.1 });
    const a = expectedDescent(valley, once, 200);
    const b = expectedDescent(valley, cycled, 200);
    const area = (schedule: (step: number) => number): number =>
      sum(Array.from({ length: 200 }, (_, step) => schedule(step)));
    expect((b.river[199] ?? 0) - (a.river[199] ?? 0)).toBeCloseTo((area(once) - area(cycled)) * 0.5 ** 2, 12);
  });

  it('takes the step against the gradient (−g − κ(y − h)·h′, κ(y − h)) where the bed lies aslant', () => {
    const aslant: RiverValley = { ...valley, noiseVariance: 0, bed: { at: (x) => 3 * x, slopeAt: () => 3 } };
    const [place] = descendValley(aslant, {
      schedule: constant(0.1),
      steps: 1,
      random: pcg32(1),
      height: 1,
    });
    // From (0, 1): the gradient is (−0.5 − 2·1·3, 2·1).
    expect(place?.x).toBeCloseTo(0.65, 12);
    expect(place?.y).toBeCloseTo(0.8, 12);
    expect(place?.river).toBeCloseTo(-0.325, 12);
    expect(place?.wall).toBeCloseTo((0.8 - 1.95) ** 2, 12);
  });

  it('follows a winding bed', () => {
    const winding: RiverValley = {
      ...valley,
      noiseVariance: 0,
      bed: { at: (x) => Math.sin(x), slopeAt: (x) => Math.cos(x) },
    };
    const places = descendValley(winding, {
      schedule: constant(0.05),
      steps: 400,
      random: pcg32(1),
      height: 1,
    });
    const { x, y, wall } = places.at(-1) ?? { x: 0, y: 0, wall: 1 };
    expect(x).toBeGreaterThan(2);
    expect(Math.abs(y - Math.sin(x))).toBeLessThan(0.3);
    expect(wall).toBeLessThan(places[0]?.wall ?? 0);
  });
});
