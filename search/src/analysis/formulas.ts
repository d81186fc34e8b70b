// Where formulas stand in a text: whoever cuts or marks a text takes them whole, for they are rendered whole.

/** A stretch of a text in UTF-16 code units, half open. */
export type TextRange = readonly [start: number, end: number];

/** A longer stretch between two signs is no formula. */
const formula = /(?<!\\)(\$\$?)(?![\s$])[^$]{1,300}(?<!\s)\1(?!\d)|\\\((?:(?!\\[()]).){1,300}\\\)/gs;

/** The formulas of a text from left to right: `$…$`, `$$…$$` and `\(…\)`. Prices such as $5 are none. */
export function formulaRanges(text: string): TextRange[] {
  if (!text.includes('$') && !text.includes('\\(')) return [];
  return Array.from(text.matchAll(formula), ({ 0: { length }, index }): TextRange => [index, index + length]);
}

/** The formula that a cut at `index` would break; by binary search. */
export function formulaAround(formulas: readonly TextRange[], index: number): TextRange | undefined {
  let low = 0;
  let high = formulas.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((formulas[middle]?.[1] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  const found = formulas[low];
  return found !== undefined && found[0] < index ? found : undefined;
}
