// Text made safe to stand in markup.

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that XML forbids, even written as references: controls, halves of pairs, two that are none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** A text without what no document may hold. */
export function legible(text: string): string {
  return text.replace(forbidden, '\ufffd');
}

/** For element content and for attributes in quotes, in HTML and in XML. */
export function escapeText(text: string): string {
  return legible(text).replace(/[&<>"']/g, (character) => replacements[character] ?? '');
}
