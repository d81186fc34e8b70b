// LaTeX accents in names, turned into the letters they stand for. Titles and abstracts keep their LaTeX: it is typeset.

const combining = new Map([
  ['`', '\u0300'],
  ["'", '\u0301'],
  ['^', '\u0302'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['u', '\u0306'],
  ['.', '\u0307'],
  ['"', '\u0308'],
  ['r', '\u030A'],
  ['H', '\u030B'],
  ['v', '\u030C'],
  ['d', '\u0323'],
  ['c', '\u0327'],
  ['k', '\u0328'],
  ['b', '\u0331'],
]);

const letters = new Map([
  ['ss', 'ß'],
  ['o', 'ø'],
  ['O', 'Ø'],
  ['l', 'ł'],
  ['L', 'Ł'],
  ['ae', 'æ'],
  ['AE', 'Æ'],
  ['oe', 'œ'],
  ['OE', 'Œ'],
  ['aa', 'å'],
  ['AA', 'Å'],
  ['dh', 'ð'],
  ['DH', 'Ð'],
  ['dj', 'đ'],
  ['DJ', 'Đ'],
  ['th', 'þ'],
  ['TH', 'Þ'],
  ['ng', 'ŋ'],
  ['NG', 'Ŋ'],
  ['i', 'ı'],
  ['j', 'ȷ'],
]);

// The accent's letter may stand bare, in braces, or be a dotless \i or \j.
const signAccent = /\\([`'^"~=.])\s*(?:\{\s*(\\[ij]|\p{L})\s*\}|(\\[ij](?!\p{L})|\p{L}))/gu;
const letterAccent = /\\([uHvckrdb])(?:\s*\{\s*(\\[ij]|\p{L})\s*\}|\s+(\\[ij](?!\p{L})|\p{L}))/gu;
const letterCommand = /\\(ss|ae|AE|oe|OE|aa|AA|dh|DH|dj|DJ|th|TH|ng|NG|[oOlLij])(?:\{\}|(?![A-Za-z])[ \t]?)/g;

function accented(mark: string, letter: string): string {
  const base = letter === '\\i' ? 'i' : letter === '\\j' ? 'j' : letter;
  return (base + (combining.get(mark) ?? '')).normalize('NFC');
}

/**
 * Replaces the accent commands of LaTeX, its letters such as `\ss` and `\o`, ties and grouping braces by plain
 * Unicode (NFC). Commands it does not know stay as they are.
 */
export function decodeLatexAccents(text: string): string {
  if (!/[\\{}~]/.test(text)) return text.normalize('NFC');
  const replaceAccent = (_: string, mark: string, braced?: string, bare?: string) =>
    accented(mark, braced ?? bare ?? '');
  return text
    .replace(signAccent, replaceAccent)
    .replace(letterAccent, replaceAccent)
    .replace(letterCommand, (whole: string, name: string) => letters.get(name) ?? whole)
    .replace(/\\[,;]/g, ' ')
    .replace(/\\([&_#%$])/g, '$1')
    .replace(/\\-/g, '')
    .replace(/(?<!\\)~/g, ' ')
    .replace(/[{}]/g, '')
    .normalize('NFC');
}
