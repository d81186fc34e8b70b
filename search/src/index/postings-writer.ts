// Writes the postings of one field, term after term: blocks of 128 packed, the rest as bytes, positions apart.
import { bitWidth, blockSize, pack } from './bit-packing.ts';
import { ByteWriter, WordWriter } from './byte-writer.ts';
import { type Scoring, saturationTerms } from './scoring.ts';

/** Words a full block takes in the table of blocks: last document, start in `packed`, start in `positions`, shape. */
export const blockRow = 4;

/** What the dictionary keeps of a term beside its spelling. */
export interface WrittenTerm {
  readonly documents: number;
  readonly tailBytes: number;
  readonly positionBytes: number;
}

/** The lengths of a field's documents and their mean, by which saturation is measured. */
export interface FieldLengths {
  /** Weighted length by document of the segment. */
  readonly lengths: Float32Array;
  readonly average: number;
}

/** For each document of a term: `begin`, then its positions; after the last one `finish`. */
export class PostingsWriter {
  readonly blocks = new WordWriter();
  readonly packed = new WordWriter();
  readonly tails = new ByteWriter();
  readonly positions = new ByteWriter();
  private readonly lengths: Float32Array;
  private readonly scoring: Scoring;
  private readonly constant: number;
  private readonly slope: number;
  private readonly documents = new Uint32Array(blockSize);
  private readonly titles = new Uint32Array(blockSize);
  private readonly abstracts = new Uint32Array(blockSize);
  private readonly packing = new Uint32Array(blockSize);
  private held = 0;
  private total = 0;
  private lastDocument = -1;
  private termPositions = 0;
  private blockPositions = 0;
  private termTail = 0;

  constructor(field: FieldLengths, scoring: Scoring) {
    this.lengths = field.lengths;
    this.scoring = scoring;
    const { constant, slope } = saturationTerms(scoring, field.average);
    this.constant = constant;
    this.slope = slope;
  }

  /**
   * One document that holds the term; documents come in ascending order. Its positions are to be written to
   * `positions` next: those in the title and then those in the abstract, as gaps from 0 in each.
   */
  begin(document: number, titleCount: number, abstractCount: number): void {
    if (this.held === blockSize) this.flushBlock();
    if (this.held === 0) this.blockPositions = this.positions.length;
    this.documents[this.held] = document;
    this.titles[this.held] = titleCount;
    this.abstracts[this.held] = abstractCount;
    this.held += 1;
    this.total += 1;
  }

  finish(): WrittenTerm {
    if (this.held === blockSize) this.flushBlock();
    if (this.held > 0) this.flushTail();
    const written = {
      documents: this.total,
      tailBytes: this.tails.length - this.termTail,
      positionBytes: this.positions.length - this.termPositions,
    };
    this.total = 0;
    this.lastDocument = -1;
    this.termPositions = this.positions.length;
    this.termTail = this.tails.length;
    return written;
  }

  /** The largest saturation of the documents held, in 255ths, rounded up: never below the truth. */
  private impact(): number {
    const { titleWeight, abstractWeight } = this.scoring;
    let highest = 0;
    for (let i = 0; i < this.held; i += 1) {
      const tf = titleWeight * (this.titles[i] ?? 0) + abstractWeight * (this.abstracts[i] ?? 0);
      const length = this.lengths[this.documents[i] ?? 0] ?? 0;
      const saturation = tf === 0 ? 0 : tf / (tf + this.constant + this.slope * length);
      if (saturation > highest) highest = saturation;
    }
    return Math.min(255, Math.ceil(highest * 255 + 1e-9));
  }

  private flushBlock(): void {
    const { packing } = this;
    let last = this.lastDocument;
    let gaps = 0;
    let titles = 0;
    let abstracts = 0;
    for (let i = 0; i < blockSize; i += 1) {
      const document = this.documents[i] ?? 0;
      packing[i] = document - last - 1;
      last = document;
      gaps |= packing[i] ?? 0;
      titles |= this.titles[i] ?? 0;
      abstracts |= this.abstracts[i] ?? 0;
    }
    const gapBits = bitWidth(gaps);
    const titleBits = bitWidth(titles);
    const countBits = titleBits + bitWidth(abstracts);
    this.blocks.push(last);
    this.blocks.push(this.packed.length);
    this.blocks.push(this.blockPositions);
    this.blocks.push(gapBits | (titleBits << 5) | (countBits << 10) | (this.impact() << 16));
    pack(packing, gapBits, this.packed);
    for (let i = 0; i < blockSize; i += 1) {
      packing[i] = ((this.abstracts[i] ?? 0) << titleBits) | (this.titles[i] ?? 0);
    }
    pack(packing, countBits, this.packed);
    this.lastDocument = last;
    this.held = 0;
  }

  /** Fewer than 128: most terms are rare, and for them a byte matters more than speed. */
  private flushTail(): void {
    const { tails } = this;
    tails.byte(this.impact());
    if (this.total > this.held) tails.varint(this.blockPositions - this.termPositions);
    let last = this.lastDocument;
    for (let i = 0; i < this.held; i += 1) {
      const document = this.documents[i] ?? 0;
      const title = this.titles[i] ?? 0;
      const abstract = this.abstracts[i] ?? 0;
      const once = title === 0 && abstract === 1;
      tails.varint(((document - last - 1) << 1) | (once ? 1 : 0));
      if (!once) {
        tails.varint(title);
        tails.varint(abstract);
      }
      last = document;
    }
    this.held = 0;
  }
}
