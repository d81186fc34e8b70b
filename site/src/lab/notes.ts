// What was found, from the Markdown that stands beside an experiment, as HTML without anything that could run.
import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';

/**
 * Markdown as HTML. HTML in it is shown as text, addresses are those of the web alone (micromark's own rule for what is
 * not trusted), and headings take their place below the page's.
 */
export function notesHtml(markdown: string): string {
  const html = micromark(withoutTitle(markdown), {
    extensions: [gfmTable()],
    htmlExtensions: [gfmTableHtml()],
  });
  return html
    .replace(
      /<(\/?)h([1-6])>/g,
      (_, end: string, level: string) => `<${end}h${Math.min(6, Number(level) + 2)}>`,
    )
    .replaceAll('<table>', '<section class="scroll" tabindex="0" aria-label="Table"><table>')
    .replaceAll('</table>', '</table></section>');
}

/** The page has a heading of its own. */
const withoutTitle = (markdown: string): string => markdown.replace(/^\s*# [^\n]*\n/, '');
