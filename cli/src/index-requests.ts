// How many unknown papers readers may have fetched: arXiv is asked once in three seconds, and a queue that strangers fill serves nobody.
import type { Jobs } from '@offprint/catalogue';
import { indexPaperJob } from '@offprint/ingest';

/** Per process. A third of what the gate lets through, so that the daily feed always comes first. */
const maxPerHour = 400;
const hourMs = 3_600_000;

/** A function that queues the fetching of one paper, until the hour's share is used up. */
export function limitIndexRequests(
  jobs: () => Jobs | undefined,
  nowMs: () => number = () => performance.now(),
): (paperId: string) => Promise<'queued' | 'already-queued' | 'unavailable'> {
  let windowEndsMs = 0;
  let left = 0;
  return async (paperId) => {
    const queue = jobs();
    if (queue === undefined) return 'unavailable';
    if (nowMs() >= windowEndsMs) {
      windowEndsMs = nowMs() + hourMs;
      left = maxPerHour;
    }
    if (left === 0) return 'unavailable';
    const outcome = await queue.enqueue(indexPaperJob, { id: paperId }, paperId);
    if (outcome === 'queued') left -= 1;
    return outcome;
  };
}
