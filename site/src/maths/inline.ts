// Running text once its LaTeX is understood: plain strings, formulas, a few kinds of emphasis, links.

export interface FormulaInline {
  readonly formula: string;
  readonly display: boolean;
  /** With its delimiters, as it stood in the text. */
  readonly written: string;
}

export type Inline =
  | string
  | FormulaInline
  | {
      readonly mark: 'em' | 'strong' | 'code' | 'sup' | 'sub' | 'small-caps' | 'mark';
      readonly children: readonly Inline[];
    }
  | { readonly href: string; readonly children: readonly Inline[] };

/** Appends to a run of inlines, joining neighbouring strings. */
export function append(run: Inline[], item: Inline): void {
  const last = run.at(-1);
  if (item === '') return;
  if (typeof item === 'string' && typeof last === 'string') run[run.length - 1] = last + item;
  else run.push(item);
}

/** The text of inlines without their marks; formulas as their LaTeX. */
export function plainOf(run: readonly Inline[]): string {
  return run
    .map((item) =>
      typeof item === 'string' ? item : 'formula' in item ? item.formula.trim() : plainOf(item.children),
    )
    .join('');
}
