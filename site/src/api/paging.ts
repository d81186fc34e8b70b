// Pages of a list: the parameters that ask for one, and the Link header that leads to the next (RFC 8288).
import { z } from '@hono/zod-openapi';
import { OffprintError, type PaperCursor } from '@offprint/catalogue';

/** A whole number in a query, as a schema that explains itself. */
export function countParameter(name: string, least: number, most: number, normally: number) {
  const sentence = `${name} must be a whole number from ${least} to ${most}.`;
  return z
    .string({ error: `Give ${name} once.` })
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .pipe(z.number().min(least, sentence).max(most, sentence))
    .optional()
    .transform((value) => value ?? normally)
    .openapi({
      param: { name, in: 'query' },
      type: 'integer',
      minimum: least,
      maximum: most,
      default: normally,
    });
}

/** The `Link` header to the next page: this request's address, absolute, with some parameters replaced. */
export function nextLink(
  publicUrl: string,
  requestUrl: string,
  replaced: Readonly<Record<string, string>>,
): string {
  const { pathname, searchParams } = new URL(requestUrl);
  for (const [name, value] of Object.entries(replaced)) searchParams.set(name, value);
  return `<${publicUrl.replace(/\/+$/, '')}${pathname}?${searchParams}>; rel="next"`;
}

const cursorSchema = z.tuple([z.iso.datetime().nullable(), z.string().min(1).max(128)]);

/** A place in the list of papers as an opaque text. */
export function writeCursor({ publishedAt, id }: PaperCursor): string {
  return Buffer.from(JSON.stringify([publishedAt, id])).toString('base64url');
}

/**
 * Reads what `writeCursor` wrote.
 *
 * @throws OffprintError `bad-input` on anything else.
 */
export function readCursor(text: string): PaperCursor {
  try {
    const [publishedAt, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    if (!id.includes('\0')) return { publishedAt, id };
  } catch {
    // Told below, like every other cursor that is not ours.
  }
  throw new OffprintError(
    'bad-input',
    'cursor is not one of ours: take it from the Link header of the page before.',
    { field: 'cursor' },
  );
}
