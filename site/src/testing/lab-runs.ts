// What a run in a browser measures, beside the same run in Node; and a worker that breaks.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTried } from '@offprint/lab';
import type { Tried } from '@offprint/lab/browser';
import { z } from 'zod';

/** Keeps what workers answer to the page, with the unit that was asked for. */
export const keepWhatWorkersMeasure = `
  globalThis.measured = [];
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      const units = new Map();
      const send = this.postMessage.bind(this);
      this.postMessage = (asked) => {
        if (asked.question.kind === 'run') units.set(asked.id, asked.question.unit);
        send(asked);
      };
      this.addEventListener('message', ({ data: { id, answer } }) => {
        if (answer.kind === 'finished') measured.push({ ...units.get(id), metrics: answer.metrics });
      });
    }
  };`;

/** The first worker that is asked to run something throws while it does, outside of what it was asked. */
export const breakAWorkerOnce = `
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      const send = this.postMessage.bind(this);
      this.postMessage = (asked) => {
        if (asked.question.kind !== 'run') return send(asked);
        breakOnce().then((isFirst) => {
          if (isFirst) this.onerror(new ErrorEvent('error', { message: 'boom', cancelable: true }));
          send(asked);
        });
      };
    }
  };`;

export const measuredSchema = z.array(
  z.object({
    arm: z.string(),
    seed: z.number(),
    metrics: z.record(z.string(), z.union([z.number(), z.nan(), z.literal([Infinity, -Infinity])])),
  }),
);

/** A unit's metrics. */
export type Measured = z.output<typeof measuredSchema>[number];

/**
 * Metrics that are not the same. What is measured by the clock never is; the rest may differ where an engine's own
 * exponentials and logarithms round another last bit, and what is fitted with them a few digits before.
 */
export function differences(run: Measured, other: Measured | undefined): string[] {
  const names = new Set([...Object.keys(run.metrics), ...Object.keys(other?.metrics ?? {})]);
  return [...names].flatMap((name) => {
    const [here = 'missing', there = 'missing'] = [run.metrics[name], other?.metrics[name]];
    const isSame =
      Object.is(here, there) ||
      (typeof here === 'number' &&
        typeof there === 'number' &&
        Math.abs(here - there) <= 1e-6 * Math.max(1, Math.abs(there)));
    return isSame || /seconds|\bms\b/.test(name) ? [] : [`${run.arm}, ${name}: ${here}, in Node ${there}`];
  });
}

/** The same run by this installation's build. @throws LabError `not-built` */
export async function runInNode(tried: Tried): Promise<Measured[]> {
  const workFolder = await mkdtemp(join(tmpdir(), 'offprint-browser-'));
  try {
    const { result } = await runTried(tried, { size: 'smoke', workFolder, parallel: 1 });
    return result.runs;
  } finally {
    await rm(workFolder, { recursive: true });
  }
}
