// A segment: some documents inverted once and never changed, as typed views of one shared buffer.
import { z } from 'zod';
import { Dictionary } from './dictionary.ts';
import type { DictionaryWriter } from './dictionary-writer.ts';
import type { FieldLengths, PostingsWriter } from './postings-writer.ts';
import { checksumOf, damaged, layOut, readLayout, type SectionName } from './segment-file.ts';

/** The two vocabularies: words of title and abstract, and words of names. */
export type Vocabulary = 'text' | 'author';

const metaSchema = z.object({
  analyser: z.string(),
  documents: z.int().min(0),
  text: z.object({ terms: z.int().min(0), totalLength: z.number() }),
  author: z.object({ terms: z.int().min(0), totalLength: z.number() }),
});

type SegmentMeta = z.infer<typeof metaSchema>;

/** One vocabulary with its postings. */
export interface FieldPostings extends FieldLengths {
  readonly dictionary: Dictionary;
  /** Rows of full blocks, see `blockRow`. */
  readonly blocks: Uint32Array;
  readonly packed: Uint32Array;
  readonly tails: Uint8Array;
  readonly positions: Uint8Array;
  /** Sum of all lengths. */
  readonly totalLength: number;
}

/** One vocabulary as it was written. */
export interface WrittenField {
  readonly terms: DictionaryWriter;
  readonly postings: PostingsWriter;
  readonly lengths: Float32Array;
}

export class Segment {
  readonly buffer: SharedArrayBuffer;
  readonly analyser: string;
  readonly documents: number;
  /** The index-wide number of each document. */
  readonly ordinals: Uint32Array;
  readonly text: FieldPostings;
  readonly author: FieldPostings;
  private readonly nameStarts: Uint32Array;
  private readonly names: Buffer;

  /** @throws SearchError `damaged-file` or `foreign-file`. */
  constructor(buffer: SharedArrayBuffer, made: 'here' | 'elsewhere', name = 'This segment') {
    const place = readLayout(buffer, name, made);
    const bytes = (section: SectionName): Buffer => {
      const { start, length } = place(section);
      return Buffer.from(buffer, start, length);
    };
    const words = (section: SectionName): Uint32Array => {
      const { start, length } = place(section);
      return new Uint32Array(buffer, start, length / 4);
    };
    const numbers = (section: SectionName): Float32Array => {
      const { start, length } = place(section);
      return new Float32Array(buffer, start, length / 4);
    };
    const meta = readMeta(bytes('meta').toString('utf8'), name);
    const field = (vocabulary: Vocabulary): FieldPostings => ({
      dictionary: new Dictionary(
        bytes(`${vocabulary}Terms`),
        words(`${vocabulary}Groups`),
        meta[vocabulary].terms,
      ),
      blocks: words(`${vocabulary}Blocks`),
      packed: words(`${vocabulary}Packed`),
      tails: bytes(`${vocabulary}Tails`),
      positions: bytes(`${vocabulary}Positions`),
      lengths: numbers(`${vocabulary}Lengths`),
      totalLength: meta[vocabulary].totalLength,
      average: meta.documents === 0 ? 0 : meta[vocabulary].totalLength / meta.documents,
    });
    this.buffer = buffer;
    this.analyser = meta.analyser;
    this.documents = meta.documents;
    this.ordinals = words('ordinals');
    this.text = field('text');
    this.author = field('author');
    this.nameStarts = words('nameStarts');
    this.names = bytes('names');
  }

  /** Tells its bytes from others'. */
  get checksum(): number {
    return checksumOf(this.buffer);
  }

  /** The authors of a document as they are displayed, one a line. */
  authorsOf(document: number): string {
    return this.names.toString('utf8', this.nameStarts[document] ?? 0, this.nameStarts[document + 1] ?? 0);
  }

  get nameSizeBytes(): number {
    return this.names.byteLength;
  }

  /** The bytes behind `authorsOf`, for copying. */
  nameBytes(document: number): Uint8Array {
    return this.names.subarray(this.nameStarts[document] ?? 0, this.nameStarts[document + 1] ?? 0);
  }
}

/** What of a segment is neither vocabulary. */
export interface WrittenDocuments {
  readonly ordinals: Uint32Array;
  /** One more than documents: where each one's names start, and where the last one's end. */
  readonly nameStarts: Uint32Array;
  readonly names: Uint8Array;
}

/** Puts what was written together in one buffer. */
export function composeSegment(
  analyser: string,
  documents: WrittenDocuments,
  text: WrittenField,
  author: WrittenField,
): Segment {
  const meta: SegmentMeta = {
    analyser,
    documents: documents.ordinals.length,
    text: { terms: text.terms.count, totalLength: sum(text.lengths) },
    author: { terms: author.terms.count, totalLength: sum(author.lengths) },
  };
  return new Segment(
    layOut({
      meta: new TextEncoder().encode(JSON.stringify(meta)),
      ordinals: documents.ordinals,
      nameStarts: documents.nameStarts,
      names: documents.names,
      textLengths: text.lengths,
      textTerms: text.terms.bytes.written(),
      textGroups: text.terms.groups.written(),
      textBlocks: text.postings.blocks.written(),
      textPacked: text.postings.packed.written(),
      textTails: text.postings.tails.written(),
      textPositions: text.postings.positions.written(),
      authorLengths: author.lengths,
      authorTerms: author.terms.bytes.written(),
      authorGroups: author.terms.groups.written(),
      authorBlocks: author.postings.blocks.written(),
      authorPacked: author.postings.packed.written(),
      authorTails: author.postings.tails.written(),
      authorPositions: author.postings.positions.written(),
    }),
    'here',
  );
}

/** Mean of a field's lengths; the sum is taken in the order of documents. */
export function averageLength(lengths: Float32Array): number {
  return lengths.length === 0 ? 0 : sum(lengths) / lengths.length;
}

function sum(lengths: Float32Array): number {
  let total = 0;
  for (const length of lengths) total += length;
  return total;
}

function readMeta(text: string, name: string): SegmentMeta {
  try {
    return metaSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(name, cause);
  }
}
