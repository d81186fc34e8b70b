import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageSet } from '../data-sets/image-set.ts';
import { packDataSet, unpackDataSet } from '../data-sets/pack-data-set.ts';
import { LabError } from '../lab-error.ts';
import { parseNumberTable } from './number-table.ts';
import { packageFolder } from './package-folder.ts';
import { readDataSet } from './read-data-set.ts';
import { readFashionMnist } from './read-fashion-mnist.ts';
import { readLossCurves } from './read-loss-curves.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-sets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const shape = ({ train, test, height, width, classes }: ImageSet): unknown => [
  [train.count, train.images.length, train.labels.length],
  [test.count, test.images.length, test.labels.length],
  [height, width, classes],
];

const published = [
  [10_000, 7_840_000, 10_000],
  [5_000, 3_920_000, 5_000],
  [28, 28, 10],
];

describe('MNIST', () => {
  it('begins with the digits that everybody knows', async () => {
    const set = await readDataSet('mnist');
    expect(shape(set)).toEqual(published);
    expect([...set.train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...set.test.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  });

  it('arrives in a browser as it is here', async () => {
    const set = await readDataSet('mnist');
    const there = unpackDataSet('mnist', packDataSet('mnist', set));
    expect(shape(there)).toEqual(published);
    expect(Buffer.compare(there.train.images, set.train.images)).toBe(0);
    expect(Buffer.compare(there.test.images, set.test.images)).toBe(0);
    expect(there.test.labels).toEqual(set.test.labels);
  });
});

const hasFashion = existsSync('/usr/share/datasets/fashion-mnist');

describe('Fashion-MNIST', () => {
  it.skipIf(!hasFashion)(
    `has the set's own order${hasFashion ? '' : ' (skipped: apt-get install dataset-fashion-mnist)'}`,
    async () => {
      const set = await readDataSet('fashion-mnist');
      expect(shape(set)).toEqual(published);
      expect([...set.train.labels.subarray(0, 5)]).toEqual([9, 0, 0, 3, 0]);
      expect([...set.test.labels.subarray(0, 5)]).toEqual([9, 2, 1, 1, 6]);
    },
  );

  it('that is not installed says in a sentence what to install', async () => {
    const error: unknown = await readFashionMnist(join(folder, 'nowhere')).catch(
      (failure: unknown) => failure,
    );
    expect(error).toMatchObject({ code: 'missing-data' });
    expect(String(error)).toMatch(/apt-get install dataset-fashion-mnist.*\.$/);
  });

  it('that is cut off or of another set is refused', async () => {
    const place = join(folder, 'cut');
    await mkdir(place);
    const images = Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9]);
    const put = (labels: number[]): Promise<unknown> =>
      Promise.all(
        ['train', 't10k'].flatMap((half) => [
          writeFile(join(place, `${half}-images-idx3-ubyte.gz`), gzipSync(images)),
          writeFile(join(place, `${half}-labels-idx1-ubyte.gz`), gzipSync(Buffer.from(labels))),
        ]),
      );
    await put([0, 0, 8, 1, 0, 0, 0, 1, 3]);
    expect(await readFashionMnist(place)).toMatchObject({ train: { count: 1 }, height: 1, width: 2 });
    await put([0, 0, 8, 1, 0, 0, 0, 2, 3, 4]);
    await expect(readFashionMnist(place)).rejects.toMatchObject({ code: 'damaged-file' });
    await put([0, 0, 8, 1, 0, 0, 0, 1, 10]);
    await expect(readFashionMnist(place)).rejects.toMatchObject({ code: 'damaged-file' });
    await writeFile(join(place, 'train-images-idx3-ubyte.gz'), gzipSync(images).subarray(0, 20));
    await expect(readFashionMnist(place)).rejects.toMatchObject({ code: 'damaged-file' });
  });
});

