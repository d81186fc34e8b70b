// The segments an index is made of, where each paper's text is in them, and what is removed.
import { WordWriter } from './byte-writer.ts';
import type { MergeInput } from './merge.ts';
import type { Segment, Vocabulary } from './segment.ts';

/** A segment with which of its documents are current. */
export interface HeldSegment {
  /** Unique in the life of an index; 0 is no segment. */
  readonly serial: number;
  readonly segment: Segment;
  /** A bit for each current document. */
  readonly live: Uint32Array;
  removed: number;
}

export class HeldSegments {
  /** The largest first: they fill the heap with high scores soonest. */
  all: HeldSegment[] = [];
  nextSerial = 1;
  /** By ordinal: the serial of the segment with the paper's text, and its number there. */
  readonly serialOf = new WordWriter();
  readonly documentOf = new WordWriter();
  private readonly bySerial = new Map<number, HeldSegment>();

  /** Documents held, removed ones among them until a merge drops them. */
  get documents(): number {
    return this.all.reduce((sum, { segment }) => sum + segment.documents, 0);
  }

  /** The mean length over what is held. */
  averageLength(vocabulary: Vocabulary): number {
    const total = this.all.reduce((sum, { segment }) => sum + segment[vocabulary].totalLength, 0);
    return total / Math.max(1, this.documents);
  }

  documentsWith(term: string, vocabulary: Vocabulary): number {
    return this.all.reduce((sum, { segment }) => sum + segment[vocabulary].dictionary.documentsWith(term), 0);
  }

  /** Room for the next ordinal. */
  append(): void {
    this.serialOf.push(0);
    this.documentOf.push(0);
  }

  find(ordinal: number): { held: HeldSegment; document: number } | undefined {
    const held = this.bySerial.get(this.serialOf.at(ordinal));
    return held === undefined ? undefined : { held, document: this.documentOf.at(ordinal) };
  }

  /** Takes a paper's text out. */
  remove(ordinal: number): void {
    const found = this.find(ordinal);
    if (found === undefined) return;
    clearBit(found.held.live, found.document);
    found.held.removed += 1;
    this.serialOf.set(ordinal, 0);
  }

  /** Adds a segment of papers that are not in any other. */
  add(segment: Segment): void {
    if (segment.documents === 0) return;
    const held = { serial: this.nextSerial, segment, live: allBits(segment.documents), removed: 0 };
    this.nextSerial += 1;
    segment.ordinals.forEach((ordinal, document) => {
      this.serialOf.set(ordinal, held.serial);
      this.documentOf.set(ordinal, document);
    });
    this.insert(held);
  }

  /** What to hand to a merge of some segments; a copy, for the index goes on. */
  mergeInputs(chosen: readonly HeldSegment[]): MergeInput[] {
    return chosen.map(({ segment, live, removed }) => ({
      segment,
      live: removed === 0 ? undefined : live.slice(),
    }));
  }

  /** Puts a merged segment in the place of its parts. Papers changed or removed since the merge began stay so. */
  replace(parts: readonly HeldSegment[], merged: Segment): void {
    const serials = new Set(parts.map(({ serial }) => serial));
    const held: HeldSegment = {
      serial: this.nextSerial,
      segment: merged,
      live: allBits(merged.documents),
      removed: 0,
    };
    this.nextSerial += 1;
    merged.ordinals.forEach((ordinal, document) => {
      if (serials.has(this.serialOf.at(ordinal))) {
        this.serialOf.set(ordinal, held.serial);
        this.documentOf.set(ordinal, document);
      } else {
        clearBit(held.live, document);
        held.removed += 1;
      }
    });
    this.all = this.all.filter(({ serial }) => !serials.has(serial));
    for (const serial of serials) this.bySerial.delete(serial);
    if (merged.documents > 0) this.insert(held);
  }

  /** Takes back a segment that was saved under a serial; what of it is current is told by the places of papers. */
  restore(serial: number, segment: Segment): void {
    const live = new Uint32Array((segment.documents + 31) >>> 5);
    let current = 0;
    segment.ordinals.forEach((ordinal, document) => {
      if (this.serialOf.at(ordinal) !== serial || this.documentOf.at(ordinal) !== document) return;
      live[document >>> 5] = (live[document >>> 5] ?? 0) | (1 << (document & 31));
      current += 1;
    });
    this.insert({ serial, segment, live, removed: segment.documents - current });
  }

  private insert(held: HeldSegment): void {
    this.bySerial.set(held.serial, held);
    this.all = [...this.all, held].sort((a, b) => b.segment.documents - a.segment.documents);
  }
}

function allBits(size: number): Uint32Array {
  const words = new Uint32Array((size + 31) >>> 5).fill(0xffff_ffff);
  if ((size & 31) !== 0) words[words.length - 1] = 2 ** (size & 31) - 1;
  return words;
}

function clearBit(words: Uint32Array, index: number): void {
  words[index >>> 5] = (words[index >>> 5] ?? 0) & ~(1 << (index & 31));
}
