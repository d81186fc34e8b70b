// Growing buffers in which a segment is written before it is laid out: bytes with variable-length numbers, and words.

/** Bytes written one after another. */
export class ByteWriter {
  length = 0;
  private bytes: Uint8Array;

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for `more` bytes. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length] = value;
    this.length += 1;
  }

  /** Seven bits a byte, the low ones first; the high bit says that more follow. Up to 32 bits. */
  varint(value: number): void {
    if (this.length + 5 > this.bytes.length) this.reserve(5);
    let rest = value >>> 0;
    while (rest > 127) {
      this.bytes[this.length] = (rest & 127) | 128;
      this.length += 1;
      rest >>>= 7;
    }
    this.bytes[this.length] = rest;
    this.length += 1;
  }

  /** Copies `source[start..end)`. */
  copy(source: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    if (end - start > 64) this.bytes.set(source.subarray(start, end), this.length);
    else for (let i = start; i < end; i += 1) this.bytes[this.length + i - start] = source[i] ?? 0;
    this.length += end - start;
  }

  get capacityBytes(): number {
    return this.bytes.byteLength;
  }

  /** What was written; a view, valid until the next write. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}

/** 32-bit words written one after another. */
export class WordWriter {
  length = 0;
  private words: Uint32Array;

  constructor(capacity = 256) {
    this.words = new Uint32Array(capacity);
  }

  push(word: number): void {
    if (this.length === this.words.length) {
      const grown = new Uint32Array(Math.ceil(this.words.length * 1.25));
      grown.set(this.words);
      this.words = grown;
    }
    this.words[this.length] = word;
    this.length += 1;
  }

  get capacityBytes(): number {
    return this.words.byteLength;
  }

  set(index: number, word: number): void {
    this.words[index] = word;
  }

  at(index: number): number {
    return this.words[index] ?? 0;
  }

  /** What was written; a view, valid until the next write. */
  written(): Uint32Array {
    return this.words.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}

/** Reads what `ByteWriter.varint` wrote, from a place that moves on. */
export class ByteReader {
  offset: number;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = bytes;
    this.offset = offset;
  }

  byte(): number {
    const value = this.bytes[this.offset] ?? 0;
    this.offset += 1;
    return value;
  }

  varint(): number {
    let byte = this.bytes[this.offset] ?? 0;
    this.offset += 1;
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let shift = 7; shift < 35; shift += 7) {
      byte = this.bytes[this.offset] ?? 0;
      this.offset += 1;
      value |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    return value >>> 0;
  }
}
