// BERT written out in plain loops: slow, obvious, and independent of the exported graph that it checks.
import type { Weights } from '../encoders/minilm-export/safetensors.ts';

const width = 384;
const heads = 12;
const size = width / heads;

type Row = Float64Array;

/** The unit vector of one text given as numbers of pieces, in double precision. */
export function plainMiniLm(weights: (name: string) => Weights, ids: readonly number[]): Row {
  const at = (name: string, row: number): Row => {
    const { shape, values } = weights(name);
    const columns = shape[1] ?? 0;
    return Float64Array.from(values.subarray(row * columns, (row + 1) * columns));
  };
  let hidden = ids.map((id, place) =>
    normalise(
      weights,
      'embeddings.LayerNorm',
      sum(
        at('embeddings.word_embeddings.weight', id),
        at('embeddings.position_embeddings.weight', place),
        at('embeddings.token_type_embeddings.weight', 0),
      ),
    ),
  );
  for (let layer = 0; layer < 6; layer += 1) {
    const name = `encoder.layer.${layer}`;
    const [queries, keys, values] = ['query', 'key', 'value'].map((part) =>
      hidden.map((row) => dense(weights, `${name}.attention.self.${part}`, row)),
    );
    const attended = hidden.map((_, i) =>
      attend(queries?.[i] ?? new Float64Array(), keys ?? [], values ?? []),
    );
    const middle = hidden.map((row, i) =>
      normalise(
        weights,
        `${name}.attention.output.LayerNorm`,
        sum(row, dense(weights, `${name}.attention.output.dense`, attended[i] ?? row)),
      ),
    );
    hidden = middle.map((row) => {
      const bent = dense(weights, `${name}.intermediate.dense`, row).map(gelu);
      return normalise(
        weights,
        `${name}.output.LayerNorm`,
        sum(row, dense(weights, `${name}.output.dense`, bent)),
      );
    });
  }
  const mean = sum(...hidden);
  const length = Math.hypot(...mean);
  return mean.map((value) => value / length);
}

function sum(...rows: Row[]): Row {
  return (rows[0] ?? new Float64Array()).map((_, i) => rows.reduce((total, row) => total + (row[i] ?? 0), 0));
}

function dense(weights: (name: string) => Weights, name: string, x: Row): Row {
  const { shape, values } = weights(`${name}.weight`);
  const bias = weights(`${name}.bias`).values;
  const [outputs = 0, inputs = 0] = shape;
  return Float64Array.from({ length: outputs }, (_, o) => {
    let total = bias[o] ?? 0;
    for (let i = 0; i < inputs; i += 1) total += (values[o * inputs + i] ?? 0) * (x[i] ?? 0);
    return total;
  });
}

function normalise(weights: (name: string) => Weights, name: string, x: Row): Row {
  const gamma = weights(`${name}.weight`).values;
  const beta = weights(`${name}.bias`).values;
  const mean = x.reduce((total, value) => total + value, 0) / x.length;
  const variance = x.reduce((total, value) => total + (value - mean) ** 2, 0) / x.length;
  return x.map(
    (value, i) => ((value - mean) / Math.sqrt(variance + 1e-12)) * (gamma[i] ?? 0) + (beta[i] ?? 0),
  );
}

function attend(query: Row, keys: readonly Row[], values: readonly Row[]): Row {
  const out = new Float64Array(width);
  for (let begin = 0; begin < width; begin += size) {
    const scores = keys.map((key) => {
      let dot = 0;
      for (let d = begin; d < begin + size; d += 1) dot += (query[d] ?? 0) * (key[d] ?? 0);
      return Math.exp(dot / Math.sqrt(size));
    });
    const total = scores.reduce((a, b) => a + b, 0);
    for (const [j, value] of values.entries())
      for (let d = begin; d < begin + size; d += 1)
        out[d] = (out[d] ?? 0) + ((scores[j] ?? 0) / total) * (value[d] ?? 0);
  }
  return out;
}

function gelu(x: number): number {
  return (x / 2) * (1 + erf(x / Math.SQRT2));
}

/** The error function by its series, and 1 beyond what double precision tells from it. */
function erf(x: number): number {
  if (Math.abs(x) > 5.5) return Math.sign(x);
  let term = x;
  let total = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n += 1) {
    term *= -(x * x) / n;
    total += term / (2 * n + 1);
    if (n > 200) break;
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}
