// The three losses that the benchmark trains under, as one shape: focal loss with a weight an outcome.
import type { Note } from './cohort.ts';
import type { LossShape } from './encoder.ts';

/** Cross-entropy; focal loss with the authors' γ = 2; cross-entropy with each class weighted by n/(C·n_c). */
export type Loss = 'cross-entropy' | 'focal' | 'weighted';

/** γ of the focal loss. Its α only scales both classes by constants, which `weighted` tries apart from γ. */
const gamma = 2;

/** @throws RangeError when a class does not occur */
export function lossShape(loss: Loss, train: readonly Note[]): LossShape {
  if (loss === 'focal') return { gamma, alpha: [1, 1] };
  if (loss === 'cross-entropy') return { gamma: 0, alpha: [1, 1] };
  const events = train.filter(({ label }) => label === 1).length;
  const normal = train.length - events;
  if (events === 0 || normal === 0) throw new RangeError('Both outcomes must occur to be weighed.');
  return { gamma: 0, alpha: [train.length / (2 * normal), train.length / (2 * events)] };
}

/** The name of a measure under a loss; under cross-entropy it is the measure's own. */
export function underLoss(loss: Loss, measure: string): string {
  return loss === 'cross-entropy' ? measure : `${loss}: ${measure}`;
}
