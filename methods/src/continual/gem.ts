// Gradient episodic memory: the step nearest to the gradient that no old task objects to.
// Lopez-Paz & Ranzato 2017, https://arxiv.org/abs/1706.08840, eq. 8–11

/**
 * g̃ = g + Σ_k v_k g_k with the v that minimises ½‖g̃‖² under v_k ≥ margin: the dual of
 * min ½‖g̃ − g‖² subject to ⟨g̃, g_k⟩ ≥ 0. Where no ⟨g, g_k⟩ is negative, g itself.
 * @param g the new task's gradient, [n]
 * @param refs g_k, the gradient on each old task's memory, [n] each
 * @param margin from 0 up; 0, the exact projection, when left out. Above 0 it moves towards the old tasks even where
 * they are content (the authors' experiments use 0.5)
 * @returns [n], new
 * @throws RangeError for different lengths, a number that is not finite, or another margin
 */
export function gemProject(
  g: ArrayLike<number>,
  refs: readonly ArrayLike<number>[],
  margin = 0,
): Float64Array<ArrayBuffer> {
  if (!(margin >= 0 && Number.isFinite(margin))) throw new RangeError('A margin is a number from 0 up.');
  if (refs.some(({ length }) => length !== g.length)) throw new RangeError('Gradients are of one length.');
  const projected = Float64Array.from(g);
  const products = refs.map((ref) => dot(g, ref));
  if (![...products, dot(g, g)].every(Number.isFinite)) {
    throw new RangeError('A gradient has a number that is not finite.');
  }
  if (products.every((product) => product >= 0)) return projected;
  const gram = refs.map((a) => refs.map((b) => dot(a, b)));
  const v = minimiseAbove(margin, gram, products);
  for (const [k, ref] of refs.entries()) {
    for (let i = 0; i < projected.length; i++)
      projected[i] = (projected[i] ?? 0) + (v[k] ?? 0) * (ref[i] ?? 0);
  }
  return projected;
}

/** argmin ½ vᵀPv + qᵀv for v ≥ bound, one coordinate after the other: there are as many as tasks. */
function minimiseAbove(
  bound: number,
  gram: readonly (readonly number[])[],
  q: readonly number[],
): readonly number[] {
  const v = q.map(() => bound);
  for (let sweep = 0; sweep < 10_000; sweep++) {
    let moved = 0;
    for (const [k, row] of gram.entries()) {
      const own = row[k] ?? 0;
      if (own === 0) continue;
      const slope = (q[k] ?? 0) + row.reduce((sum, p, j) => sum + p * (v[j] ?? 0), 0);
      const next = Math.max(bound, (v[k] ?? 0) - slope / own);
      moved = Math.max(moved, Math.abs(next - (v[k] ?? 0)) * Math.sqrt(own));
      v[k] = next;
    }
    if (moved <= 1e-13 * Math.sqrt(Math.max(...gram.map((row, k) => row[k] ?? 0)))) break;
  }
  return v;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
