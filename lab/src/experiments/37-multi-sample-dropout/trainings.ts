// The arms of paper 37: one mask and several on two networks, what could explain a gain, and with which learning rates.
import { armName, averagedLogits, largerBatch, longer, moreDropout, plainName, type Trunk } from './claim.ts';
import { multiplications } from './network.ts';
import type { Training } from './train.ts';

export interface Config extends Training {
  readonly trainingPictures: number;
  readonly testPictures: number;
}

/** What the arms of one size share. */
export type Size = Pick<Config, 'steps' | 'batch' | 'lookEvery' | 'trainingPictures' | 'testPictures'>;

/**
 * The arms by name. The learning rates are those that `tuning/37-multi-sample-dropout.ts` found, every arm by the same
 * trials; the table stands in the README.
 * @param masks how many masks the perceptron is tried with
 */
export function trainings(size: Size, masks: readonly number[]): Record<string, Config> {
  const tried = [
    ...masks.map((samples) => training(size, 'mlp', samples)),
    training(size, 'mlp', 8, averagedLogits, { combine: 'logits' }),
    training(size, 'mlp', 1, longer, { steps: sameArithmetic(size, 'mlp') }),
    training(size, 'mlp', 1, largerBatch, { batch: 2 * size.batch }),
    training(size, 'mlp', 1, moreDropout, { rate: 0.7 }),
    training(size, 'mlp', 8, moreDropout, { rate: 0.7 }),
    withoutDropout(size, 'mlp'),
    training(size, 'convolutions', 1),
    training(size, 'convolutions', 8),
    training(size, 'convolutions', 1, longer, { steps: sameArithmetic(size, 'convolutions') }),
    withoutDropout(size, 'convolutions'),
  ];
  return Object.fromEntries(
    tried.map(([name, config]) => [name, { ...config, learningRate: learningRates[name] ?? 0.05 }]),
  );
}

/** Where an arm chose another rate than .05. */
const learningRates: Readonly<Record<string, number>> = {
  [armName('mlp', 1)]: 0.02,
  [armName('mlp', 32)]: 0.1,
  [armName('mlp', 1, longer)]: 0.02,
  [armName('mlp', 1, moreDropout)]: 0.02,
  [armName('convolutions', 1)]: 0.1,
};

type Named = readonly [name: string, config: Omit<Config, 'learningRate'>];

function training(
  size: Size,
  trunk: Trunk,
  samples: number,
  variant = '',
  changed: Partial<Config> = {},
): Named {
  return [
    armName(trunk, samples, variant),
    { ...size, trunk, samples, rate: 0.5, combine: 'loss', ...changed },
  ];
}

function withoutDropout(size: Size, trunk: Trunk): Named {
  return [plainName(trunk), { ...size, trunk, samples: 1, rate: 0, combine: 'loss' }];
}

/** Steps with one mask that multiply as often as the size's steps with eight, to the next look. */
function sameArithmetic({ steps, lookEvery }: Size, kind: Trunk): number {
  const { trunk, head } = multiplications(kind);
  return Math.ceil((steps * (trunk + 8 * head)) / (trunk + head) / lookEvery) * lookEvery;
}
