// The first name given twice in JSON, which JSON.parse would pass over in silence by keeping the last.

/**
 * @param json text that JSON.parse accepts
 * @returns the first key that stands twice in one object, undefined when none does
 */
export function duplicateKey(json: string): string | undefined {
  // One set of keys an open object, null for an open array.
  const open: (Set<string> | null)[] = [];
  for (const [token, text] of tokensOf(json)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else {
      const keys = open.at(-1);
      if (keys?.has(text)) return text;
      keys?.add(text);
    }
  }
  return undefined;
}

/** Brackets, and the strings that a colon follows. */
function* tokensOf(json: string): Generator<[token: string, key: string]> {
  for (const match of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/gs)) {
    const [token, quoted, colon] = match;
    if (quoted === undefined) yield [token, ''];
    else if (colon !== undefined) yield ['key', String(JSON.parse(quoted))];
  }
}
