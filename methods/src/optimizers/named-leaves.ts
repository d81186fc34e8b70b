// The arrays of a tree by name: the keys and list places on the way to each, with dots between ('layers.0.weight').
import { type numpy as np, tree } from '@jax-js/jax';
import { type ArrayTree, mapTree } from './transformation.ts';

/** The arrays of a tree by their dotted names. Itself a tree, of one level. */
export type NamedLeaves = { [name: string]: np.Array };

/**
 * The arrays themselves, which a tree and its names share: nothing is consumed and nothing referenced.
 * @throws RangeError when two arrays have one name, because a key holds a dot
 */
export function namedLeaves(params: ArrayTree): NamedLeaves {
  const names = leafNames(params);
  const leaves = tree.leaves<np.Array>(params);
  return Object.fromEntries(names.flatMap((name, i) => (leaves[i] === undefined ? [] : [[name, leaves[i]]])));
}

/**
 * The tree of `like` with these arrays in place of its own; moves them, and does not consume `like`.
 * @throws RangeError when a name is missing
 */
export function unnamedLeaves<P extends ArrayTree>(like: P, leaves: NamedLeaves): P {
  const names = leafNames(like).values();
  return mapTree(() => {
    const name = names.next().value ?? '';
    const leaf = Object.hasOwn(leaves, name) ? leaves[name] : undefined;
    if (leaf === undefined) throw new RangeError(`There is no array called "${name}".`);
    return leaf;
  }, like);
}

/**
 * The names in the order in which the library goes through a tree: that in which its keys were written.
 * @throws RangeError when two arrays have one name, because a key holds a dot
 */
export function leafNames(params: ArrayTree): string[] {
  const names: string[] = [];
  const visit = (node: ArrayTree, path: readonly (string | number)[]): void => {
    if (Array.isArray(node)) for (const [place, child] of node.entries()) visit(child, [...path, place]);
    else if (isBranch(node)) for (const [key, child] of Object.entries(node)) visit(child, [...path, key]);
    else names.push(path.join('.'));
  };
  visit(params, []);
  if (new Set(names).size < names.length) throw new RangeError('Two arrays of the tree have one name.');
  return names;
}

/** The library takes for a branch what was written as an object, and everything else for an array. */
function isBranch(node: ArrayTree): node is { [key: string]: ArrayTree } {
  return node.constructor === Object;
}
