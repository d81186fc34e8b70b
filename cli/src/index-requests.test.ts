import { expect, it } from 'vitest';
import { limitIndexRequests } from './index-requests.ts';

it('fetches what readers ask for up to an hourly share, counting no paper twice, and goes on the next hour', async () => {
  const queued = new Set<string>();
  let nowMs = 0;
  const request = limitIndexRequests(
    () => ({
      enqueue: async (_name, _data, key = '') => {
        if (queued.has(key)) return 'already-queued';
        queued.add(key);
        return 'queued';
      },
      stop: async () => undefined,
    }),
    () => nowMs,
  );
  for (let n = 0; n < 400; n += 1) {
    expect(await request(`2406.${10_000 + n}`)).toBe('queued');
    expect(await request('2406.10000')).toBe('already-queued');
    if (n === 398) break;
  }
  expect(await request('2407.00001')).toBe('queued');
  expect(await request('2407.00002')).toBe('unavailable');
  nowMs = 3_600_000;
  expect(await request('2407.00002')).toBe('queued');
});

it('says so while there is no queue', async () => {
  expect(await limitIndexRequests(() => undefined)('2406.08607')).toBe('unavailable');
});
