// What an index takes in memory, by structure.
import type { HeldSegments } from './held-segments.ts';
import type { IdTable } from './id-table.ts';
import type { Columns } from './paper-columns.ts';
import type { FieldPostings } from './segment.ts';

export interface IndexStatistics {
  readonly papers: number;
  /** Texts of papers that were changed or removed, not yet dropped by a merge. */
  readonly removed: number;
  readonly segments: number;
  /** Distinct terms of each segment, summed up. */
  readonly terms: number;
  readonly bytes: {
    readonly dictionary: number;
    readonly postings: number;
    readonly positions: number;
    /** The displayed names of authors. */
    readonly names: number;
    /** Lengths, ordinals, headers. */
    readonly documents: number;
    /** Ids, columns and places, by ordinal. */
    readonly papers: number;
    readonly total: number;
  };
}

export function measureIndex(ids: IdTable, columns: Columns, held: HeldSegments): IndexStatistics {
  const fields = held.all.flatMap(({ segment }) => [segment.text, segment.author]);
  const sum = (of: (field: FieldPostings) => number): number =>
    fields.reduce((total, field) => total + of(field), 0);
  const dictionary = sum(({ dictionary: { bytes, groups } }) => bytes.byteLength + groups.byteLength);
  const postings = sum(
    ({ blocks, packed, tails }) => blocks.byteLength + packed.byteLength + tails.byteLength,
  );
  const positions = sum((field) => field.positions.byteLength);
  const names = held.all.reduce((total, { segment }) => total + segment.nameSizeBytes, 0);
  const segmentBytes = held.all.reduce(
    (total, { segment, live }) => total + segment.buffer.byteLength + live.byteLength,
    0,
  );
  const papers =
    ids.sizeBytes + columns.sizeBytes + held.serialOf.capacityBytes + held.documentOf.capacityBytes;
  const removed = held.all.reduce((total, one) => total + one.removed, 0);
  return {
    papers: held.documents - removed,
    removed,
    segments: held.all.length,
    terms: sum((field) => field.dictionary.count),
    bytes: {
      dictionary,
      postings,
      positions,
      names,
      documents: segmentBytes - dictionary - postings - positions - names,
      papers,
      total: segmentBytes + papers,
    },
  };
}
