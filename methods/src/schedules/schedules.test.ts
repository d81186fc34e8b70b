import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pcg32 } from '../random/pcg32.ts';
import { cyclicCosine } from './cyclic-cosine.ts';
import { constant, cosine, joinSchedules, linear, stepwise } from './schedule.ts';
import { decay, warmupStableDecay, wsdS } from './warmup-stable-decay.ts';

const peak = 5.5;
const shapes = ['inv', 'linear', 'sqrt'] as const;

describe('plain schedules', () => {
  it('have their values at the ends, in the middle and beyond', () => {
    expect([0, 7, 1e9].map(constant(3))).toEqual([3, 3, 3]);
    expect([0, 5, 10, 20].map(linear({ from: 1, to: 2, steps: 10 }))).toEqual([1, 1.5, 2, 2]);
    expect([0, 9, 10, 19, 20].map(stepwise({ initial: 8, factor: 0.5, boundaries: [10, 20] }))).toEqual([
      8, 8, 4, 4, 2,
    ]);
    const half = cosine({ peak: 2, steps: 100, minRatio: 0.1 });
    expect(half(0)).toBe(2);
    expect(half(50)).toBeCloseTo(1.1, 12);
    expect(half(25)).toBeCloseTo(2 * (0.1 + 0.9 * 0.5 * (1 + Math.SQRT1_2)), 12);
    expect([half(100), half(1000)].map((value) => Number(value.toFixed(12)))).toEqual([0.2, 0.2]);
    expect(linear({ from: 1, to: 2, steps: 0 })(0)).toBe(2);
  });

  it('are joined with each counting from its own boundary', () => {
    const joined = joinSchedules([linear({ from: 0, to: 1, steps: 4 }), cosine({ peak: 1, steps: 10 })], [4]);
    expect([0, 2, 4, 9, 14].map((step) => Number(joined(step).toFixed(12)))).toEqual([0, 0.5, 1, 0.5, 0]);
    expect(() => joinSchedules([constant(1)], [3])).toThrow(RangeError);
    expect(() => joinSchedules([constant(1), constant(2), constant(3)], [5, 5])).toThrow(RangeError);
  });
});

