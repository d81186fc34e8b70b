// Units left out at random while training, the rest scaled up so that the expectation stays.
// Srivastava et al. 2014, https://jmlr.org/papers/v15/srivastava14a.html (in its inverted form)
import { numpy as np, random } from '@jax-js/jax';

/**
 * x·m/(1 − rate) with m ~ Bernoulli(1 − rate) for every element.
 * @param key a key of the array library, new for every call: under `jit` it must be an argument of the jitted function,
 * or every step leaves out the same units; consumed
 * @param x floats; consumed
 * @param rate how many are left out, in [0, 1)
 * @returns the shape of x
 * @throws RangeError for a rate outside [0, 1)
 */
export function dropout(key: np.Array, x: np.Array, rate: number): np.Array {
  if (!(rate >= 0 && rate < 1)) throw new RangeError('A dropout rate lies in [0, 1).');
  if (rate === 0) {
    key.dispose();
    return x;
  }
  const kept = random.bernoulli(key, 1 - rate, x.shape);
  return np.where(kept, x.div(1 - rate), 0);
}
