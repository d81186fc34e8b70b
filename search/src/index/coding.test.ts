import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitWidth, blockSize, pack, unpack, unpackAscending } from './bit-packing.ts';
import { compareBytes } from './byte-order.ts';
import { ByteReader, ByteWriter, WordWriter } from './byte-writer.ts';
import { readPositions, skipPositions, writePosition } from './position-code.ts';

describe('what is written', () => {
  it('in any number of bits is read back', () => {
    for (let width = 0; width <= 31; width += 1) {
      const highest = 2 ** width - 1;
      const values = Uint32Array.from({ length: blockSize }, (_, i) =>
        i === 5 ? highest : Math.floor(((i * 2_654_435_761) % 2 ** 32) / 2 ** (32 - width)),
      );
      const target = new WordWriter();
      target.push(77);
      pack(values, width, target);
      expect(target.length).toBe(1 + width * 4);
      const read = new Uint32Array(blockSize);
      unpack(target.written(), 1, width, read);
      expect(read).toEqual(values);
      expect(bitWidth(highest)).toBe(width);
      if (width > 20) continue;
      const ascending = new Uint32Array(blockSize);
      unpackAscending(target.written(), 1, width, 9, ascending);
      let last = 9;
      expect(ascending).toEqual(values.map((gap) => (last += gap + 1)));
    }
  });

  it('as a number of 32 bits is read back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff_ffff)), (numbers) => {
        const writer = new ByteWriter(1);
        for (const number of numbers) writer.varint(number);
        const reader = new ByteReader(writer.written());
        expect(numbers.map(() => reader.varint())).toEqual(numbers);
      }),
    );
  });

  it('as positions of title and abstract is read back, and stepped over', () => {
    const gap = fc.oneof(fc.nat(300), fc.constantFrom(191, 192, 16_319, 16_320, 16_321), fc.nat(100_000_000));
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 10 }), fc.array(gap, { maxLength: 10 }), (title, abstract) => {
        const writer = new ByteWriter(1);
        for (const one of [...title, ...abstract]) writePosition(writer, one);
        const total = title.length + abstract.length;
        const places = new Uint32Array(total);
        readPositions(writer.written(), 0, title.length, total, places);
        const summed = (gaps: number[]) => {
          let sum = 0;
          return gaps.map((one) => (sum += one));
        };
        expect([...places]).toEqual([...summed(title), ...summed(abstract)]);
        expect(skipPositions(writer.written(), 0, total)).toBe(writer.length);
      }),
    );
  });
});

describe('the order of bytes', () => {
  it('is the order of strings by code units', () => {
    const text = fc.string({ unit: 'binary', maxLength: 4 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [x, y] = [Buffer.from(a), Buffer.from(b)];
        const order = Math.sign(compareBytes(x, 0, x.length, y, 0, y.length));
        expect(order).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
      { numRuns: 2000 },
    );
  });
});