describe('warm-up, stable, decay', () => {
  it('decays inversely as Levanter does: η over 1, 3.25, 5.5, 7.75 and 10 for r = 0.1 and 100 steps', () => {
    const fall = decay({ peak, steps: 100, minRatio: 0.1, shape: 'inv' });
    for (const [step, divisor] of [
      [0, 1],
      [25, 3.25],
      [50, 5.5],
      [75, 7.75],
      [100, 10],
    ] as const) {
      expect(fall(step)).toBeCloseTo(peak / divisor, 12);
    }
  });

  it('interpolates 1/η linearly with inv, η with linear, and falls by half at a quarter with sqrt', () => {
    const options = { peak: 1, steps: 8, minRatio: 0.2 };
    expect(1 / decay({ ...options, shape: 'inv' })(2)).toBeCloseTo(0.75 / 1 + 0.25 / 0.2, 12);
    expect(decay({ ...options, shape: 'linear' })(2)).toBeCloseTo(0.75 + 0.25 * 0.2, 12);
    expect(decay({ ...options, shape: 'sqrt' })(2)).toBeCloseTo(0.6, 12);
  });

  it('warms up, stays, decays over the last tenth and stays low', () => {
    const schedule = warmupStableDecay({ peak: 1, warmup: 10, total: 200 });
    expect([0, 5, 10, 100, 180].map(schedule)).toEqual([0, 0.5, 1, 1, 1]);
    expect(schedule(190)).toBeCloseTo(1 / 5.5, 12);
    expect([200, 10_000].map((step) => Number(schedule(step).toFixed(12)))).toEqual([0.1, 0.1]);
  });

  it('is continuous, never above its peak nor below its lowest rate, and falls only in the decay', () => {
    const options = fc.record({
      warmup: fc.integer({ min: 0, max: 50 }),
      total: fc.integer({ min: 100, max: 1000 }),
      decayFraction: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
      minRatio: fc.double({ min: 0.01, max: 1, noNaN: true }),
      shape: fc.constantFrom(...shapes),
    });
    fc.assert(
      fc.property(options, (given) => {
        const schedule = warmupStableDecay({ peak: 1, ...given });
        const decayStart = given.total - Math.round(given.total * given.decayFraction);
        for (const boundary of [given.warmup, decayStart, given.total]) {
          expect(Math.abs(schedule(boundary) - schedule(boundary - 1e-9))).toBeLessThan(1e-3);
        }
        for (let step = given.warmup; step < given.total + 5; step++) {
          const rate = schedule(step);
          expect(rate <= 1 && rate >= given.minRatio - 1e-12).toBe(true);
          expect(schedule(step + 1)).toBeLessThanOrEqual(rate + 1e-12);
          if (step < decayStart) expect(rate).toBe(1);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('with one cycle WSD-S is WSD', () => {
    for (const shape of shapes) {
      const common = { peak: 2, warmup: 7, decayFraction: 0.25, minRatio: 0.05, shape };
      const once = warmupStableDecay({ ...common, total: 90 });
      const cycled = wsdS({ ...common, cycleEnds: [90] });
      for (let step = 0; step < 120; step++) expect(cycled(step)).toBe(once(step));
    }
  });

  it('WSD-S jumps back to the peak after each decay, with no new warm-up', () => {
    const schedule = wsdS({ peak: 1, warmup: 10, cycleEnds: [100, 300], decayFraction: 0.1 });
    expect([99, 100, 101, 279, 280].map((step) => Number(schedule(step).toFixed(3)))).toEqual([
      0.11, 1, 1, 1, 1,
    ]);
    expect(schedule(290)).toBeCloseTo(1 / 5.5, 12);
    expect(schedule(300)).toBeCloseTo(0.1, 12);
  });

  it('cyclic cosine reaches its lowest before each end and its peak at each beginning', () => {
    const schedule = cyclicCosine({ peak: 1, warmup: 10, cycleEnds: [110, 310] });
    expect([0, 5, 10, 110].map(schedule)).toEqual([0, 0.5, 1, 1]);
    expect(schedule(60)).toBeCloseTo(0.55, 12);
    expect(schedule(210)).toBeCloseTo(0.55, 12);
    expect(schedule(109.999999)).toBeCloseTo(0.1, 6);
    expect(schedule(5000)).toBeCloseTo(0.1, 12);
    expect(cyclicCosine({ peak: 1, cycleEnds: [100] })(50)).toBeCloseTo(0.55, 12);
  });

  it('refuses what does not fit', () => {
    expect(() => warmupStableDecay({ peak: 1, warmup: 95, total: 100 })).toThrow(RangeError);
    expect(() => warmupStableDecay({ peak: 1, total: 100, minRatio: 0 })).toThrow('needs a minRatio above 0');
    expect(() => warmupStableDecay({ peak: 1, total: 100, minRatio: 2 })).toThrow(RangeError);
    expect(() => wsdS({ peak: 1, cycleEnds: [100, 100] })).toThrow(RangeError);
    expect(() => wsdS({ peak: 1, cycleEnds: [] })).toThrow(RangeError);
    expect(() => cyclicCosine({ peak: 1, warmup: 100, cycleEnds: [100] })).toThrow(RangeError);
  });
});

describe('the theory of the wall: a quadratic of curvature κ under gradient noise σ²', () => {
  const curvature = 2;
  const noise = 0.5;

  it('a constant rate ends at the excess loss ησ²/(2(2 − ηκ))', () => {
    const rate = 0.3;
    const schedule = constant(rate);
    // E[v²] after v ← v − η(κv + σξ): (1 − ηκ)²E[v²] + η²σ².
    let second = 1;
    for (let step = 0; step < 500; step++)
      second = (1 - schedule(step) * curvature) ** 2 * second + (schedule(step) * noise) ** 2;
    expect((curvature / 2) * second).toBeCloseTo((rate * noise ** 2) / (2 * (2 - rate * curvature)), 12);
  });

  it('10,000 simulated particles agree within 2 %', () => {
    const rate = 0.3;
    const random = pcg32(5);
    let sum = 0;
    for (let particle = 0; particle < 10_000; particle++) {
      let v = 1;
      for (let step = 0; step < 30; step++) {
        const gaussian =
          Math.sqrt(-2 * Math.log(1 - random.nextUnit())) * Math.cos(2 * Math.PI * random.nextUnit());
        v -= rate * (curvature * v + noise * gaussian);
      }
      sum += v * v;
    }
    const excess = (curvature / 2) * (sum / 10_000);
    expect(excess / ((rate * noise ** 2) / (2 * (2 - rate * curvature)))).toBeGreaterThan(0.97);
    expect(excess / ((rate * noise ** 2) / (2 * (2 - rate * curvature)))).toBeLessThan(1.03);
  });

  it('the best next rate always satisfies 1/ηₜ₊₁ = 1/ηₜ + κ, which is the inverse decay', () => {
    // The rate that minimises (1 − ηκ)²E + η²σ² is κE/(κ²E + σ²): greedy, and here optimal for any horizon.
    let second = 1;
    const best: number[] = [];
    for (let step = 0; step < 20; step++) {
      const rate = (curvature * second) / (curvature ** 2 * second + noise ** 2);
      best.push(rate);
      second = (1 - rate * curvature) ** 2 * second + (rate * noise) ** 2;
    }
    for (const [i, rate] of best.entries()) {
      if (i > 0) expect(1 / rate).toBeCloseTo(1 / (best[i - 1] ?? 0) + curvature, 9);
    }
    const [first = 0] = best;
    const last = best.at(-1) ?? 0;
    const schedule = decay({ peak: first, steps: 19, minRatio: last / first, shape: 'inv' });
    for (const [step, rate] of best.entries()) expect(schedule(step)).toBeCloseTo(rate, 12);
  });

  it('no other 20 rates do better: nudging any of them raises the loss', () => {
    const lossOf = (rates: readonly number[]) =>
      rates.reduce((second, rate) => (1 - rate * curvature) ** 2 * second + (rate * noise) ** 2, 1);
    const first = curvature / (curvature ** 2 + noise ** 2);
    const rates = Array.from({ length: 20 }, (_, i) => 1 / (1 / first + i * curvature));
    for (const i of rates.keys()) {
      for (const factor of [0.97, 1.03]) {
        expect(lossOf(rates.with(i, (rates[i] ?? 0) * factor))).toBeGreaterThan(lossOf(rates));
      }
    }
  });
});
