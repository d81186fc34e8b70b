// Which addresses from outside may become links: web pages, nothing that runs.

/** The address in its normal form when it is an `http` or `https` one, else `undefined`. */
export function safeHref(url: string): string | undefined {
  if (!URL.canParse(url) || url.length > 2000) return undefined;
  const parsed = new URL(url);
  return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : undefined;
}
