// What server and page read and write alike: values of controls, and numbers as people read them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlName, fromPlace, sentValues, submittedName, toPlace, valueText } from './control-values.ts';
import { durationText, intervalText, mainFinding, measureText } from './numbers.ts';

const controls = {
  rate: { kind: 'range', label: '', min: 0.001, max: 10, step: 0.1, initial: 1, log: true },
  shape: { kind: 'choice', label: '', options: { a: 'A' }, initial: 'a' },
  shown: { kind: 'toggle', label: '', initial: true },
  path: { kind: 'curve', label: '', handles: ['x', 'y'], min: 0, max: 1, step: 0.1, initial: [0, 1] },
} as const;

describe('the values of controls', () => {
  it('are none before anything was sent', () =>
    expect(sentValues(controls, new URLSearchParams(''))).toEqual({}));

  it('are read from an address as from a form', () => {
    const sent = `${submittedName}=1&${controlName('rate')}=-2&${controlName('shape')}=a&${controlName('path')}=.5&${controlName('path')}=.25`;
    const values = { rate: 0.01, shape: 'a', shown: false, path: [0.5, 0.25] };
    expect(sentValues(controls, new URLSearchParams(sent))).toEqual(values);
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(sent)) form.append(name, value);
    expect(sentValues(controls, form)).toEqual(values);
  });

  it('of a box that is not ticked are "no" only in a form that was sent', () => {
    expect(sentValues(controls, new URLSearchParams('x=1'))).toEqual({});
    expect(sentValues(controls, new URLSearchParams(`${submittedName}=1`))).toEqual({ shown: false });
    expect(
      sentValues(controls, new URLSearchParams(`${submittedName}=1&${controlName('shown')}=on`)),
    ).toEqual({
      shown: true,
    });
  });

  it('that are empty or no number are no number, and never zero', () =>
    expect(
      sentValues(controls, new URLSearchParams(`${controlName('path')}=&${controlName('path')}=x`)),
    ).toEqual({
      path: [Number.NaN, Number.NaN],
    }));

  it('stand on a logarithmic slider at their power of ten', () =>
    fc.assert(
      fc.property(fc.double({ min: -12, max: 12, noNaN: true }), (place) => {
        expect(toPlace({ log: true }, fromPlace({ log: true }, place))).toBeCloseTo(place, 9);
        expect(fromPlace({}, place)).toBe(place);
      }),
    ));

  it('are written short, with their unit', () => {
    expect(valueText(0.0003, undefined)).toBe('3e-4');
    expect(valueText(-12.5, 'ms')).toBe('−12.5 ms');
    expect(valueText(0, '%')).toBe('0 %');
  });
});

describe('numbers', () => {
  it('have three digits, and words for what is none', () => {
    expect(measureText(0.123456)).toBe('0.123');
    expect(measureText(-0.5, 'nats')).toBe('−0.5 nats');
    expect(measureText(12_345.6)).toBe('12,346');
    expect(measureText(1.5e-7)).toBe('1.5e-7');
    expect(measureText(Number.NaN, '%')).toBe('no number');
    expect(measureText(-Infinity)).toBe('−∞');
  });

  it('have an interval only where both ends are known', () => {
    expect(intervalText({ name: '', estimate: 1, low: 0.5, high: 2, unit: '%' })).toBe('[0.5, 2] %');
    expect(intervalText({ name: '', estimate: 1, low: 0.5 })).toBeUndefined();
  });

  it('are shown large by the first that the rule asks about and that has an interval', () => {
    const informs = { name: 'a', estimate: 1, low: 0, high: 2 };
    const exact = { name: 'b', estimate: 1, holds: true };
    const main = { name: 'c', estimate: 1, low: 0, high: 2, holds: false };
    expect(mainFinding([informs, exact, main])).toBe(main);
    expect(mainFinding([informs, exact])).toBeUndefined();
  });

  it('of seconds are told as a clock would', () => {
    expect([0.123, 9.94, 42.4, 99.9, 150, 3600, 4800].map(durationText)).toEqual([
      '0.12 s',
      '9.9 s',
      '42 s',
      '100 s',
      '3 min',
      '1 h',
      '1 h 20 min',
    ]);
    expect(durationText(Number.NaN)).toBe('unknown');
  });
});
