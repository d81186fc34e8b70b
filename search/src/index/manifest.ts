// The manifest of a snapshot: which files belong to it, for which analyser, and how far the index had come.
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { SearchError } from '../errors.ts';
import { internedSchema } from './paper-columns.ts';
import { damaged } from './segment-file.ts';

export const manifestName = 'manifest.json';
const format = 'offprint-index';
const version = 1;

const fileSchema = z.object({
  name: z.string().regex(/^(segment|papers)-\d+-[0-9a-f]{8}\.bin$/),
  sizeBytes: z.int().min(0),
  checksum: z.int().min(0),
});

const manifestSchema = z.object({
  analyser: z.string(),
  scoring: z.object({
    k1: z.number(),
    b: z.number(),
    titleWeight: z.number(),
    abstractWeight: z.number(),
    authorWeight: z.number(),
  }),
  /** Rises with every snapshot. */
  generation: z.int().min(1),
  nextSerial: z.int().min(1),
  segments: z.array(z.object({ serial: z.int().min(1), file: fileSchema })),
  papers: z.object({
    file: fileSchema,
    count: z.int().min(0),
    poolBytes: z.int().min(0),
    texts: internedSchema,
  }),
  /** The caller's own: how far the index had followed what it is made from. */
  cursor: z.json(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestFile = z.infer<typeof fileSchema>;
/** Any value that JSON can hold. */
export type Cursor = z.infer<ReturnType<typeof z.json>>;

/** One line that says what this is, with a checksum over the rest; then JSON. */
export function writeManifest(manifest: Manifest): Uint8Array {
  const body = Buffer.from(`${JSON.stringify(manifest)}\n`);
  return Buffer.concat([Buffer.from(`${format} ${version} ${crc32(body)}\n`), body]);
}

/** @throws SearchError `damaged-file` or `foreign-file`. */
export function readManifest(bytes: Uint8Array, name: string): Manifest {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('\n');
  const [kind, written, checksum] = text.slice(0, Math.max(0, end)).split(' ');
  if (kind !== format || written === undefined || checksum === undefined) throw damaged(name);
  if (written !== String(version)) {
    throw new SearchError('foreign-file', `${name} is of another version; build the index anew.`);
  }
  const body = bytes.subarray(end + 1);
  if (String(crc32(body)) !== checksum) throw damaged(name);
  try {
    return manifestSchema.parse(JSON.parse(Buffer.from(body).toString('utf8')));
  } catch (cause) {
    throw damaged(name, cause);
  }
}
