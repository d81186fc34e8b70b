import { spawn } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentKey } from './content-key.ts';
import { KeyTable } from './key-table.ts';
import { headerBytes, rowBytes } from './vector-file.ts';
import { openVectorStore } from './vector-store-file.ts';
import { memoryVectorStore } from './vector-store-memory.ts';

const encoder = { name: 'plain', fingerprint: '0123456789abcdef', dimensions: 3 };
const entry = (i: number) => ({ key: contentKey(`text ${i}`), vector: Float32Array.of(i, i / 3, -i) });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-vectors-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = (): string => join(folder, readdirSync(folder)[0] ?? '');

async function fill(count: number): Promise<void> {
  const store = await openVectorStore(folder, encoder);
  await store.add(Array.from({ length: count }, (_, i) => entry(i)));
  await store.close();
}

describe.each(['a file', 'memory'])('a store in %s', (where) => {
  const open = () =>
    where === 'memory' ? Promise.resolve(memoryVectorStore(3)) : openVectorStore(folder, encoder);

  it('gives back by key what was added, to the last bit', async () => {
    const store = await open();
    expect([...(await store.add([entry(0), entry(1)]))]).toEqual([0, 1]);
    expect(store.read(store.positionOf(entry(1).key))).toEqual(entry(1).vector);
    expect(store.positionOf(contentKey('another text'))).toBe(-1);
    expect(store.read(2)).toBeUndefined();
    expect(store.read(-1)).toBeUndefined();
    expect(store.size).toBe(2);
    await store.close();
  });

  it('keeps one vector a key, also when it comes twice at once', async () => {
    const store = await open();
    const [first, second] = await Promise.all([
      store.add([entry(0), entry(0), entry(1)]),
      store.add([entry(1), entry(2)]),
    ]);
    expect([...first, ...second]).toEqual([0, 0, 1, 1, 2]);
    expect(store.size).toBe(3);
    await store.close();
  });

  it('refuses vectors of another length, and keeps none of the batch', async () => {
    const store = await open();
    const wrong = { key: contentKey('x'), vector: new Float32Array(4) };
    await expect(store.add([entry(0), wrong])).rejects.toMatchObject({ code: 'bad-input' });
    expect(store.size).toBe(0);
    await store.close();
  });
});

