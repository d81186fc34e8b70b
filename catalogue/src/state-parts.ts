// How the parts of a paper's state are brought together: which of two tellings of one thing are the same, and what both say.
import type { ListingState, PaperState } from './paper-state.ts';

/**
 * Two lists as one, each thing once, in the order of their keys.
 *
 * @param combine what holds when both tell the same thing; the newer one unless said otherwise.
 */
export function mergeBy<T>(
  known: readonly T[],
  told: readonly T[],
  key: (item: T) => string,
  combine: (older: T, newer: T) => T = (_, newer) => newer,
): T[] {
  const byKey = new Map(known.map((item) => [key(item), item]));
  for (const item of told) {
    const older = byKey.get(key(item));
    byKey.set(key(item), older === undefined ? item : combine(older, item));
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

/** One listing a day and feed. */
export const listingKey = ({ day, feed }: ListingState): string => `${day} ${feed}`;

/** A later telling of a listing completes it. */
export function fillListing(older: ListingState, newer: ListingState): ListingState {
  return {
    ...newer,
    // A paper that was new on a day stays new on it, whichever archive's announcement is read later.
    announce: rank(older.announce) <= rank(newer.announce) ? older.announce : newer.announce,
    position: newer.position ?? older.position,
    submittedBy: newer.submittedBy ?? older.submittedBy,
    submittedAt: newer.submittedAt ?? older.submittedAt,
  };
}

const rank = (announce: ListingState['announce']): number =>
  ['new', 'cross', 'replace', 'replace-cross'].indexOf(announce);

type VersionState = PaperState['versions'][number];

export const versionKey = ({ number }: VersionState): string => String(number).padStart(5, '0');

/** A later telling of the same version completes it. */
export const completeVersion = (older: VersionState, newer: VersionState): VersionState => ({
  number: newer.number,
  submittedAt: newer.submittedAt ?? older.submittedAt,
  sizeBytes: newer.sizeBytes ?? older.sizeBytes,
});
