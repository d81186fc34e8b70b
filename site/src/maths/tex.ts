// Running text back to LaTeX, for BibTeX: formulas as they were, everything else escaped so that it balances.
import { cleanText } from './clean-text.ts';
import type { Inline } from './inline.ts';
import { readInlines } from './latex-text.ts';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
};

const commands = {
  em: 'emph',
  strong: 'textbf',
  code: 'texttt',
  sup: 'textsuperscript',
  sub: 'textsubscript',
  'small-caps': 'textsc',
  mark: 'textbf',
};

/** One line of text as LaTeX with balanced braces, in Unicode. */
export function texLine(text: string): string {
  return texOf(readInlines(cleanText(text).replace(/\s+/g, ' ').trim()));
}

function texOf(run: readonly Inline[]): string {
  return run
    .map((item) => {
      if (typeof item === 'string') return item.replace(/[\\{}$&%#_^~<>]/g, (sign) => escapes[sign] ?? sign);
      if ('formula' in item)
        return balanced(item.formula) ? `$${item.formula.trim()}$` : texOf([item.written]);
      if ('href' in item) return texOf(item.children);
      return `\\${commands[item.mark]}{${texOf(item.children)}}`;
    })
    .join('');
}

function balanced(formula: string): boolean {
  let depth = 0;
  for (const brace of formula.replace(/\\./g, '').matchAll(/[{}]/g)) {
    depth += brace[0] === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0 && !/[%$]/.test(formula.replace(/\\./g, ''));
}
