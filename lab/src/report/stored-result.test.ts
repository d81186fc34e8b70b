import { describe, expect, it } from 'vitest';
import { LabError } from '../lab-error.ts';
import { parseResult, renderResult, type StoredResult } from './stored-result.ts';

const result: StoredResult = {
  format: 1,
  id: '00-nothing',
  size: 'smoke',
  code: 'ab',
  versions: { node: '26.0.0' },
  machine: { processor: 'one', cores: 2, memoryBytes: 1, platform: 'linux', device: 'wasm' },
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '2026-01-01T00:00:01Z',
  wallSeconds: 1,
  cpuSeconds: 1,
  runs: [
    { arm: 'a', seed: 1, metrics: { loss: Number.NaN, best: -Infinity }, wallSeconds: 1, cpuSeconds: 1 },
  ],
  series: [{ arm: 'a', seed: 1, name: 'loss', x: [1, 2], y: [0.5, Infinity] }],
  decision: {
    verdict: 'undecided',
    sentence: 'It diverged.',
    findings: [{ name: 'loss', estimate: Number.NaN, criterion: 'below 1', holds: false }],
  },
};

describe('a stored result', () => {
  it('comes back as it was, numbers that are none included', () =>
    expect(parseResult(renderResult(result))).toEqual(result));

  it('without runs or series comes back too', () =>
    expect(parseResult(renderResult({ ...result, runs: [], series: [] }))).toEqual({
      ...result,
      runs: [],
      series: [],
    }));

  it('that is damaged is refused with the place of the damage', () => {
    expect(() => parseResult('{')).toThrow(LabError);
    expect(() => parseResult(renderResult(result).replace('"arm":"a"', '"arm":1'))).toThrow(/runs\.0\.arm/);
  });
});
