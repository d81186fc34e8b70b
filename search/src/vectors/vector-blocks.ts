// Where quantised vectors lie: blocks of rows in WebAssembly memory, added as they are needed and never moved.
import { SearchError } from '../errors.ts';
import { loadWasm, pageBytes } from '../wasm-module.ts';
import { quantiseQuery } from './quantised.ts';
import { scanSchema } from './scan-module.ts';

/** Rows in a block: few enough that a small index is small, enough that a call for a block costs nothing. */
export const rowsPerBlock = 8192;

/** The scratch at the memory's begin: query and its signs, scores of a block, a vector, a row that nobody reads. */
const scoresAt = pageBytes;
const vectorAt = scoresAt + rowsPerBlock * 4;
const unreadRowAt = 2 * pageBytes;
const scratchPages = 3;
/** So long a vector fits the scratch. */
const mostDimensions = (unreadRowAt - vectorAt) / 4;

/** Rows of eight-bit numbers with a scale each, and the same rows as signs. Rows are numbered from 0. */
export class VectorBlocks {
  readonly dimensions: number;
  readonly #scan = loadWasm('vectors/scan.wasm', scanSchema);
  /** Bytes of a row and of its signs: multiples of 16, what is beyond the vector is zero. */
  readonly #width: number;
  readonly #signsWidth: number;
  readonly #signsQueryAt: number;
  readonly #blocks: number[] = [];
  #bytes: Int8Array;
  #floats: Float32Array;
  #halves: Uint16Array;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    this.#width = Math.ceil(dimensions / 16) * 16;
    this.#signsWidth = Math.ceil(dimensions / 128) * 16;
    this.#signsQueryAt = this.#width * 2;
    if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > mostDimensions)
      throw new SearchError('bad-input', `Vectors have between 1 and ${mostDimensions} dimensions.`, {
        field: 'dimensions',
      });
    this.#scan.memory.grow(scratchPages - 1);
    const { buffer } = this.#scan.memory;
    this.#bytes = new Int8Array(buffer);
    this.#floats = new Float32Array(buffer);
    this.#halves = new Uint16Array(buffer);
  }

  /** Rows there is room for; `reserve` makes more. */
  get capacity(): number {
    return this.#blocks.length * rowsPerBlock;
  }

  get sizeBytes(): number {
    return this.#scan.memory.buffer.byteLength;
  }

  /** @throws SearchError `unavailable` when four gigabytes are full. */
  reserve(rows: number): void {
    while (this.capacity < rows) {
      const bytes = rowsPerBlock * (this.#width + this.#signsWidth + 4 + 2);
      try {
        this.#blocks.push(this.#scan.memory.grow(Math.ceil(bytes / pageBytes)) * pageBytes);
      } catch (cause) {
        throw new SearchError('unavailable', 'There is no memory for more vectors; use shorter ones.', {
          cause,
        });
      }
      const { buffer } = this.#scan.memory;
      this.#bytes = new Int8Array(buffer);
      this.#floats = new Float32Array(buffer);
      this.#halves = new Uint16Array(buffer);
      // A row without a vector has a score that no comparison lets pass.
      this.#floats.fill(
        Number.NaN,
        this.#scaleAt((this.#blocks.length - 1) * rowsPerBlock) / 4,
        this.#scaleAt((this.#blocks.length - 1) * rowsPerBlock) / 4 + rowsPerBlock,
      );
    }
  }

  set(row: number, vector: Float32Array): void {
    this.#floats[this.#scaleAt(row) / 4] = this.#quantise(vector, this.#rowAt(row), this.#signsAt(row));
  }

  clear(row: number): void {
    this.#floats[this.#scaleAt(row) / 4] = Number.NaN;
  }

  /** What the eight bits of a row say its vector was. */
  read(row: number): Float32Array {
    const at = this.#rowAt(row);
    const scale = this.#floats[this.#scaleAt(row) / 4] ?? 0;
    const vector = new Float32Array(this.dimensions);
    for (let i = 0; i < vector.length; i += 1) vector[i] = (this.#bytes[at + i] ?? 0) * scale;
    return vector;
  }

  /**
   * Puts a query where the scan finds it.
   *
   * @returns what 1 is worth in the scores.
   */
  load(query: Float32Array): number {
    const { values, scale } = quantiseQuery(query, this.#width);
    new Int16Array(this.#bytes.buffer, 0, this.#width).set(values);
    this.#quantise(query, unreadRowAt, this.#signsQueryAt);
    return scale;
  }

  /** The score of the loaded query with one row, in units of the query's scale. */
  scoreOne(row: number): number {
    return this.#scan.functions.scoreOne(this.#rowAt(row), this.#scaleAt(row), 0, this.#width);
  }

  /**
   * The scores of the loaded query with the rows of a block, in units of the query's scale; NaN for rows without a
   * vector. The array is overwritten by the next call.
   */
  scoreBlock(block: number, rows: number): Float32Array {
    const first = block * rowsPerBlock;
    this.#scan.functions.scoreAll(this.#rowAt(first), this.#scaleAt(first), rows, 0, this.#width, scoresAt);
    return this.#floats.subarray(scoresAt / 4, scoresAt / 4 + rows);
  }

  /** In how many signs the loaded query and the rows of a block differ. They stay until the next call for the block. */
  measureBlock(block: number, rows: number): Uint16Array {
    const first = block * rowsPerBlock;
    const distancesAt = this.#scaleAt(first) + rowsPerBlock * 4;
    this.#scan.functions.distances(
      this.#signsAt(first),
      rows,
      this.#signsQueryAt,
      this.#signsWidth,
      distancesAt,
    );
    return this.#halves.subarray(distancesAt / 2, distancesAt / 2 + rows);
  }

  /** What is beyond the vector's end in the scratch was never written and is zero. */
  #quantise(vector: Float32Array, row: number, signs: number): number {
    this.#floats.set(vector, vectorAt / 4);
    return this.#scan.functions.quantise(vectorAt, this.#width, row, signs);
  }

  // A block: its rows, their signs, their scales, their distances to the last query.
  #rowAt(row: number): number {
    return this.#blockAt(row) + (row % rowsPerBlock) * this.#width;
  }

  #signsAt(row: number): number {
    return this.#blockAt(row) + rowsPerBlock * this.#width + (row % rowsPerBlock) * this.#signsWidth;
  }

  #scaleAt(row: number): number {
    return this.#blockAt(row) + rowsPerBlock * (this.#width + this.#signsWidth) + (row % rowsPerBlock) * 4;
  }

  #blockAt(row: number): number {
    return this.#blocks[Math.floor(row / rowsPerBlock)] ?? 0;
  }
}
