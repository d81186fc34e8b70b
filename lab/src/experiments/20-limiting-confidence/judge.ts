// What a reader is judged by: pass@N epoch by epoch, and what a temperature or an early stop chosen on validation
// pictures make of it.
import { pcg32 } from '@offprint/methods';
import type { Metrics } from '../../experiment/results.ts';
import { drawCodes, labelLogPs, meanConfidence, meanPassAtN } from './codes.ts';

/** The numbers of draws that are looked at. */
export const drawCounts = [1, 16, 256, 4096] as const;

/** Temperatures that a validation set chooses among, from 1/2 to 16 by half octaves. */
const temperatures = Array.from({ length: 11 }, (_, i) => 2 ** (i / 2 - 1));

export interface Look {
  readonly epoch: number;
  /** pass@N on test codes, by N. */
  readonly test: ReadonlyMap<number, number>;
  readonly validation: ReadonlyMap<number, number>;
  /** Mean probability of the likeliest answer to a test code. */
  readonly confidence: number;
  /** Nats a test picture. */
  readonly testLoss: number;
}

interface Judged {
  readonly labels: Uint8Array;
  readonly codes: Int32Array;
}

/** Judges logits whose first pictures are the validation's, by codes that a seed draws once. */
export class Judge {
  readonly #validation: Judged;
  readonly #test: Judged;
  readonly looks: Look[] = [];

  constructor(seed: number, codes: number, validation: Uint8Array, test: Uint8Array) {
    const draw = (labels: Uint8Array, stream: number): Judged => ({
      labels,
      codes: drawCodes(pcg32(seed, stream), codes, labels.length),
    });
    this.#validation = draw(validation, 21);
    this.#test = draw(test, 22);
  }

  look(epoch: number, logits: Float32Array): Look {
    const [validation, test] = this.#split(logits);
    const { right, highest } = labelLogPs(test, this.#test.labels);
    const validationLogPs = labelLogPs(validation, this.#validation.labels).right;
    const look = {
      epoch,
      test: byDraws((N) => meanPassAtN(this.#test.codes, right, N)),
      validation: byDraws((N) => meanPassAtN(this.#validation.codes, validationLogPs, N)),
      confidence: meanConfidence(this.#test.codes, highest),
      testLoss: -right.reduce((sum, logP) => sum + logP, 0) / right.length,
    };
    this.looks.push(look);
    return look;
  }

  /** pass@N of the last logits at the temperature that is best for N on the validation codes. */
  withTemperature(logits: Float32Array, N: number): { temperature: number; pass: number } {
    const [validation, test] = this.#split(logits);
    const passes = temperatures.map((temperature) =>
      meanPassAtN(
        this.#validation.codes,
        labelLogPs(validation, this.#validation.labels, temperature).right,
        N,
      ),
    );
    const temperature = temperatures[passes.indexOf(Math.max(...passes))] ?? 1;
    const { right } = labelLogPs(test, this.#test.labels, temperature);
    return { temperature, pass: meanPassAtN(this.#test.codes, right, N) };
  }

  /** pass@N at the epoch that is best for N on the validation codes. */
  stoppedEarly(N: number): { epoch: number; pass: number } {
    const trained = this.looks.filter(({ epoch }) => epoch > 0);
    const best = trained.reduce((a, b) => ((b.validation.get(N) ?? 0) > (a.validation.get(N) ?? 0) ? b : a));
    return { epoch: best.epoch, pass: best.test.get(N) ?? 0 };
  }

  #split(logits: Float32Array): [Float32Array, Float32Array] {
    const pictures = this.#validation.labels.length + this.#test.labels.length;
    const at = (logits.length / pictures) * this.#validation.labels.length;
    return [logits.subarray(0, at), logits.subarray(at)];
  }
}

function byDraws(pass: (N: number) => number): Map<number, number> {
  return new Map(drawCounts.map((N) => [N, pass(N)]));
}

/** All that is kept of a reader: its last look, its slope, and both remedies. */
export function metricsOf(judge: Judge, lastLogits: Float32Array): Metrics {
  const last = judge.looks.at(-1);
  const metrics: Record<string, number> = {
    confidence: last?.confidence ?? Number.NaN,
    'test loss': last?.testLoss ?? Number.NaN,
    'slope of pass@256': slope(
      judge.looks.filter(({ epoch }) => epoch > 0).map(({ epoch, test }) => [epoch, test.get(256) ?? 0]),
    ),
  };
  for (const N of drawCounts) {
    const tempered = judge.withTemperature(lastLogits, N);
    const stopped = judge.stoppedEarly(N);
    metrics[`pass@${N}`] = last?.test.get(N) ?? Number.NaN;
    metrics[`pass@${N} with temperature`] = tempered.pass;
    metrics[`temperature for ${N}`] = tempered.temperature;
    metrics[`pass@${N} stopped early`] = stopped.pass;
    metrics[`best epoch for ${N}`] = stopped.epoch;
    metrics[`validation pass@${N}`] = last?.validation.get(N) ?? Number.NaN;
  }
  return metrics;
}

/** Least squares; NaN for fewer than two points. */
function slope(points: readonly (readonly [number, number])[]): number {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
