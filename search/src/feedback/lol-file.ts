// The file of a learned reformulator: a header, its numbers, and a hash over both.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SearchError } from '../errors.ts';
import type { LolParameters } from './lol.ts';

const magic = 'OFFPRINT-LOL\n';
const formatVersion = 1;
const hashBytes = 32;

const headerSchema = z.object({
  dimensions: z.int().min(1).max(4096),
  rank: z.int().min(0).max(1024),
  hidden: z.int().min(0).max(4096),
  depth: z.int().min(1).max(100),
});

/** The arrays in the file's order, with their lengths. */
function shapes({ dimensions, rank, hidden }: z.infer<typeof headerSchema>) {
  return {
    documentOut: dimensions * rank,
    documentIn: dimensions * rank,
    queryOut: dimensions * rank,
    queryIn: dimensions * rank,
    gateProduct: dimensions * hidden,
    gatePlace: 2 * hidden,
    gateBias: hidden,
    gateOut: hidden,
    gateOutBias: 1,
  };
}

/**
 * @param encoder fingerprint of the encoder whose vectors it was trained on.
 * @throws SearchError `bad-input` when an array has another length than the header says or a number is not finite.
 */
export function writeLol(parameters: LolParameters, encoder: string): Uint8Array {
  const { dimensions, rank, hidden, depth } = parameters;
  const lengths = shapes({ dimensions, rank, hidden, depth });
  const header = Buffer.from(
    `${magic}${JSON.stringify({ version: formatVersion, encoder, dimensions, rank, hidden, depth })}\n`,
  );
  const numbers = Buffer.concat(
    arrayNames.map((name) => {
      const values = parameters[name];
      if (values.length !== lengths[name] || !values.every(Number.isFinite))
        throw new SearchError('bad-input', `${name} must be ${lengths[name]} finite numbers.`, {
          field: name,
        });
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    }),
  );
  const body = Buffer.concat([header, numbers]);
  return Buffer.concat([body, hashOf(body)]);
}

/**
 * @param encoder fingerprint of the encoder that it is to be used with.
 * @throws SearchError `damaged-file` for what is no such file or not whole; `foreign-file` for one of another format
 *   or encoder.
 */
export function readLol(file: Uint8Array, encoder: string): LolParameters {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const body = bytes.subarray(0, Math.max(0, bytes.length - hashBytes));
  const end = body.indexOf('\n', magic.length);
  if (body.toString('latin1', 0, magic.length) !== magic || end < 0) throw damaged();
  if (!hashOf(body).equals(bytes.subarray(body.length))) throw damaged();
  const header: unknown = JSON.parse(body.toString('utf8', magic.length, end));
  const made = z.object({ version: z.int(), encoder: z.string() }).parse(header);
  if (made.version !== formatVersion || made.encoder !== encoder)
    throw new SearchError(
      'foreign-file',
      'This feedback model belongs to another format or encoder; train it again.',
    );
  const shape = headerSchema.parse(header);
  const lengths = shapes(shape);
  let at = end + 1;
  const next = (length: number): Float32Array => {
    const part = new Float32Array(new Uint8Array(body.subarray(at, at + 4 * length)).buffer);
    at += 4 * length;
    if (part.length !== length) throw damaged();
    return part;
  };
  const parameters = {
    ...shape,
    documentOut: next(lengths.documentOut),
    documentIn: next(lengths.documentIn),
    queryOut: next(lengths.queryOut),
    queryIn: next(lengths.queryIn),
    gateProduct: next(lengths.gateProduct),
    gatePlace: next(lengths.gatePlace),
    gateBias: next(lengths.gateBias),
    gateOut: next(lengths.gateOut),
    gateOutBias: next(lengths.gateOutBias),
  };
  if (at !== body.length) throw damaged();
  return parameters;
}

const arrayNames = [
  'documentOut',
  'documentIn',
  'queryOut',
  'queryIn',
  'gateProduct',
  'gatePlace',
  'gateBias',
  'gateOut',
  'gateOutBias',
] as const;

function damaged(): SearchError {
  return new SearchError('damaged-file', 'The feedback model is not whole; train it again or delete it.');
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
