// What a burst of work leaves behind, given back to the system once it is over.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';

/** A heap of a thread that only answers stays below. */
const worthBytes = 64 * 2 ** 20;

const collectSchema = z.custom<
  (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void
>((value) => typeof value === 'function');

let collect: z.infer<typeof collectSchema> | undefined;

/**
 * Collects this thread's garbage, and that of the shared memory it referred to, where its heap has grown large. A
 * thread that goes idle after filling an index would keep some hundred megabytes otherwise: nothing is allocated any
 * more, so nothing is collected. It takes about as long as a slow search: call it when a long piece of work is done.
 *
 * @param fromBytes the size of heap from which it is worth it.
 * @returns whether it was.
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags for the one way to a collector in a running process
 */
export function giveBackMemory(fromBytes: number = worthBytes): boolean {
  if (getHeapStatistics().total_heap_size < fromBytes) return false;
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    const found = collectSchema.safeParse(runInNewContext('globalThis.gc'));
    // Only contexts made from now on would have it too.
    setFlagsFromString('--no-expose-gc');
    if (!found.success) return false;
    collect = found.data;
  }
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return true;
}
