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

export const chosen: Readonly<Record<string, ChosenArm>> = {
  [zArm]: always({ loss: 'z', a: 0.1, b: 10, learningRate: 2e-3 }),
  [softmaxArm]: always({ loss: 'softmax', learningRate: 3e-3 }),
  [taylorArm]: always({ loss: 'taylor', learningRate: 3e-3 }),
  'log-spherical-softmax': always({ loss: 'spherical', learningRate: 3e-3 }),
  'squared error': always({ loss: 'squared', learningRate: 3e-3 }),
};