describe('Moby-Dick', () => {
  it('has its 135 chapters once each, in the order of the book', async () => {
    const { text } = await readDataSet('moby-dick');
    const numbers = [...text.matchAll(/^CHAPTER (\d+)\./gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(Array.from({ length: 135 }, (_, i) => i + 1));
  });

  it('arrives in a browser as it is here', async () => {
    const set = await readDataSet('moby-dick');
    expect(unpackDataSet('moby-dick', packDataSet('moby-dick', set))).toEqual(set);
  });
});

describe('the loss curves', () => {
  it('are nine schedules of three sizes, their steps rising', async () => {
    const curves = await readDataSet('loss-curves');
    expect(curves).toHaveLength(27);
    expect(new Set(curves.map(({ schedule }) => schedule)).size).toBe(9);
    expect([...new Set(curves.map(({ millions }) => millions))]).toEqual([25, 100, 400]);
    for (const { steps, losses } of curves) {
      expect(steps.every((step, i) => i === 0 || step > (steps[i - 1] ?? step))).toBe(true);
      expect(losses).toHaveLength(steps.length);
      expect(losses.every((loss) => loss > 2 && loss < 5)).toBe(true);
    }
    expect(curves[0]).toMatchObject({ millions: 25, schedule: 'constant_24000' });
    expect(curves[0]?.losses[0]).toBe(4.101);
  });

  it('arrive in a browser as they are here', async () => {
    const curves = await readDataSet('loss-curves');
    expect(unpackDataSet('loss-curves', packDataSet('loss-curves', curves))).toEqual(curves);
  });

  it('that are gone say so in a sentence', () =>
    expect(readLossCurves(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'missing-data' }));
});

describe('SUPPORT', () => {
  it('has 9,105 patients, their time, their fate and 39 covariates', async () => {
    const { rows, columns } = await readDataSet('support');
    expect(rows).toBe(9105);
    expect(Object.keys(columns)).toHaveLength(41);
    const dead = columns.dead?.reduce((sum, value) => sum + value, 0) ?? 0;
    expect(dead / rows).toBeCloseTo(0.68, 2);
    expect(columns.time?.[0]).toBe(2029);
  });

  it('arrives in a browser as it is here', async () => {
    const set = await readDataSet('support');
    const there = unpackDataSet('support', packDataSet('support', set));
    expect(there).toEqual(set);
    expect(Object.keys(there.columns)).toEqual(Object.keys(set.columns));
  });
});

describe('a table of numbers', () => {
  it('has NaN where a value is missing', () =>
    expect(parseNumberTable('"a","b"\r\n1,NA\r\n,-2e3\r\n', 'it')).toEqual({
      rows: 2,
      columns: { a: Float64Array.of(1, Number.NaN), b: Float64Array.of(Number.NaN, -2000) },
    }));

  it.each(['', 'a,a\n1,2', 'a,b\n1', 'a,b\n1,2,3', 'a\nx', 'a,\n1,2'])('is not %j', (text) =>
    expect(() => parseNumberTable(text, 'it')).toThrow(LabError),
  );
});

describe('a packed data set', () => {
  it('that is cut off, of another name or nothing at all is refused', () => {
    const bytes = packDataSet('moby-dick', { text: 'A whale.' });
    expect(unpackDataSet('moby-dick', bytes)).toEqual({ text: 'A whale.' });
    for (const damaged of [bytes.subarray(0, -1), bytes.subarray(0, 5), new Uint8Array(0)])
      expect(() => unpackDataSet('moby-dick', damaged)).toThrow(/load it again/);
    expect(() => unpackDataSet('mnist', bytes)).toThrow(/load it again/);
  });

  it('can lie in memory that threads share', () => {
    const bytes = packDataSet('moby-dick', { text: 'Ein Wal – groß.' });
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    expect(unpackDataSet('moby-dick', shared)).toEqual({ text: 'Ein Wal – groß.' });
  });
});

describe('a package that is not installed', () => {
  it('is named in a sentence', () =>
    expect(() => packageFolder('no-such-data', 'What it brings')).toThrow(/run "npm ci"\.$/));
});
