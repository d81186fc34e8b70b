import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgesOf, frameOf } from './frame.ts';
import type { Mark, Plot } from './plot.ts';

const plotOf = (marks: readonly Mark[], scale: 'linear' | 'log' = 'linear'): Plot => ({
  title: '',
  caption: '',
  x: { label: '', scale },
  y: { label: '', scale },
  marks,
});

describe('the range of an axis', () => {
  it('holds every number that has a place, whatever is among them', () =>
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: false })),
        fc.constantFrom('linear' as const, 'log' as const),
        (y, scale) => {
          const { x, y: range } = frameOf(
            plotOf([{ kind: 'line', name: 'a', x: y.map((_, i) => i), y }], scale),
          );
          for (const [low, high] of [x, range]) {
            expect(Number.isFinite(low) && Number.isFinite(high)).toBe(true);
            expect(low).toBeLessThan(high);
            if (scale === 'log') expect(low).toBeGreaterThan(0);
          }
          for (const value of y)
            if (Number.isFinite(value) && (scale === 'linear' || value >= 1e-100)) {
              expect(value).toBeGreaterThanOrEqual(range[0]);
              expect(value).toBeLessThanOrEqual(range[1]);
            }
        },
      ),
    ));

  it('is the one that is asked for, if one is', () =>
    expect(frameOf({ ...plotOf([]), y: { label: '', domain: [-1, 7] } }).y).toEqual([-1, 7]));

  it('is not one that no axis can have', () =>
    expect(frameOf({ ...plotOf([]), y: { label: '', scale: 'log', domain: [0, 7] } }).y).toEqual([1, 10]));

  it('reaches down to zero under bars and includes the rules', () => {
    const { y } = frameOf(
      plotOf([
        { kind: 'bars', name: 'a', x: ['one'], y: [5] },
        { kind: 'rule', axis: 'y', at: 9 },
      ]),
    );
    expect(y[0]).toBe(0);
    expect(y[1]).toBeGreaterThan(9);
  });
});

describe('the edges of cells', () => {
  it('lie half way to the neighbours', () =>
    expect([...edgesOf([1, 2, 4, 2], { label: '' })]).toEqual([
      [1, [0.5, 1.5]],
      [2, [1.5, 3]],
      [4, [3, 5]],
    ]));

  it('lie half way in ratios on a logarithmic axis, where zero has none', () => {
    const edges = edgesOf([0, 1, 4], { label: '', scale: 'log' });
    expect([...edges.keys()]).toEqual([1, 4]);
    expect(edges.get(1)?.[1]).toBeCloseTo(2, 12);
    expect(edges.get(4)?.[1]).toBeCloseTo(8, 12);
  });

  it('of a lone cell are one apart', () => expect(edgesOf([3], { label: '' }).get(3)).toEqual([2.5, 3.5]));
});
