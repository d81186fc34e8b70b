// Loads a compiled WebAssembly module of this room over a memory of its own.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { builtFile } from './built-file.ts';
import { SearchError } from './errors.ts';

/** A schema for an exported function of a given type. */
export function exportedFunction<F>() {
  return z.custom<F>((value) => typeof value === 'function');
}

/** Memory of WebAssembly: sizes in pages, `grow` returns the size before. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** A page of WebAssembly memory. */
export const pageBytes = 65_536;

/** The little of WebAssembly that is used; the compiler's library knows it only together with a browser's. */
const webAssemblySchema = z.object({
  Memory: exportedFunction<new (size: { initial: number; maximum: number }) => WasmMemory>(),
  Module: exportedFunction<new (bytes: Uint8Array<ArrayBuffer>) => object>(),
  Instance: exportedFunction<new (module: object, imports: object) => { readonly exports: unknown }>(),
});

/**
 * @param file below `dist`, as the build writes it.
 * @param exportsSchema the functions it has.
 * @returns its functions and its memory of one page, which can grow to four gigabytes.
 * @throws SearchError `unavailable` when it was not built.
 */
export function loadWasm<S extends z.ZodObject>(
  file: string,
  exportsSchema: S,
): { readonly functions: z.infer<S>; readonly memory: WasmMemory } {
  const { Memory, Module, Instance } = webAssemblySchema.parse(Reflect.get(globalThis, 'WebAssembly'));
  const memory = new Memory({ initial: 1, maximum: 65_536 });
  const { exports } = new Instance(new Module(readBuilt(file)), { host: { memory } });
  return { functions: exportsSchema.parse(exports), memory };
}

function readBuilt(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(builtFile(file)));
  } catch (cause) {
    throw new SearchError('unavailable', `${file} has not been built; run npm run build.`, { cause });
  }
}
