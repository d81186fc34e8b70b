import { describe, expect, it } from 'vitest';
import { readSafetensors } from './safetensors.ts';

/** A file with the given table and values. */
function fileOf(table: object, values: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(table));
  const file = new Uint8Array(8 + json.length + values.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  file.set(values, 8 + json.length);
  return file;
}

describe('readSafetensors', () => {
  // 1, −2 and 0.5 as IEEE 754 half precision, low byte first.
  const halves = Uint8Array.of(0x00, 0x3c, 0x00, 0xc0, 0x00, 0x38);
  const entry = { dtype: 'F16', shape: [1, 3], data_offsets: [0, 6] };

  it('widens half precision', () => {
    const read = readSafetensors(fileOf({ __metadata__: { format: 'x' }, w: entry }, halves));
    expect(read('w')).toEqual({ shape: [1, 3], values: Float32Array.of(1, -2, 0.5) });
  });

  it.each([
    ['an empty file', new Uint8Array(0)],
    ['a table longer than the file', Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 1)],
    ['a table that is no JSON', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 1, 2)],
    ['values that are cut', fileOf({ w: entry }, halves.subarray(0, 4))],
    ['a shape that does not fit', fileOf({ w: { ...entry, shape: [4] } }, halves)],
    ['a type it does not know', fileOf({ w: { ...entry, dtype: 'Q2' } }, halves)],
    ['no such tensor', fileOf({}, halves)],
  ])('refuses %s with a clear error', (_, file) => {
    expect(() => readSafetensors(file)('w')).toThrow(expect.objectContaining({ code: 'damaged-file' }));
  });
});
