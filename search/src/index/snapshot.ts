// An index on disk: files that never change beside a manifest that is replaced at one stroke.
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { SearchError } from '../errors.ts';
import { readShared, writeDurably } from './durable-file.ts';
import { HeldSegments } from './held-segments.ts';
import type { IdTable } from './id-table.ts';
import {
  type Cursor,
  type Manifest,
  type ManifestFile,
  manifestName,
  readManifest,
  writeManifest,
} from './manifest.ts';
import type { Columns } from './paper-columns.ts';
import { papersBytes, readPapers } from './papers-file.ts';
import type { Scoring } from './scoring.ts';
import { Segment } from './segment.ts';
import { damaged } from './segment-file.ts';

/** The whole state of an index. */
export interface IndexState {
  readonly analyser: string;
  readonly scoring: Scoring;
  readonly ids: IdTable;
  readonly columns: Columns;
  readonly held: HeldSegments;
}

/**
 * Writes the state as it is at the moment of the call. Segments that the folder already holds are not written
 * again; files that no longer belong are removed last. Killed at any moment, the folder holds the snapshot
 * before or this one.
 *
 * @throws SearchError `unavailable` when the folder cannot be written.
 */
export async function writeSnapshot(state: IndexState, folder: string, cursor: Cursor): Promise<void> {
  const segments = state.held.all.map(({ serial, segment }) => ({ serial, segment }));
  const { nextSerial } = state.held;
  const papers = papersBytes(state.ids, state.columns, state.held);
  try {
    await mkdir(folder, { recursive: true });
    const before = await previousManifest(folder);
    const generation = (before?.generation ?? 0) + 1;
    const written = [];
    for (const { serial, segment } of segments) {
      const file = describeSegment(serial, segment);
      const there = before?.segments.some(({ file: old }) => sameFile(old, file)) ?? false;
      if (!there) await writeDurably(join(folder, file.name), [new Uint8Array(segment.buffer)]);
      written.push({ serial, file });
    }
    const papersFile = describePapers(generation, papers.bytes);
    await writeDurably(join(folder, papersFile.name), [papers.bytes]);
    const manifest: Manifest = {
      analyser: state.analyser,
      scoring: { ...state.scoring },
      generation,
      nextSerial,
      segments: written,
      papers: { file: papersFile, ...papers.description },
      cursor,
    };
    await writeDurably(join(folder, manifestName), [writeManifest(manifest)]);
    await removeOthers(
      folder,
      new Set([manifestName, papersFile.name, ...written.map(({ file }) => file.name)]),
    );
  } catch (cause) {
    if (cause instanceof SearchError) throw cause;
    throw new SearchError(
      'unavailable',
      `The index could not be saved in ${folder}; check its space and rights.`,
      {
        cause,
      },
    );
  }
}

/**
 * Reads a snapshot back: each file once from beginning to end, its checksum compared.
 *
 * @throws SearchError `damaged-file` when anything is missing or differs from what was written, `foreign-file` for
 * another format or analyser; either way the index is to be built anew.
 */
export async function readSnapshot(
  folder: string,
  analyser: string,
): Promise<{ state: IndexState; cursor: Cursor }> {
  const path = join(folder, manifestName);
  const manifest = readManifest(new Uint8Array(await read(path)), path);
  if (manifest.analyser !== analyser) {
    throw new SearchError(
      'foreign-file',
      `The index in ${folder} was made by another analyser; build it anew.`,
    );
  }
  const papersPath = join(folder, manifest.papers.file.name);
  const papersBuffer = await read(papersPath);
  if (crc32(new Uint8Array(papersBuffer)) !== manifest.papers.file.checksum) throw damaged(papersPath);
  const papers = readPapers(papersBuffer, manifest.papers, papersPath);
  const held = new HeldSegments();
  for (const serial of papers.serials) held.serialOf.push(serial);
  for (const document of papers.documents) held.documentOf.push(document);
  for (const { serial, file } of manifest.segments) {
    const segment = new Segment(await read(join(folder, file.name)), 'elsewhere', join(folder, file.name));
    const expected = sameFile(file, describeSegment(serial, segment)) && segment.analyser === analyser;
    if (!expected) throw damaged(join(folder, file.name));
    held.restore(serial, segment);
  }
  held.nextSerial = manifest.nextSerial;
  const { ids, columns } = papers;
  return { state: { analyser, scoring: manifest.scoring, ids, columns, held }, cursor: manifest.cursor };
}

/** The manifest that stands in a folder, if it is sound: what it names need not be written again. */
async function previousManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const path = join(folder, manifestName);
    return readManifest(new Uint8Array(await read(path)), path);
  } catch {
    return undefined;
  }
}

async function read(path: string): Promise<SharedArrayBuffer> {
  try {
    return await readShared(path);
  } catch (cause) {
    throw damaged(path, cause);
  }
}

/** A segment's checksum is in its name: no two that differ are ever in each other's way. */
function describeSegment(serial: number, { buffer, checksum }: Segment): ManifestFile {
  const name = `segment-${serial}-${checksum.toString(16).padStart(8, '0')}.bin`;
  return { name, sizeBytes: buffer.byteLength, checksum };
}

function describePapers(generation: number, bytes: Uint8Array): ManifestFile {
  const checksum = crc32(bytes);
  const name = `papers-${generation}-${checksum.toString(16).padStart(8, '0')}.bin`;
  return { name, sizeBytes: bytes.byteLength, checksum };
}

function sameFile(a: ManifestFile, b: ManifestFile): boolean {
  return a.name === b.name && a.sizeBytes === b.sizeBytes && a.checksum === b.checksum;
}

/** Only files that a snapshot makes are ever removed. */
async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^(segment|papers)-\d+-[0-9a-f]{8}\.bin(\.tmp)?$/.test(name) && !kept.has(name))
      await rm(join(folder, name));
  }
}
