// The bytes of a segment: a header, a table of sections, the sections; one buffer that is written, read and shared as it is.
import { crc32 } from 'node:zlib';
import { SearchError } from '../errors.ts';

/** Rises whenever the layout changes; an older file is foreign and the index is built anew. */
export const segmentVersion = 1;

const magic = 0x4f66_7031;
const headerWords = 6;
const alignment = 8;

/** The sections in the order in which they are laid out. */
export const sectionNames = [
  'meta',
  'ordinals',
  'textLengths',
  'authorLengths',
  'nameStarts',
  'names',
  'textTerms',
  'textGroups',
  'textBlocks',
  'textPacked',
  'textTails',
  'textPositions',
  'authorTerms',
  'authorGroups',
  'authorBlocks',
  'authorPacked',
  'authorTails',
  'authorPositions',
] as const;

export type SectionName = (typeof sectionNames)[number];

/** Lays sections out in one shared buffer behind a header with their places and a checksum over all of them. */
export function layOut(sections: Readonly<Record<SectionName, ArrayBufferView>>): SharedArrayBuffer {
  const tableStart = headerWords * 4;
  let end = aligned(tableStart + sectionNames.length * 8);
  const places = sectionNames.map((name) => {
    const start = end;
    end = aligned(start + sections[name].byteLength);
    return { name, start };
  });
  const buffer = new SharedArrayBuffer(end);
  const bytes = new Uint8Array(buffer);
  const words = new Uint32Array(buffer, 0, tableStart / 4 + sectionNames.length * 2);
  places.forEach(({ name, start }, i) => {
    const section = sections[name];
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), start);
    words[headerWords + i * 2] = start;
    words[headerWords + i * 2 + 1] = section.byteLength;
  });
  words[0] = magic;
  words[1] = segmentVersion;
  words[3] = end;
  words[4] = sectionNames.length;
  words[2] = checksum(bytes);
  return buffer;
}

/**
 * Checks a buffer and tells where its sections are.
 *
 * @param name for messages.
 * @param made what this process has written needs no second look.
 * @throws SearchError `foreign-file` for another format, `damaged-file` when anything differs from what was written.
 */
export function readLayout(
  buffer: SharedArrayBuffer,
  name: string,
  made: 'here' | 'elsewhere',
): (section: SectionName) => { start: number; length: number } {
  if (buffer.byteLength < headerWords * 4) throw damaged(name);
  const header = new Uint32Array(buffer, 0, headerWords);
  if (header[0] !== magic || header[1] !== segmentVersion) {
    throw new SearchError('foreign-file', `${name} is not a segment of this version; build the index anew.`);
  }
  const sound = header[3] === buffer.byteLength && header[4] === sectionNames.length;
  if (!sound) throw damaged(name);
  if (made === 'elsewhere' && header[2] !== checksum(new Uint8Array(buffer))) throw damaged(name);
  const table = new Uint32Array(buffer, headerWords * 4, sectionNames.length * 2);
  return (section) => {
    const row = sectionNames.indexOf(section) * 2;
    return { start: table[row] ?? 0, length: table[row + 1] ?? 0 };
  };
}

/** The checksum of a segment whose layout was read. */
export function checksumOf(buffer: SharedArrayBuffer): number {
  return new Uint32Array(buffer, 0, headerWords)[2] ?? 0;
}

/** The error for a file that is not what was written. */
export function damaged(name: string, cause?: unknown): SearchError {
  return new SearchError('damaged-file', `${name} is damaged; build the index anew.`, { cause });
}

/** CRC-32 of everything behind the checksum itself. */
function checksum(bytes: Uint8Array): number {
  return crc32(bytes.subarray(12), crc32(bytes.subarray(0, 8)));
}

function aligned(offset: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
