// What server and page read and write alike: values of controls, and numbers as people read them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controlName, fromPlace, sentValues, submittedName, toPlace } from './control-values.ts';
import { estimateText, intervalText, mainFinding, type ShownFinding } from './findings.ts';
import { durationText, sentenceText, valueText } from './numbers.ts';

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
    expect(valueText(0.0003, undefined)).toBe('0.0003');
    expect(valueText(2e-7, undefined)).toBe('2 × 10⁻⁷');
    expect(valueText(8e8, 'weights')).toBe('800M weights');
    expect(valueText(24_000, undefined)).toBe('24,000');
    expect(valueText(-12.5, 'ms')).toBe('−12.5 ms');
    expect(valueText(0, '%')).toBe('0 %');
  });
});

describe('what was found', () => {
  const found = (estimate: number, low?: number, high?: number, unit?: string): ShownFinding => ({
    name: '',
    estimate,
    low,
    high,
    unit,
  });
  const written = (finding: ShownFinding): string =>
    `${estimateText(finding)} ${intervalText(finding) ?? ''}`;

  it('has three digits where there is no interval, and words for what is no number', () => {
    expect(estimateText(found(0.123456))).toBe('0.123');
    expect(estimateText(found(-0.5, undefined, undefined, 'nats'))).toBe('−0.5 nats');
    expect(estimateText(found(12_345.6))).toBe('12,346');
    expect(estimateText(found(1.5e-7))).toBe('1.5 × 10⁻⁷');
    expect(estimateText(found(Number.NaN, undefined, undefined, '%'))).toBe('no number');
    expect(estimateText(found(-Infinity))).toBe('−∞');
    expect(written(found(Number.NaN, Number.NaN, Number.NaN))).toBe('no number [no number, no number]');
  });

  it('has an interval only where both ends are known', () => {
    expect(intervalText(found(1, 0.5, 2, '%'))).toBe('[0.50, 2.00] %');
    expect(intervalText(found(1, 0.5))).toBeUndefined();
  });

  it('is written with as many decimals as its interval, so that neither hides the other', () => {
    expect(written(found(0.888, 0.806, 0.97))).toBe('0.888 [0.806, 0.970]');
    expect(written(found(80.3167, 76.38, 83.79, '%'))).toBe('80.3 % [76.4, 83.8] %');
    expect(written(found(0.9991, 0.9987, 0.9995))).toBe('0.99910 [0.99870, 0.99950]');
    expect(written(found(5127.3, 5100, 5155))).toBe('5,127 [5,100, 5,155]');
    expect(written(found(0, 0, 0))).toBe('0 [0, 0]');
  });

  it('never has an end written as 0 that is not 0', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }).map((end) => end / 1e5),
        fc.integer({ min: -1e6, max: 1e6 }).map((end) => end / 1e5),
        (low, high) => {
          const [, first = '', second = ''] =
            /^\[(.*), (.*)\]$/.exec(intervalText(found((low + high) / 2, low, high)) ?? '') ?? [];
          for (const [end, text] of [
            [low, first],
            [high, second],
          ] as const) {
            expect(/[1-9]/.test(text)).toBe(end !== 0);
            expect(text.startsWith('−')).toBe(end < 0);
          }
        },
      ),
    ));

  it('is told large by the number that a verdict turns on', () => {
    const informs = found(1, 0, 2);
    const exact = { ...found(1), holds: true };
    const sure = { ...found(0, 0, 0), holds: true };
    const holds = { ...found(1, 0, 2), holds: true };
    const fails = { ...found(1, 0, 2), holds: false };
    const failsClearly = { ...found(5, 4, 6), holds: false };
    const findings = [informs, exact, sure, holds, fails, failsClearly];
    expect(mainFinding({ verdict: 'confirmed', findings })).toBe(holds);
    expect(mainFinding({ verdict: 'undecided', findings })).toBe(fails);
    expect(mainFinding({ verdict: 'refuted', findings })).toBe(failsClearly);
    expect(mainFinding({ verdict: 'refuted', findings: [informs, holds] })).toBe(holds);
    expect(mainFinding({ verdict: 'undecided', findings: [informs, exact] })).toBeUndefined();
  });
});

describe('numbers', () => {
  it('in a sentence that code wrote have minus signs and powers of ten', () =>
    expect(sentenceText('It is -1.6 points [-5.0, 1.8], at most 1e-10, in top-5 of GPT-2 (-.5).')).toBe(
      'It is −1.6 points [−5.0, 1.8], at most 10⁻¹⁰, in top-5 of GPT-2 (−.5).',
    ));

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
