// Adam: steps along the mean of the gradients over the root of the mean of their squares.
// Kingma & Ba 2015, https://arxiv.org/abs/1412.6980, algorithm 1
import { type AdamWOptions, type AdamWState, adamW } from './adamw.ts';
import type { ArrayTree, Transformation } from './transformation.ts';

export type AdamOptions = Omit<AdamWOptions, 'weightDecay'>;

/** u = −η·m̂/(√v̂ + ε): AdamW without its decay. */
export function adam<P extends ArrayTree>(options: AdamOptions = {}): Transformation<P, AdamWState<P>> {
  return adamW({ ...options, weightDecay: 0 });
}
