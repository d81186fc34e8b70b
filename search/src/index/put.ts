// How papers get in: checked first, written as segments of bounded size, and made visible all at once.
import type { Analyser } from '../analysis/analyser.ts';
import type { SearchDocument } from '../document.ts';
import { SearchError } from '../errors.ts';
import { contentHash } from './content-hash.ts';
import type { HeldSegments } from './held-segments.ts';
import type { IdTable } from './id-table.ts';
import { type Columns, dateNumber } from './paper-columns.ts';
import type { Scoring } from './scoring.ts';
import type { Segment } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';

/** How many papers of a put were new, other than before, and the same. */
export interface PutResult {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Words that are sorted in memory at once; a put of many papers makes several segments. */
const mostOccurrences = 2_000_000;

export function putDocuments(
  documents: readonly SearchDocument[],
  analyser: Analyser,
  scoring: Scoring,
  ids: IdTable,
  columns: Columns,
  held: HeldSegments,
): PutResult {
  for (const document of documents) checkDocument(document);
  const last = [...new Map(documents.map((document) => [document.id, document])).values()];
  const papers = last.map((document) => {
    const known = ids.find(document.id);
    const hash = contentHash(document);
    const inside = known !== undefined && columns.isLive(known);
    const sameText =
      inside && columns.hashLow.at(known) === hash.low && columns.hashHigh.at(known) === hash.high;
    return { document, known, hash, inside, sameText };
  });
  // From here on ordinals are foreseen, so that a failing analyser leaves the index as it was.
  let next = ids.limit;
  const rewritten = papers
    .filter(({ sameText }) => !sameText)
    .map(({ document, known }) => {
      const ordinal = known ?? next;
      if (known === undefined) next += 1;
      return { document, ordinal };
    });
  const segments = writeSegments(rewritten, analyser, scoring);

  const result = { added: 0, updated: 0, unchanged: 0 };
  for (const { document, known, hash, inside, sameText } of papers) {
    const ordinal = known ?? ids.add(document.id);
    if (known === undefined) {
      columns.append();
      held.append();
    }
    if (!sameText) held.remove(ordinal);
    const changed = columns.write(ordinal, document, hash);
    if (!inside) result.added += 1;
    else if (changed) result.updated += 1;
    else result.unchanged += 1;
  }
  for (const segment of segments) held.add(segment);
  return result;
}

function writeSegments(
  papers: readonly { document: SearchDocument; ordinal: number }[],
  analyser: Analyser,
  scoring: Scoring,
): Segment[] {
  const segments: Segment[] = [];
  let builder = new SegmentBuilder(analyser, scoring);
  let ordinals: number[] = [];
  for (const { document, ordinal } of papers) {
    builder.add(document);
    ordinals.push(ordinal);
    if (builder.occurrences < mostOccurrences) continue;
    segments.push(builder.build(Uint32Array.from(ordinals)));
    builder = new SegmentBuilder(analyser, scoring);
    ordinals = [];
  }
  if (ordinals.length > 0) segments.push(builder.build(Uint32Array.from(ordinals)));
  return segments;
}

function checkDocument({ id, date, votes }: SearchDocument): void {
  if (id === '' || id.length > 1000 || !id.isWellFormed()) {
    throw new SearchError('bad-input', 'The id of a paper is well-formed text of 1 to 1000 letters.', {
      field: 'id',
    });
  }
  dateNumber(date);
  if (!Number.isInteger(votes) || votes < 0 || votes > 0xffff_ffff) {
    throw new SearchError('bad-input', 'Votes are a whole number from 0 on.', { field: 'votes' });
  }
}
