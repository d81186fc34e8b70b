// AdamW: Adam's steps with weight decay beside them instead of inside the gradient.
// Kingma & Ba 2015, https://arxiv.org/abs/1412.6980; Loshchilov & Hutter 2019, https://arxiv.org/abs/1711.05101
import { numpy as np, tree } from '@jax-js/jax';
import { type ArrayTree, mapTree, type Transformation } from './transformation.ts';

export interface AdamWOptions {
  /** β₁, 0.9 when left out. */
  readonly b1?: number;
  /** β₂, 0.999 when left out. */
  readonly b2?: number;
  /** ε, 1e-8 when left out. */
  readonly eps?: number;
  /** λ, 0.01 when left out; 0 is Adam. */
  readonly weightDecay?: number;
}

export type AdamWState<P extends ArrayTree> = {
  /** First and second moment of the gradients. */
  readonly mu: P;
  readonly nu: P;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ, kept as averages of ones like the moments: β₂ᵗ subtracted from 1 loses digits in float32. */
  readonly muWeight: np.Array;
  readonly nuWeight: np.Array;
};

/** u = −η ( m̂/(√v̂ + ε) + λθ ), with m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ). */
export function adamW<P extends ArrayTree>(options: AdamWOptions = {}): Transformation<P, AdamWState<P>> {
  const { b1 = 0.9, b2 = 0.999, eps = 1e-8, weightDecay = 0.01 } = options;
  return {
    init: (params) => ({
      mu: mapTree((param) => np.zerosLike(param), tree.ref(params)),
      nu: mapTree((param) => np.zerosLike(param), params),
      muWeight: np.array(0),
      nuWeight: np.array(0),
    }),
    update: (gradients, state, params, learningRate) => {
      const mu = mapTree((m, g) => m.mul(b1).add(g.mul(1 - b1)), state.mu, tree.ref(gradients));
      const nu = mapTree((v, g) => v.mul(b2).add(np.square(g).mul(1 - b2)), state.nu, gradients);
      const muWeight = state.muWeight.mul(b1).add(1 - b1);
      const nuWeight = state.nuWeight.mul(b2).add(1 - b2);
      const updates = mapTree(
        (m, v, param) => {
          const step = m.div(muWeight.ref).div(np.sqrt(v.div(nuWeight.ref)).add(eps));
          return step.add(param.mul(weightDecay)).mul(learningRate.ref).neg();
        },
        tree.ref(mu),
        tree.ref(nu),
        params,
      );
      learningRate.dispose();
      return [updates, { mu, nu, muWeight, nuWeight }];
    },
  };
}
