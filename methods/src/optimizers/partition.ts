// Different optimizers for different parameters, chosen by name: a head that learns while its trunk stays, biases
// without decay, updates of one layer clipped.
// optax `partition`, `masked`
import { tree } from '@jax-js/jax';
import { type NamedLeaves, namedLeaves, unnamedLeaves } from './named-leaves.ts';
import type { ArrayTree, Transformation } from './transformation.ts';

/** The states of the parts by their labels. */
export type PartitionState = { [label: string]: ArrayTree };

/**
 * Each parameter's update by the transformation of its label. A transformation sees the parameters of its label only, by
 * name: a norm over all of them is a norm over these.
 * @param labelOf the label of a parameter, by its dotted name ('layers.0.weight')
 * @throws RangeError at the first use when a parameter has a label without a transformation
 */
export function partition<P extends ArrayTree>(
  labelOf: (name: string) => string,
  transformations: Readonly<Record<string, Transformation<NamedLeaves>>>,
): Transformation<P, PartitionState> {
  const labels = Object.keys(transformations);
  const part = (params: P, label: string): NamedLeaves => {
    const leaves = Object.entries(namedLeaves(params));
    for (const [name] of leaves) {
      if (!labels.includes(labelOf(name))) {
        throw new RangeError(`Parameter "${name}" has the label "${labelOf(name)}", which none is for.`);
      }
    }
    return Object.fromEntries(leaves.filter(([name]) => labelOf(name) === label));
  };
  return {
    init: (params) => {
      const states = Object.entries(transformations).map(([label, transformation]) => [
        label,
        transformation.init(part(params, label)),
      ]);
      return Object.fromEntries(states);
    },
    update: (updates, state, params, learningRate) => {
      const next: PartitionState = {};
      const changed: NamedLeaves = {};
      for (const [label, transformation] of Object.entries(transformations)) {
        const own = state[label] ?? [];
        const [moved, after] = transformation.update(
          part(updates, label),
          own,
          part(params, label),
          learningRate.ref,
        );
        Object.assign(changed, moved);
        next[label] = after;
      }
      learningRate.dispose();
      return [unnamedLeaves(updates, changed), next];
    },
  };
}

/**
 * The transformation for the parameters that are selected; the updates of all others pass unchanged, so it belongs in a
 * chain (`partition` with `freeze` keeps parameters as they are).
 * @param selects by a parameter's dotted name
 */
export function masked<P extends ArrayTree>(
  selects: (name: string) => boolean,
  transformation: Transformation<NamedLeaves>,
): Transformation<P, PartitionState> {
  return partition((name) => (selects(name) ? 'selected' : 'others'), {
    selected: transformation,
    others: passing(),
  });
}

function passing<P extends ArrayTree>(): Transformation<P> {
  return {
    init: (params) => {
      tree.dispose(params);
      return [];
    },
    update: (updates, state, params, learningRate) => {
      tree.dispose(params);
      learningRate.dispose();
      return [updates, state];
    },
  };
}
