import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { SafetensorsError, type SafetensorsErrorCode } from './safetensors-error.ts';
import type { Tensor } from './tensor.ts';

/** A file with any header, written without the code under test. */
function fileWith(header: string | Uint8Array, dataBytes: number, headerBytes?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + json.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, headerBytes ?? BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

function codeOf(read: () => unknown): SafetensorsErrorCode | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof SafetensorsError) return error.code;
    throw error;
  }
}

const refused = (header: string | Uint8Array, dataBytes: number, headerBytes?: bigint) =>
  codeOf(() => decodeSafetensors(fileWith(header, dataBytes, headerBytes)));

const entry = (begin: number, end: number, shape: unknown = [(end - begin) / 4], dtype = 'F32') =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });

const all: Record<string, Tensor> = {
  f64: { dtype: 'F64', shape: [2], data: new Float64Array([Math.PI, -0]) },
  f32: { dtype: 'F32', shape: [2, 1], data: new Float32Array([1.5, Number.NaN]) },
  f16: { dtype: 'F16', shape: [1], data: new Float16Array([0.25]) },
  i64: { dtype: 'I64', shape: [1], data: new BigInt64Array([-(2n ** 60n)]) },
  u64: { dtype: 'U64', shape: [1], data: new BigUint64Array([2n ** 63n]) },
  i32: { dtype: 'I32', shape: [], data: new Int32Array([-7]) },
  u32: { dtype: 'U32', shape: [1], data: new Uint32Array([2 ** 32 - 1]) },
  i16: { dtype: 'I16', shape: [1], data: new Int16Array([-300]) },
  u16: { dtype: 'U16', shape: [1], data: new Uint16Array([65535]) },
  i8: { dtype: 'I8', shape: [1], data: new Int8Array([-1]) },
  u8: { dtype: 'U8', shape: [3], data: new Uint8Array([1, 2, 255]) },
  bool: { dtype: 'BOOL', shape: [2], data: new Uint8Array([0, 1]) },
  none: { dtype: 'F32', shape: [0, 4], data: new Float32Array() },
};

