// The rule by which a student takes a place: what it needs, and what it is refused for.
import { describe, expect, it } from 'vitest';
import { decideAdoption } from './adoption.ts';

const replaced = Array.from({ length: 50 }, (_, i) => 0.3 + (i % 7) / 20);
const shifted = (by: number) => replaced.map((value) => value + by);
const pair = (student: number[], collection = 'one') => ({ collection, student, replaced });

describe('adopting a student', () => {
  it('happens when it is better on every collection and surely so over all', () => {
    const verdict = decideAdoption({
      pairs: [pair(shifted(0.05)), pair(shifted(0.02), 'two')],
      speedRatio: 1,
      replacedIsComplete: true,
    });
    expect(verdict).toMatchObject({ adopt: true, because: 'better' });
    expect(verdict.difference.low).toBeGreaterThan(0);
  });

  it('is refused when one collection is worse, however much better the others are', () => {
    const evidence = {
      pairs: [pair(shifted(0.2)), pair(shifted(-0.01), 'two')],
      speedRatio: 500,
      replacedIsComplete: true,
    };
    expect(decideAdoption(evidence)).toMatchObject({ adopt: false });
  });

  it('is refused when the difference could be chance', () => {
    const student = replaced.map((value, i) => value + (i % 2 === 0 ? 0.11 : -0.1));
    expect(decideAdoption({ pairs: [pair(student)], speedRatio: 500, replacedIsComplete: true }).adopt).toBe(
      false,
    );
  });

  it('happens for speed only while the replaced encoder is not through the catalogue', () => {
    const evidence = { pairs: [pair(shifted(-0.002))], speedRatio: 300 };
    expect(decideAdoption({ ...evidence, replacedIsComplete: false })).toMatchObject({
      adopt: true,
      because: 'faster',
    });
    expect(decideAdoption({ ...evidence, replacedIsComplete: true }).adopt).toBe(false);
    expect(decideAdoption({ ...evidence, speedRatio: 50, replacedIsComplete: false }).adopt).toBe(false);
    expect(
      decideAdoption({ pairs: [pair(shifted(-0.05))], speedRatio: 300, replacedIsComplete: false }).adopt,
    ).toBe(false);
  });

  it('is not decided on nothing, or on questions that are not paired', () => {
    expect(() => decideAdoption({ pairs: [], speedRatio: 1, replacedIsComplete: true })).toThrow(RangeError);
    const unpaired = { collection: 'one', student: [1], replaced };
    expect(() => decideAdoption({ pairs: [unpaired], speedRatio: 1, replacedIsComplete: true })).toThrow(
      RangeError,
    );
  });
});
