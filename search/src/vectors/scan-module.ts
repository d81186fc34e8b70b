// Loads the compiled scan (scan.wat) over a memory of its own.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { builtFile } from '../built-file.ts';
import { SearchError } from '../errors.ts';

const isFunction = (value: unknown): boolean => typeof value === 'function';

type ScoreAll = (
  rows: number,
  scales: number,
  count: number,
  query: number,
  width: number,
  scores: number,
) => void;
type ScoreOne = (row: number, scale: number, query: number, width: number) => number;
type Distances = (rows: number, count: number, query: number, width: number, distances: number) => void;

const exportsSchema = z.object({
  scoreAll: z.custom<ScoreAll>(isFunction),
  scoreOne: z.custom<ScoreOne>(isFunction),
  distances: z.custom<Distances>(isFunction),
});

/** Memory of WebAssembly: sizes in pages, `grow` returns the size before. */
interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
type MakeMemory = new (size: { initial: number; maximum: number }) => Memory;
type MakeModule = new (bytes: Uint8Array<ArrayBuffer>) => object;
type MakeInstance = new (module: object, imports: object) => { readonly exports: unknown };

/** The little of WebAssembly that is used; the compiler's library knows it only together with a browser's. */
const webAssemblySchema = z.object({
  Memory: z.custom<MakeMemory>(isFunction),
  Module: z.custom<MakeModule>(isFunction),
  Instance: z.custom<MakeInstance>(isFunction),
});

/** The functions of scan.wat, which describes them, and the memory they work on. Addresses are bytes. */
export interface Scan extends z.infer<typeof exportsSchema> {
  readonly memory: Memory;
}

/** A page of WebAssembly memory. */
export const pageBytes = 65_536;

/** @throws SearchError `unavailable` when the scan was not built. */
export function loadScan(): Scan {
  const { Memory, Module, Instance } = webAssemblySchema.parse(Reflect.get(globalThis, 'WebAssembly'));
  const memory = new Memory({ initial: 1, maximum: 65_536 });
  const module = new Module(readScan());
  const { exports } = new Instance(module, { scan: { memory } });
  return { ...exportsSchema.parse(exports), memory };
}

function readScan(): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(builtFile('vectors/scan.wasm')));
  } catch (cause) {
    throw new SearchError('unavailable', 'The vector scan has not been built; run npm run build.', { cause });
  }
}
