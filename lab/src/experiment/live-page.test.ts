import { describe, expect, it } from 'vitest';
import { definePage } from './live-page.ts';

const page = definePage({
  invitation: 'Move it.',
  controls: {
    rate: { kind: 'range', label: 'Rate', min: 0, max: 10, step: 1, initial: 3 },
    shape: { kind: 'choice', label: 'Shape', options: { flat: 'Flat', steep: 'Steep' }, initial: 'flat' },
    shown: { kind: 'toggle', label: 'Shown', initial: true },
    curve: { kind: 'curve', label: 'Curve', handles: ['a', 'b'], min: 0, max: 1, step: 0.1, initial: [0, 1] },
  },
  draw: (values) => [
    { title: JSON.stringify(values), caption: '', x: { label: '' }, y: { label: '' }, marks: [] },
  ],
});

const drawn = (values: Readonly<Record<string, unknown>>): unknown =>
  JSON.parse(page.draw(values, undefined, {})[0]?.title ?? '');

const initial = { rate: 3, shape: 'flat', shown: true, curve: [0, 1] };

describe('the controls of a live page', () => {
  it('draw their initial values when nothing is given', () => expect(drawn({})).toEqual(initial));

  it('keep a number within its range', () => {
    expect(drawn({ rate: 11 })).toEqual({ ...initial, rate: 10 });
    expect(drawn({ curve: [-1, 0.5] })).toEqual({ ...initial, curve: [0, 0.5] });
  });

  it('take nothing of the wrong kind, nor an option that there is not', () =>
    expect(drawn({ rate: 'fast', shape: 'toString', shown: 1, curve: [Number.NaN, 'x'], more: 1 })).toEqual(
      initial,
    ));
});
