// Text as sources send it, made fit to keep: well-formed Unicode, no control characters, sane white space.

/** Drops NUL and other control characters, and replaces halves of surrogate pairs; keeps tabs and line ends. */
export function withoutControls(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is being removed
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g, '')
      .toWellFormed()
  );
}

/** One line: every run of white space becomes a space. */
export function oneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ').trim();
}

/**
 * An abstract as arXiv sets it: lines are wrapped, and a line that begins with white space begins a paragraph.
 * Paragraphs come back on lines of their own, with an empty line between them.
 */
export function paragraphs(text: string): string {
  return withoutControls(text)
    .replace(/^\s+/, '')
    .split(/\n(?:[ \t]*\n)+|\n(?=[ \t]+\S)/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/**
 * Text whose UTF-8 was once read as Latin 1 and encoded again ("Ã¼" for "ü"), set right; any other text as it is.
 */
export function repairDoubleEncoding(text: string): string {
  if (!/[\u0080-\u00FF]/.test(text) || /[\u0100-\uFFFF]/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

const named = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['bull', '•'],
  ['middot', '·'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
]);

/** Resolves numeric and common named character references of HTML; unknown ones stay as they are. */
export function decodeHtmlReferences(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return named.get(name) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** Plain text of a fragment of HTML whose only markup is inline: tags go, references are resolved. */
export function withoutInlineTags(html: string): string {
  return decodeHtmlReferences(
    html
      .replace(/<\/?(?:p|br|div)\b[^<>]*>/gi, '\n')
      .replace(/<\/?(?:a|b|i|em|strong|sub|sup|span|tt|code|u)\b[^<>]*>/gi, ''),
  );
}