describe('a safetensors file', () => {
  it('keeps every kind of number, the shapes and the metadata', () => {
    const { tensors, metadata } = decodeSafetensors(encodeSafetensors(all, { licence: 'MIT', ключ: 'é' }));
    expect({ ...tensors }).toEqual(all);
    expect(metadata).toEqual({ licence: 'MIT', ключ: 'é' });
  });

  it('keeps any numbers under any names, and the order of the names changes no byte', () => {
    const numbers = fc.array(fc.float({ noNaN: true }), { maxLength: 6 });
    const names = fc.dictionary(
      fc.string().filter((name) => name !== '__metadata__'),
      numbers,
      { maxKeys: 6 },
    );
    fc.assert(
      fc.property(names, (given) => {
        const tensors = Object.entries(given).map(([name, values]): [string, Tensor] => [
          name,
          { dtype: 'F32', shape: [values.length], data: new Float32Array(values) },
        ]);
        const file = encodeSafetensors(Object.fromEntries(tensors));
        expect(file).toEqual(encodeSafetensors(Object.fromEntries(tensors.toReversed())));
        const read = decodeSafetensors(file).tensors;
        expect(Object.keys(read)).toHaveLength(tensors.length);
        for (const [name, tensor] of tensors) expect(read[name]).toEqual(tensor);
      }),
      { numRuns: 200 },
    );
  });

  it('is laid out as the format says: length, JSON, then little-endian numbers, each at a multiple of its size', () => {
    const file = encodeSafetensors({
      b: { dtype: 'U8', shape: [1], data: new Uint8Array([9]) },
      a: { dtype: 'F32', shape: [1], data: new Float32Array([1]) },
    });
    const headerBytes = new DataView(file.buffer).getUint32(0, true);
    expect(headerBytes % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerBytes)))).toEqual({
      a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
      b: { dtype: 'U8', shape: [1], data_offsets: [4, 5] },
    });
    expect([...file.subarray(8 + headerBytes)]).toEqual([0, 0, 0x80, 0x3f, 9]);
  });

  it('is read from the middle of a larger buffer, and what is read does not follow the buffer', () => {
    const file = encodeSafetensors(all);
    const larger = new Uint8Array(file.length + 3);
    larger.set(file, 3);
    const { tensors } = decodeSafetensors(larger.subarray(3));
    larger.fill(0);
    expect(tensors.f64).toEqual(all.f64);
  });

  it('written elsewhere, with padding after the header and tensors in another order, is read', () => {
    const header = `{"x":${entry(4, 8)},"y":${entry(0, 4)}}   `;
    expect(Object.keys(decodeSafetensors(fileWith(header, 8)).tensors)).toEqual(['x', 'y']);
    expect(decodeSafetensors(fileWith('{}', 0)).tensors).toEqual({});
  });

  it('has no tensor under a name that objects have by birth, unless it was written', () => {
    const { tensors } = decodeSafetensors(encodeSafetensors(all));
    expect(tensors.constructor).toBeUndefined();
    const odd = decodeSafetensors(fileWith(`{"__proto__":${entry(0, 4)}}`, 4)).tensors;
    expect(Object.keys(odd)).toEqual(['__proto__']);
  });

  it('cut off anywhere is refused, and so is one with bytes to spare', () => {
    const file = encodeSafetensors(all);
    for (let length = 0; length < file.length; length++) {
      expect(codeOf(() => decodeSafetensors(file.subarray(0, length)))).toBeDefined();
    }
    expect(refused(`{"x":${entry(0, 4)}}`, 5)).toBe('offsets');
    expect(refused(`{"x":${entry(0, 4)}}`, 3)).toBe('truncated');
  });

  it('with a header longer than itself or than any file’s is refused before anything is allocated', () => {
    expect(refused('{}', 0, 3n)).toBe('truncated');
    expect(refused('{}', 0, 100_000_001n)).toBe('header-length');
    expect(refused('{}', 0, 2n ** 64n - 1n)).toBe('header-length');
  });

  it('whose header is not the format’s JSON is refused', () => {
    for (const header of ['', '{', '[]', 'null', '3', '{"x":3}', '{"x":null}', '{"__metadata__":[]}']) {
      expect(refused(header, 0)).toBe('header');
    }
    expect(refused('{"__metadata__":{"a":1}}', 0)).toBe('header');
    expect(refused(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 0)).toBe('header');
    expect(refused(`{"x":${entry(0, 4, [-1])}}`, 4)).toBe('header');
    expect(refused(`{"x":${entry(0, 4, [1.5])}}`, 4)).toBe('header');
    expect(refused(`{"x":${entry(0, 4, 'one')}}`, 4)).toBe('header');
    expect(refused(`{"x":${entry(0, 4, [1], 'F99')}}`, 4)).toBe('dtype');
    expect(refused(`{"x":${entry(0, 4, [1], 'toString')}}`, 4)).toBe('dtype');
  });

  it('with a tensor whose bytes are not its shape’s is refused', () => {
    expect(refused(`{"x":${entry(0, 4, [2])}}`, 4)).toBe('size');
    expect(refused(`{"x":${entry(0, 4, [2 ** 40, 2 ** 40])}}`, 4)).toBe('size');
    expect(refused(`{"x":${entry(0, 4, [0])}}`, 4)).toBe('size');
  });

  it('whose tensors overlap, leave holes or lie nowhere is refused', () => {
    expect(refused(`{"x":${entry(0, 8)},"y":${entry(4, 12)}}`, 12)).toBe('offsets');
    expect(refused(`{"x":${entry(0, 4)},"y":${entry(0, 4)}}`, 4)).toBe('offsets');
    expect(refused(`{"x":${entry(0, 4)},"y":${entry(8, 12)}}`, 12)).toBe('offsets');
    expect(refused(`{"x":${entry(4, 8)}}`, 8)).toBe('offsets');
    expect(refused(`{"x":${entry(8, 4, [1])}}`, 8)).toBe('offsets');
    expect(refused('{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}', 4)).toBe('offsets');
    expect(refused('{"x":{"dtype":"F32","shape":[1]}}', 4)).toBe('offsets');
  });

  it('that names a tensor or one of its fields twice is refused, however the name is spelled', () => {
    expect(refused(`{"x":${entry(0, 4)},"x":${entry(0, 4)}}`, 4)).toBe('duplicate');
    expect(refused(`{"x":${entry(0, 4)},"\\u0078":${entry(4, 8)}}`, 8)).toBe('duplicate');
    expect(refused('{"x":{"dtype":"U8","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4)).toBe(
      'duplicate',
    );
    expect(refused(`{"\\"x":${entry(0, 4)},"y: {":${entry(4, 8)}}`, 8)).toBeUndefined();
  });

  it('is not written from a tensor that does not fit its shape, or under the name of the metadata', () => {
    const data = new Float32Array(4);
    for (const shape of [[3], [2, 3], [], [-2, -2], [0.5, 8]]) {
      expect(codeOf(() => encodeSafetensors({ x: { dtype: 'F32', shape, data } }))).toBe('size');
    }
    expect(codeOf(() => encodeSafetensors({ __metadata__: { dtype: 'F32', shape: [4], data } }))).toBe(
      'header',
    );
  });
});
