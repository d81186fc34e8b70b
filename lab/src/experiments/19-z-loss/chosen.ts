// What validation chose: for each arm its configurations, and which of them is used at which k.
import { softmaxArm, taylorArm, zArm } from './claim.ts';
import { ks } from './misses.ts';
import type { Choice } from './word-model.ts';

export interface ChosenArm {
  /** Each is trained once under every seed. */
  readonly choices: readonly Choice[];
  /** For each k, in their order, the place of its choice. */
  readonly byK: readonly number[];
}

/** One configuration for every k. */
export function always(choice: Choice): ChosenArm {
  return { choices: [choice], byK: ks.map(() => 0) };
}

/** By nine trials an arm under a seed apart, `lab/src/tuning/19-z-loss.ts`; k = 1, 5, 10, 20, 50, 100. */
export const chosen: Readonly<Record<string, ChosenArm>> = {
  [zArm]: {
    choices: [
      { loss: 'z', a: 0.1, b: 10, learningRate: 1e-2 },
      { loss: 'z', a: 0.3, b: 10, learningRate: 1e-2 },
      { loss: 'z', a: 0.3, b: 10, learningRate: 2.4e-2 },
      { loss: 'z', a: 1, b: 10, learningRate: 2.4e-2 },
    ],
    byK: [0, 1, 2, 3, 1, 3],
  },
  [softmaxArm]: always({ loss: 'softmax', learningRate: 1.6e-2 }),
  [taylorArm]: {
    choices: [
      { loss: 'taylor', learningRate: 2.4e-2 },
      { loss: 'taylor', learningRate: 1.6e-2 },
      { loss: 'taylor', learningRate: 8e-3 },
    ],
    byK: [0, 1, 1, 1, 1, 2],
  },
  'log-spherical-softmax': {
    choices: [
      { loss: 'spherical', learningRate: 4e-3 },
      { loss: 'spherical', learningRate: 8e-3 },
    ],
    byK: [0, 1, 1, 1, 1, 1],
  },
  'squared error': {
    choices: [
      { loss: 'squared', learningRate: 1.6e-2 },
      { loss: 'squared', learningRate: 8e-3 },
    ],
    byK: [0, 1, 0, 1, 1, 1],
  },
};
