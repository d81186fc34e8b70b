import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentKey } from './content-key.ts';
import { headerBytes, rowBytes } from './vector-file.ts';
import { openVectorIndex, readVectorSnapshot, saveVectorSnapshot } from './vector-snapshot.ts';

const encoder = { name: 'plain', fingerprint: '0123456789abcdef', dimensions: 4 };
const vectorOf = (i: number) => Float32Array.of(Math.sin(i), Math.cos(i), i / 50, 1);
const query = Float32Array.of(0.3, -0.2, 0.1, 0.5);

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-snapshot-'));
  file = join(folder, 'map');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Fifty vectors, some replaced, removed, or shared by two ordinals; saved. Returns what it finds. */
async function makeIndex() {
  const { store, index } = await openVectorIndex(folder, encoder);
  for (let i = 0; i < 50; i += 1) {
    const [position = -1] = await store.add([{ key: contentKey(`${i}`), vector: vectorOf(i) }]);
    index.set(i * 2, vectorOf(i), position);
  }
  index.remove(8);
  index.set(10, vectorOf(0), 0);
  index.set(7, vectorOf(3), 3);
  const found = index.search(query, { k: 20 });
  const size = index.size;
  await store.close();
  await saveVectorSnapshot(index, file, encoder, 'words 1');
  return { found, size };
}

describe('a snapshot of an index of vectors', () => {
  it('brings back an index that finds the same', async () => {
    const { found, size } = await makeIndex();
    const places = await readVectorSnapshot(file, encoder, 'words 1');
    const { store, index } = await openVectorIndex(folder, encoder, places);
    expect(index.size).toBe(size);
    expect(index.search(query, { k: 20 })).toEqual(found);
    expect(index.vector(7)).toEqual(vectorOf(3));
    await store.close();
  });

  it('leaves out what the store no longer has', async () => {
    const { size } = await makeIndex();
    const store = join(folder, readdirSync(folder).find((name) => name.endsWith('.vectors')) ?? '');
    truncateSync(store, headerBytes + 49 * rowBytes(4));
    const opened = await openVectorIndex(folder, encoder, await readVectorSnapshot(file, encoder, 'words 1'));
    expect(opened.index.size).toBe(size - 1);
    expect(opened.index.has(98)).toBe(false);
    await opened.store.close();
  });

  it('is refused when damaged anywhere, foreign or missing', async () => {
    await makeIndex();
    const whole = readFileSync(file);
    const read = () => readVectorSnapshot(file, encoder, 'words 1');
    for (let byte = 0; byte < whole.length; byte += 1) {
      const wrong = Buffer.from(whole);
      wrong.writeUInt8(wrong.readUInt8(byte) ^ 1, byte);
      writeFileSync(file, wrong);
      await expect(read()).rejects.toMatchObject({ code: 'damaged-file' });
    }
    writeFileSync(file, whole.subarray(0, 40));
    await expect(read()).rejects.toMatchObject({ code: 'damaged-file' });
    writeFileSync(file, whole);
    const foreign = { code: 'foreign-file' };
    await expect(readVectorSnapshot(file, encoder, 'words 2')).rejects.toMatchObject(foreign);
    const other = { ...encoder, fingerprint: 'other' };
    await expect(readVectorSnapshot(file, other, 'words 1')).rejects.toMatchObject(foreign);
    await expect(readVectorSnapshot(join(folder, 'none'), encoder, 'words 1')).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
