import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainMiniLm } from '../testing/plain-bert.ts';
import { readPapers, sharedFile } from '../testing/shared-papers.ts';
import { type Encoder, encodedText } from './encoder.ts';
import { openMiniLm } from './minilm.ts';
import { buildMiniLm } from './minilm-export/bert-graph.ts';
import { readSafetensors, type Weights } from './minilm-export/safetensors.ts';
import { miniLmFile, readMiniLmVocabulary } from './minilm-package.ts';
import { WordPiece } from './word-piece.ts';

const texts = [
  'Pruning attention heads without retraining',
  'We remove half of the heads of a translation model and lose no quality.',
  'A cache of keys and values grows with the context; we forget what will not be asked for.',
  'Bread rises because yeast turns sugar into gas.',
  'x',
  '',
  `A long text. ${'Gradient noise shrinks with the batch; the best step grows with it. '.repeat(60)}`,
];

let float: Encoder;
let int8: Encoder;
let weights: (name: string) => Weights;

beforeAll(async () => {
  const read = readSafetensors(readFileSync(miniLmFile('model.fp16.safetensors')));
  const kept = new Map<string, Weights>();
  weights = (name) => kept.getOrInsertComputed(name, read);
  float = await openMiniLm({ model: buildMiniLm(weights, 'float32') });
  int8 = await openMiniLm({ model: buildMiniLm(weights, 'int8') });
});

afterAll(async () => {
  await float.close();
  await int8.close();
});

describe('the float model', () => {
  it('computes what BERT written out in plain loops computes', async () => {
    const text = 'Attention heads that nobody misses';
    const ids = [...new WordPiece(readMiniLmVocabulary()).encode(text, 256)];
    const expected = plainMiniLm(weights, ids);
    // In a batch with a longer text, so that the mask is part of what is checked.
    const vectors = await float.encode([text, texts[2] ?? '']);
    const difference = expected.map((value, i) => Math.abs(value - (vectors[i] ?? 0)));
    expect(Math.max(...difference)).toBeLessThan(1e-4);
  });

  it('knows what is alike', async () => {
    const [heads, translation, cache, bread] = rowsOf(await float.encode(texts), 384);
    expect(dot(heads, translation)).toBeGreaterThan(dot(heads, cache));
    expect(dot(heads, cache)).toBeGreaterThan(dot(heads, bread));
  });
});

describe('the eight-bit model', () => {
  it('stays within 0.99 of the float model', async () => {
    const cosines = compare(await float.encode(texts), await int8.encode(texts));
    // What has next to no words has little to average over.
    for (const [i, text] of texts.entries())
      expect(cosines[i]).toBeGreaterThan(text.length < 2 ? 0.97 : 0.99);
  });

  it('gives every text, the empty one too, a vector of length 1', async () => {
    for (const row of rowsOf(await int8.encode(texts), 384)) expect(dot(row, row)).toBeCloseTo(1, 5);
  });

  it('gives a text the same vector alone and in any company', async () => {
    const together = rowsOf(await int8.encode(texts), 384);
    for (const [i, text] of texts.entries())
      expect(dot(await int8.encode([text]), together[i])).toBeGreaterThan(0.9999);
  });

  it('gives nothing for nothing', async () => {
    expect(await int8.encode([])).toHaveLength(0);
  });

  it('has a fingerprint of its own', () => {
    expect(int8.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(int8.fingerprint).not.toBe(float.fingerprint);
  });

  it('refuses a file that is no model', async () => {
    await expect(openMiniLm({ model: new Uint8Array(100) })).rejects.toMatchObject({ code: 'damaged-file' });
  });
});

const archive = sharedFile('arxiv-2025-2026.jsonl.zst');
const count = Number(process.env.OFFPRINT_ABSTRACTS ?? 100);

describe.skipIf(archive === undefined)('on real abstracts (skipped without the shared data)', () => {
  it('stays within 0.99 of the float model for every one', { timeout: 600_000 }, async () => {
    const papers = await readPapers(archive ?? '', count, 40);
    const real = papers.map(encodedText);
    const cosines = compare(await float.encode(real), await int8.encode(real));
    const mean = cosines.reduce((total, value) => total + value, 0) / cosines.length;
    console.info(`cosine of ${count}: least ${Math.min(...cosines).toFixed(4)}, mean ${mean.toFixed(4)}`);
    expect(cosines).toHaveLength(count);
    expect(Math.min(...cosines)).toBeGreaterThan(0.99);
  });
});

function rowsOf(vectors: Float32Array, width: number): Float32Array[] {
  return Array.from({ length: vectors.length / width }, (_, i) =>
    vectors.subarray(i * width, (i + 1) * width),
  );
}

function dot(a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()): number {
  return a.reduce((total, value, i) => total + value * (b[i] ?? 0), 0);
}

function compare(a: Float32Array, b: Float32Array): number[] {
  const others = rowsOf(b, 384);
  return rowsOf(a, 384).map((row, i) => dot(row, others[i]));
}
