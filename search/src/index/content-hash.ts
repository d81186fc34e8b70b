// A fingerprint of what of a paper is searched: a put that leaves it alone needs no new posting.
import type { SearchDocument } from '../document.ts';

/** 64 bits of title, abstract and authors as two words, from two multiplicative hashes with a mark between fields. */
export function contentHash(document: SearchDocument): { low: number; high: number } {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  const take = (text: string): void => {
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      low = Math.imul(low ^ code, 0x01000193);
      high = Math.imul(high ^ code, 0x85ebca6b);
      high ^= high >>> 13;
    }
    low = Math.imul(low ^ 0x1_0000, 0x01000193);
    high = Math.imul(high ^ 0x1_0000, 0x85ebca6b);
  };
  take(document.title);
  take(document.abstract);
  for (const name of document.authors) take(name);
  return { low: low >>> 0, high: high >>> 0 };
}

/** The two words as 16 hexadecimal digits. */
export function hashText(low: number, high: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
