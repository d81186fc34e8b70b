// Makes one segment out of several: documents one segment after the other, removed ones left out, terms side by side.
import { SearchError } from '../errors.ts';
import { ByteWriter } from './byte-writer.ts';
import { TermWalk } from './dictionary.ts';
import { DictionaryWriter } from './dictionary-writer.ts';
import { skipPositions } from './position-code.ts';
import { PostingsWriter } from './postings-writer.ts';
import { authorScoring, type Scoring } from './scoring.ts';
import {
  averageLength,
  composeSegment,
  type FieldPostings,
  type Segment,
  type Vocabulary,
  type WrittenField,
} from './segment.ts';
import { noDocument, TermCursor } from './term-cursor.ts';

/** A segment and which of its documents are still in the index; `undefined` means all. */
export interface MergeInput {
  readonly segment: Segment;
  readonly live: Uint32Array | undefined;
}

/** A pure function of its inputs, so that it runs anywhere: here, or in a thread beside. */
export function mergeSegments(inputs: readonly MergeInput[], scoring: Scoring): Segment {
  const analyser = inputs[0]?.segment.analyser;
  if (analyser === undefined) throw new SearchError('bad-input', 'Give at least one segment to merge.');
  const { ordinals, moves } = renumber(inputs);
  const names = new ByteWriter();
  const nameStarts = new Uint32Array(ordinals.length + 1);
  inputs.forEach(({ segment }, i) => {
    moves[i]?.forEach((target, document) => {
      if (target === noDocument) return;
      const bytes = segment.nameBytes(document);
      names.copy(bytes, 0, bytes.length);
      nameStarts[target + 1] = names.length;
    });
  });
  const field = (vocabulary: Vocabulary, weights: Scoring): WrittenField =>
    mergeField(
      inputs.map(({ segment }) => segment[vocabulary]),
      moves,
      ordinals.length,
      weights,
    );
  return composeSegment(
    analyser,
    { ordinals, nameStarts, names: names.written() },
    field('text', scoring),
    field('author', authorScoring(scoring)),
  );
}

/** The new number of every document, `noDocument` for those left out. */
function renumber(inputs: readonly MergeInput[]): { ordinals: Uint32Array; moves: Uint32Array[] } {
  const ordinals: number[] = [];
  const moves = inputs.map(({ segment, live }) => {
    const move = new Uint32Array(segment.documents);
    for (let document = 0; document < move.length; document += 1) {
      const held = live === undefined || (((live[document >>> 5] ?? 0) >>> (document & 31)) & 1) === 1;
      move[document] = held ? ordinals.length : noDocument;
      if (held) ordinals.push(segment.ordinals[document] ?? 0);
    }
    return move;
  });
  return { ordinals: Uint32Array.from(ordinals), moves };
}

function mergeField(
  fields: readonly FieldPostings[],
  moves: readonly Uint32Array[],
  documents: number,
  scoring: Scoring,
): WrittenField {
  const lengths = new Float32Array(documents);
  fields.forEach((field, i) => {
    moves[i]?.forEach((target, document) => {
      if (target !== noDocument) lengths[target] = field.lengths[document] ?? 0;
    });
  });
  const postings = new PostingsWriter({ lengths, average: averageLength(lengths) }, scoring);
  const terms = new DictionaryWriter();
  const cursor = new TermCursor();
  const walks = fields.map((field, i) => ({
    field,
    move: moves[i] ?? new Uint32Array(0),
    walk: new TermWalk(field.dictionary),
  }));
  let going = walks.filter(({ walk }) => walk.next());
  while (going.length > 0) {
    const [first, ...others] = going;
    if (first === undefined) break;
    let smallest = first.walk;
    for (const { walk } of others) {
      if (walk.compare(smallest.term.subarray(0, smallest.termLength)) < 0) smallest = walk;
    }
    const term = smallest.term.slice(0, smallest.termLength);
    const here = going.filter(({ walk }) => walk.compare(term) === 0);
    let commonest = smallest;
    for (const { field, move, walk } of here) {
      cursor.open(field, walk.entry());
      copyPostings(cursor, field.positions, move, postings);
      if (walk.documents > commonest.documents) commonest = walk;
    }
    const surface = commonest.surface.slice(0, commonest.surfaceLength);
    const written = postings.finish();
    if (written.documents > 0) terms.add(term, written, surface);
    let ended = false;
    for (const { walk } of here) if (!walk.next()) ended = true;
    if (ended) going = going.filter(({ walk }) => walk.going);
  }
  return { terms, postings, lengths };
}

/** Copies what is kept of one term's postings in one segment, positions byte by byte. */
function copyPostings(
  cursor: TermCursor,
  positions: Uint8Array,
  move: Uint32Array,
  target: PostingsWriter,
): void {
  let offset = cursor.blockPositions;
  while (cursor.document !== noDocument) {
    const { documents, counts, count, titleBits } = cursor;
    const mask = (1 << titleBits) - 1;
    for (let i = 0; i < count; i += 1) {
      const title = (counts[i] ?? 0) & mask;
      const abstract = (counts[i] ?? 0) >>> titleBits;
      const start = offset;
      offset = skipPositions(positions, offset, title + abstract);
      const moved = move[documents[i] ?? 0] ?? noDocument;
      if (moved === noDocument) continue;
      target.begin(moved, title, abstract);
      target.positions.copy(positions, start, offset);
    }
    cursor.load(cursor.block + 1);
  }
}
