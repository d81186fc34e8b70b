// Which of our representations a client prefers, by its Accept header (RFC 9110, section 12.5.1).

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

function mediaRanges(header: string): MediaRange[] {
  return header
    .slice(0, 2000)
    .toLowerCase()
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      const quality = weight === undefined ? 1 : Number(weight.slice(2));
      return { type, quality: Number.isFinite(quality) ? Math.min(1, Math.max(0, quality)) : 1 };
    });
}

/** How much a client wants a type, 0 for not at all; the most specific range that matches counts. */
export function acceptQuality(header: string | null | undefined, type: string): number {
  if (header === null || header === undefined || header.trim() === '') return 1;
  const ranges = mediaRanges(header);
  for (const name of [type, `${type.split('/')[0]}/*`, '*/*']) {
    const match = ranges.find((range) => range.type === name);
    if (match !== undefined) return match.quality;
  }
  return 0;
}

/** How a response is told to its reader. */
export type Representation = 'html' | 'json' | 'markdown';

/**
 * For whom an answer to this Accept header is: people (`html`) when it names HTML, readers of Markdown when
 * they name it and want it at least as much, programs (`json`) otherwise, `*` alone included.
 */
export function representationFor(accept: string | null | undefined): Representation {
  const header = (accept ?? '').toLowerCase();
  const markdown = header.includes('text/markdown') ? acceptQuality(header, 'text/markdown') : 0;
  const html = /text\/html|application\/xhtml\+xml/.test(header) ? acceptQuality(header, 'text/html') : 0;
  if (markdown > 0 && markdown >= html) return 'markdown';
  return html > 0 ? 'html' : 'json';
}
