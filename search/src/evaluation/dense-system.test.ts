import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Encoder } from '../encoders/encoder.ts';
import { cachedVectors } from './cached-vectors.ts';
import { noQueries } from './collection.ts';
import { denseSystem } from './dense-system.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-vectors-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Letter counts of a, b and c as a unit vector, counting the texts it was asked for. */
function letterEncoder(fingerprint = 'letters-1'): Encoder & { encoded: number } {
  const encoder = {
    name: 'letters',
    fingerprint,
    dimensions: 3,
    encoded: 0,
    encode: async (texts: readonly string[]) => {
      encoder.encoded += texts.length;
      return Float32Array.from(
        texts.flatMap((text) => {
          const counts = ['a', 'b', 'c'].map((letter) => text.split(letter).length - 1);
          const norm = Math.hypot(...counts) || 1;
          return counts.map((count) => count / norm);
        }),
      );
    },
    close: async () => {},
  };
  return encoder;
}

const corpus = {
  name: 'letters',
  training: noQueries,
  documents: [
    { id: 'ab', title: 'a', text: 'b' },
    { id: 'a', title: '', text: 'a' },
    { id: 'a2', title: 'aa', text: '' },
    { id: 'c', title: '', text: 'c' },
  ],
};

describe('an encoder as a system', () => {
  it('ranks by exact dot product, equal ones by id', async () => {
    const prepared = await denseSystem(letterEncoder()).prepare(corpus, () => {});
    const found = await prepared.search('a', 3);
    expect(found.map(([id]) => id)).toEqual(['a', 'a2', 'ab']);
    expect(found[2]?.[1]).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it('is named and versioned by its encoder', () => {
    expect(denseSystem(letterEncoder())).toMatchObject({ name: 'letters', version: 'letters-1' });
    expect(denseSystem(letterEncoder(), { name: 'other' }).name).toBe('other');
  });
});

describe('kept vectors', () => {
  const texts = Array.from({ length: 300 }, (_, i) => 'abc'.slice(i % 3).repeat(1 + (i % 5)));

  it('are encoded once and read back bit by bit, with progress', async () => {
    const encoder = letterEncoder();
    const steps: number[] = [];
    const first = await cachedVectors(encoder, texts, folder, (done) => steps.push(done));
    expect(await cachedVectors(encoder, texts, folder, () => {})).toEqual(first);
    expect(encoder.encoded).toBe(300);
    expect(steps).toEqual([256, 300]);
  });

  it('go on where they were stopped', async () => {
    const stopping = letterEncoder();
    const { encode } = stopping;
    stopping.encode = (chunk) =>
      stopping.encoded === 256 ? Promise.reject(new Error('Stopped.')) : encode(chunk);
    await expect(cachedVectors(stopping, texts, folder, () => {})).rejects.toThrow('Stopped.');
    const encoder = letterEncoder();
    await cachedVectors(encoder, texts, folder, () => {});
    expect(encoder.encoded).toBe(300 - 256);
  });

  it('of another encoder or other texts are never met', async () => {
    await cachedVectors(letterEncoder('1'), texts, folder, () => {});
    const other = letterEncoder('2');
    await cachedVectors(other, texts, folder, () => {});
    expect(other.encoded).toBe(300);
  });

  it('are encoded again when their file is damaged', async () => {
    const first = await cachedVectors(letterEncoder(), texts, folder, () => {});
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name));
      bytes.writeUInt8(bytes.readUInt8(50) ^ 1, 50);
      await writeFile(join(folder, name), bytes);
    }
    const encoder = letterEncoder();
    expect(await cachedVectors(encoder, texts, folder, () => {})).toEqual(first);
    expect(encoder.encoded).toBe(300);
  });

  it('are refused from an encoder that gives too few numbers or none at all', async () => {
    const short = { ...letterEncoder(), encode: async () => new Float32Array(2) };
    await expect(cachedVectors(short, ['a'], undefined, () => {})).rejects.toThrow('gave no sound vector');
    const broken = { ...letterEncoder(), encode: async () => new Float32Array(3).fill(Number.NaN) };
    await expect(cachedVectors(broken, ['a'], folder, () => {})).rejects.toThrow('gave no sound vector');
    expect(await readdir(folder)).toEqual([]);
  });
});