describe('a file of vectors', () => {
  it('has after a restart what it had before, at the same positions', async () => {
    await fill(5);
    const rows = new Map<number, Float32Array>();
    const store = await openVectorStore(folder, encoder, (position, vector) => rows.set(position, vector));
    for (let i = 0; i < 5; i += 1) {
      expect(store.positionOf(entry(i).key)).toBe(i);
      expect(rows.get(i)).toEqual(entry(i).vector);
    }
    expect([...(await store.add([entry(5)]))]).toEqual([5]);
    await store.close();
  });

  it('cut anywhere, keeps every whole row and goes on', async () => {
    await fill(4);
    const whole = readFileSync(file());
    for (let size = 0; size <= whole.length; size += 7) {
      writeFileSync(file(), whole.subarray(0, size));
      const store = await openVectorStore(folder, encoder);
      expect(store.size).toBe(Math.max(0, Math.floor((size - headerBytes) / rowBytes(3))));
      await store.add([entry(9)]);
      await store.close();
      const again = await openVectorStore(folder, encoder);
      expect(again.read(again.positionOf(entry(9).key))).toEqual(entry(9).vector);
      expect(again.dropped).toBe(0);
      await again.close();
    }
  });

  it('drops a damaged row, whichever bit of it is wrong, and keeps the others', async () => {
    await fill(3);
    const whole = readFileSync(file());
    await fc.assert(
      fc.asyncProperty(fc.nat(rowBytes(3) - 1), fc.nat(7), async (byte, bit) => {
        const damaged = Buffer.from(whole);
        const at = headerBytes + rowBytes(3) + byte;
        damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << bit), at);
        writeFileSync(file(), damaged);
        const store = await openVectorStore(folder, encoder);
        expect([store.dropped, store.size]).toEqual([1, 2]);
        expect(store.read(1)).toBeUndefined();
        expect(store.read(2)).toEqual(entry(2).vector);
        const [position = -1] = await store.add([entry(1)]);
        expect(store.read(position)).toEqual(entry(1).vector);
        await store.close();
      }),
      { numRuns: 40 },
    );
  });

  it('never mixes the vectors of two encoders', async () => {
    await fill(1);
    const other = { ...encoder, fingerprint: 'fedcba9876543210' };
    const beside = await openVectorStore(folder, other);
    expect(beside.size).toBe(0);
    await beside.close();
    const mine = readdirSync(folder).find((name) => name.includes(encoder.fingerprint)) ?? '';
    writeFileSync(join(folder, `plain-${other.fingerprint}.vectors`), readFileSync(join(folder, mine)));
    await expect(openVectorStore(folder, other)).rejects.toMatchObject({ code: 'foreign-file' });
    await expect(openVectorStore(folder, { ...other, dimensions: 4 })).rejects.toMatchObject({
      code: 'foreign-file',
    });
  });

  it('refuses what is no file of vectors, and leaves it alone', async () => {
    await fill(1);
    const bytes = readFileSync(file());
    bytes.write('?', 40);
    writeFileSync(file(), bytes);
    await expect(openVectorStore(folder, encoder)).rejects.toMatchObject({ code: 'damaged-file' });
    expect(readFileSync(file())).toEqual(bytes);
  });

  it('loses at most the last, torn row to kill -9', async () => {
    const store = new URL('./vector-store-file.ts', import.meta.url).href;
    const key = new URL('./content-key.ts', import.meta.url).href;
    const script = `
      import { openVectorStore } from '${store}';
      import { contentKey } from '${key}';
      const store = await openVectorStore(process.argv[1], ${JSON.stringify(encoder)});
      for (let i = 0; ; i += 1) {
        await store.add([{ key: contentKey('text ' + i), vector: Float32Array.of(i, i / 3, -i) }]);
        if (i % 100 === 0) console.log(i);
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder]);
    const seen = await new Promise<number>((resolve) => {
      child.stdout.on('data', (text: Buffer) => {
        const last = Number(text.toString().trim().split('\n').at(-1));
        if (last >= 500 && child.kill('SIGKILL')) resolve(last);
      });
    });
    await new Promise((resolve) => child.once('exit', resolve));
    truncateSync(file(), statSync(file()).size - 5);
    const after = await openVectorStore(folder, encoder);
    expect(after.size).toBeGreaterThanOrEqual(seen);
    expect(after.dropped).toBe(0);
    for (let i = 0; i < after.size; i += 1) expect(after.read(i)).toEqual(entry(i).vector);
    await after.close();
  });
});

it('the table of keys agrees with a map', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat()), { maxLength: 400 }), (pairs) => {
      const table = new KeyTable();
      const map = new Map<number, number>();
      for (const [i, position] of pairs) {
        // Few first bytes, so that keys collide.
        const key = Uint8Array.from({ length: 16 }, (_, byte) =>
          byte === 0 ? i % 3 : byte < 4 ? 0 : i >> byte,
        );
        key[15] = i & 255;
        key[14] = i >> 8;
        table.set(key, position);
        map.set(i, position);
        expect(table.get(key)).toBe(position);
        expect(table.size).toBe(map.size);
      }
      for (const [i, position] of map) {
        const key = Uint8Array.from({ length: 16 }, (_, byte) =>
          byte === 0 ? i % 3 : byte < 4 ? 0 : i >> byte,
        );
        key[15] = i & 255;
        key[14] = i >> 8;
        expect(table.get(key)).toBe(position);
      }
      expect(table.get(new Uint8Array(16).fill(255))).toBe(-1);
    }),
  );
});
