// What is taken out of other people's text before it is shown: characters that draw nothing but harm.

// C0 and C1 controls except tab and newline; embeddings, overrides and isolates, which can reverse the page
// around them (LRM, RLM and ALM stay: they only mark their own place); byte-order mark and noncharacters.
const harmful =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]|[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}\u{4fffe}\u{4ffff}\u{5fffe}\u{5ffff}\u{6fffe}\u{6ffff}\u{7fffe}\u{7ffff}\u{8fffe}\u{8ffff}\u{9fffe}\u{9ffff}\u{afffe}\u{affff}\u{bfffe}\u{bffff}\u{cfffe}\u{cffff}\u{dfffe}\u{dffff}\u{efffe}\u{effff}\u{ffffe}\u{fffff}\u{10fffe}\u{10ffff}]/gu;

// Real scripts stack at most a few marks on a letter; hundreds of them paint over the lines around.
const markPile = /(\p{M}{5})\p{M}+/gu;

/**
 * Text that is safe to lay out: well-formed Unicode, newlines as `\n`, no control or direction-override
 * characters, no piles of combining marks.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(harmful, '')
    .replace(markPile, '$1');
}

/** Cuts text to at most `maxLength` UTF-16 units, at a word where one is near, and ends it with an ellipsis. */
export function clip(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength - 1).toWellFormed();
  const space = cut.lastIndexOf(' ');
  return `${(space > maxLength * 0.7 ? cut.slice(0, space) : cut).replace(/\uFFFD$/, '').trimEnd()}…`;
}
