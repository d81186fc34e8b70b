// A saved page as HTML: the data it was drawn from when it carries them, otherwise its text line by line.
import { decodeHtmlReferences } from './plain-text.ts';

/** Whether a file is HTML rather than text. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(?:\uFEFF)?\s*(?:<!doctype html|<html\b|<head\b|<body\b|<!--)/i.test(text.slice(0, 2_000));
}

/**
 * The entries of a Daily Papers page as its server embedded them for its scripts: the same objects that the API
 * returns, with ids.
 */
export function embeddedDailyPapers(html: string): readonly unknown[] | undefined {
  for (const match of html.matchAll(/\bdata-props\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const json = decodeHtmlReferences(match[1] ?? match[2] ?? '');
    if (!json.includes('"dailyPapers"')) continue;
    try {
      const props: unknown = JSON.parse(json);
      if (
        typeof props === 'object' &&
        props !== null &&
        'dailyPapers' in props &&
        Array.isArray(props.dailyPapers)
      )
        return props.dailyPapers;
    } catch {
      // Not the data after all; the page's text still is.
    }
  }
  return undefined;
}

/** The feed day that the embedded data name, `YYYY-MM-DD`. */
export function embeddedDay(html: string): string | undefined {
  return /(?:&quot;|")dateString(?:&quot;|")\s*:\s*(?:&quot;|")(\d{4}-\d{2}-\d{2})/.exec(html)?.[1];
}

/** What a browser would save as text, roughly: a line for each block, no scripts and styles. */
export function htmlToText(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style|template|svg|head|noscript)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/[\t\r\n ]+/g, ' ')
    .replace(/<li\b[^>]*>/gi, '\n• ')
    .replace(
      /<\/?(?:p|div|br|h[1-6]|ul|ol|li|article|section|header|footer|main|nav|time|tr|table|button|form)\b[^>]*>/gi,
      '\n',
    )
    .replace(/<\/?[a-zA-Z][^<>]*>/g, '');
  return decodeHtmlReferences(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '•')
    .join('\n');
}
