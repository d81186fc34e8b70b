// How the API documents its refusals: every one is the same small object.
import { errorSchema } from './schemas.ts';

const meanings = {
  400: 'A parameter is out of range or of the wrong kind.',
  404: 'There is no such paper in this catalogue.',
  429: 'Too many requests; `Retry-After` tells how long to wait.',
  503: 'The index is being built; `Retry-After` tells how long to wait.',
} as const;

/** The `responses` of a documented route for some refusals. */
export function refusals<const Status extends keyof typeof meanings>(...statuses: Status[]) {
  const entries = statuses.map((status) => [
    status,
    { description: meanings[status], content: { 'application/json': { schema: errorSchema } } },
  ]);
  return Object.fromEntries(entries) as Record<
    Status,
    { description: string; content: { 'application/json': { schema: typeof errorSchema } } }
  >;
}
