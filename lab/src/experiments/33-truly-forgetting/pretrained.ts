// The networks that every arm of a seed starts from or is measured against, trained once a thread.
import { tree } from '@jax-js/jax';
import type { MlpParams } from '@offprint/methods';
import { type DigitSets, isForgotten, placesOf } from './digit-sets.ts';
import { type Measured, measure } from './measure.ts';
import { batchesOf, type Eye, newNetwork, streamOf, train } from './network.ts';

export interface Training {
  readonly steps: number;
  readonly batch: number;
  readonly learningRate: number;
}

export interface Pretrained {
  readonly original: MlpParams;
  /** Never saw the forgotten digits; another start than the original. */
  readonly retrained: MlpParams;
  /** A second one, from a third start: what a perfect method would be measured as. */
  readonly again: MlpParams;
  readonly ofOriginal: Measured;
  readonly ofRetrained: Measured;
}

/** Of the last few seeds. What is remembered is what would be trained again, so that results do not depend on it. */
const remembered = new Map<string, Pretrained>();
const atMost = 12;

export function pretrained(
  sets: DigitSets,
  eye: Eye,
  training: Training,
  seed: number,
  progress: (share: number) => void,
): Pretrained {
  const key = JSON.stringify([seed, training, sets.forgotten, sets.train.count, sets.test.count]);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const kept = placesOf(isForgotten(sets, sets.train), false);
  const all = Array.from({ length: sets.train.count }, (_, i) => i);
  const pixels = sets.train.pixels.length / sets.train.count;
  const trained = (turn: number, places: readonly number[]): MlpParams => {
    const start = newNetwork(pixels, sets.classes, streamOf(seed, 2 * turn));
    return train(start, batchesOf(sets.train, places, sets.classes, streamOf(seed, 2 * turn + 1)), {
      ...training,
      progress: (share) => progress((turn + share) / 3),
    });
  };
  const original = trained(0, all);
  const retrained = trained(1, kept);
  const made: Pretrained = {
    original,
    retrained,
    again: trained(2, kept),
    ofOriginal: measure(original, sets, eye, seed),
    ofRetrained: measure(retrained, sets, eye, seed),
  };
  for (const [oldest, networks] of remembered) {
    if (remembered.size < atMost) break;
    tree.dispose([networks.original, networks.retrained, networks.again]);
    remembered.delete(oldest);
  }
  remembered.set(key, made);
  return made;
}
