// Sources by the names people know.

const titles: Readonly<Record<string, string>> = {
  starter: 'Starter catalogue',
  page: 'Saved page',
  'daily-api': 'Upstream daily papers',
  import: 'Imported file',
  'arxiv-rss': 'arXiv RSS',
  'arxiv-api': 'arXiv query API',
  'arxiv-oai': 'arXiv OAI-PMH',
};

/** The title of a source, or its name when it has none. */
export function sourceTitle(name: string): string {
  return titles[name] ?? name;
}
