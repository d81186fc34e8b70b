// Learned vector feedback: how far the query moves towards each of its first results is decided by a small gate.
// Zhu et al. 2022, LoL, https://arxiv.org/abs/2204.11545: reformulation in vector space; the gated form is ours.

/** The numbers of a reformulator. Matrices row by row. */
export interface LolParameters {
  readonly dimensions: number;
  /** Columns of the low-rank maps. */
  readonly rank: number;
  /** Units of the gate's hidden layer. */
  readonly hidden: number;
  /** How many first results it was trained for; later ones are ignored. */
  readonly depth: number;
  /** A = I + U Vᵀ, applied to documents: U and V, dimensions × rank. */
  readonly documentOut: Float32Array;
  readonly documentIn: Float32Array;
  /** B = U Vᵀ, applied to the query. */
  readonly queryOut: Float32Array;
  readonly queryIn: Float32Array;
  /** From q⊙d, dimensions × hidden; from ⟨q, d⟩ and the rank's share of the depth, 2 × hidden; and its bias. */
  readonly gateProduct: Float32Array;
  readonly gatePlace: Float32Array;
  readonly gateBias: Float32Array;
  /** From the hidden units to the gate, and its bias. */
  readonly gateOut: Float32Array;
  readonly gateOutBias: Float32Array;
}

/**
 * q′ = norm( q + B q + Σᵢ gᵢ A dᵢ ), gᵢ = σ( w · relu( W [q⊙dᵢ, ⟨q, dᵢ⟩, i/K] + b ) + c ).
 * With U = 0 and a constant gate g it is Rocchio's with β = k g.
 *
 * @param query unit vector.
 * @param documents unit vectors of the first results, best first; those past the trained depth are ignored.
 * @returns a unit vector; the query itself where the sum vanishes.
 */
export function lolQuery(
  parameters: LolParameters,
  query: Float32Array,
  documents: readonly Float32Array[],
): Float32Array {
  const { dimensions, depth } = parameters;
  const moved = Float64Array.from(query);
  addLowRank(moved, query, 1, parameters.queryOut, parameters.queryIn, parameters.rank);
  for (const [place, document] of documents.slice(0, depth).entries()) {
    const gate = gateOf(parameters, query, document, place);
    for (let d = 0; d < dimensions; d += 1) moved[d] = (moved[d] ?? 0) + gate * (document[d] ?? 0);
    addLowRank(moved, document, gate, parameters.documentOut, parameters.documentIn, parameters.rank);
  }
  const norm = Math.hypot(...moved);
  return norm > 0 ? Float32Array.from(moved, (value) => value / norm) : query;
}

/** into += factor · U Vᵀ x. */
function addLowRank(
  into: Float64Array,
  x: Float32Array,
  factor: number,
  out: Float32Array,
  inward: Float32Array,
  rank: number,
): void {
  for (let r = 0; r < rank; r += 1) {
    let along = 0;
    for (let d = 0; d < x.length; d += 1) along += (inward[d * rank + r] ?? 0) * (x[d] ?? 0);
    for (let d = 0; d < x.length; d += 1)
      into[d] = (into[d] ?? 0) + factor * along * (out[d * rank + r] ?? 0);
  }
}

function gateOf(
  parameters: LolParameters,
  query: Float32Array,
  document: Float32Array,
  place: number,
): number {
  const { dimensions, hidden, depth } = parameters;
  const product = query.map((value, d) => value * (document[d] ?? 0));
  const similarity = product.reduce((sum, value) => sum + value, 0);
  let logit = parameters.gateOutBias[0] ?? 0;
  for (let h = 0; h < hidden; h += 1) {
    let unit =
      (parameters.gateBias[h] ?? 0) +
      similarity * (parameters.gatePlace[h] ?? 0) +
      (place / depth) * (parameters.gatePlace[hidden + h] ?? 0);
    for (let d = 0; d < dimensions; d += 1)
      unit += (product[d] ?? 0) * (parameters.gateProduct[d * hidden + h] ?? 0);
    logit += Math.max(0, unit) * (parameters.gateOut[h] ?? 0);
  }
  return 1 / (1 + Math.exp(-logit));
}
