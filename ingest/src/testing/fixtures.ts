// Invented papers in the shapes of the sources, for tests that need no recording.

const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';

export interface RssItem {
  readonly id: string;
  readonly version?: number;
  readonly title?: string;
  readonly announce?: string;
  readonly creator?: string;
  readonly categories?: readonly string[];
}

/** A feed as arXiv writes it today. */
export function rssFeed(pubDate: string, items: readonly RssItem[]): string {
  const entries = items.map(
    ({
      id,
      version = 1,
      title = `A paper about ${id}`,
      announce = 'new',
      creator = 'A. Author, B. Writer',
      categories = ['cs.LG'],
    }) => `
    <item>
      <title>${title}</title>
      <link>https://arxiv.org/abs/${id}</link>
      <description>arXiv:${id}v${version} Announce Type: ${announce}
Abstract: An invented abstract of ${id}.</description>
      <guid isPermaLink="false">oai:arXiv.org:${id}v${version}</guid>
      ${categories.map((category) => `<category>${category}</category>`).join('')}
      <pubDate>${pubDate}</pubDate>
      <arxiv:announce_type>${announce}</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <dc:creator>${creator}</dc:creator>
    </item>`,
  );
  return `${xmlHead}<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>cs updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs</link>
    <lastBuildDate>${pubDate}</lastBuildDate>
    <pubDate>${pubDate}</pubDate>
    <skipDays><day>Saturday</day><day>Sunday</day></skipDays>${entries.join('')}
  </channel>
</rss>`;
}

export interface OaiPaper {
  readonly id: string;
  readonly datestamp?: string;
  readonly title?: string;
  readonly abstract?: string;
  readonly authors?: string;
  readonly comments?: string;
  readonly versions?: number;
  readonly sourceType?: string;
  readonly deleted?: boolean;
}

function rawRecord(paper: OaiPaper): string {
  const {
    id,
    datestamp = '2026-01-05',
    title = `A paper about ${id}`,
    abstract = `An invented abstract\nof ${id}.\n  With a second paragraph.`,
    authors = 'A. Author and B. Writer',
    versions = 1,
  } = paper;
  if (paper.deleted === true)
    return `<record><header status="deleted"><identifier>oai:arXiv.org:${id}</identifier><datestamp>${datestamp}</datestamp></header></record>`;
  const list = Array.from(
    { length: versions },
    (_, at) =>
      `<version version="v${at + 1}"><date>Mon, ${String(5 + at).padStart(2, '0')} Jan 2026 10:00:00 GMT</date><size>${10 + at}kb</size><source_type>${at + 1 === versions ? (paper.sourceType ?? 'D') : 'D'}</source_type></version>`,
  );
  return `<record>
<header><identifier>oai:arXiv.org:${id}</identifier><datestamp>${datestamp}</datestamp><setSpec>cs</setSpec></header>
<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>${id}</id><submitter>A. Author</submitter>${list.join('')}<title>${title}</title><authors>${authors}</authors><categories>cs.LG stat.ML</categories>${paper.comments === undefined ? '' : `<comments>${paper.comments}</comments>`}<license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license><abstract>  ${abstract}
</abstract></arXivRaw></metadata>
</record>`;
}

export interface OaiPageOptions {
  readonly token?: string;
  readonly cursor?: number;
  readonly total?: number;
  readonly error?: string;
  readonly responseDate?: string;
}

/** A reply to ListRecords. An empty `token` ends a list that had pages before. */
export function oaiPage(papers: readonly OaiPaper[], options: OaiPageOptions = {}): string {
  const { token, cursor = 0, total, error, responseDate = '2026-01-10T00:00:00Z' } = options;
  const resumption =
    token === undefined
      ? ''
      : `<resumptionToken cursor="${cursor}"${total === undefined ? '' : ` completeListSize="${total}"`}>${token}</resumptionToken>`;
  const body =
    error === undefined
      ? `<ListRecords>${papers.map(rawRecord).join('\n')}${resumption}</ListRecords>`
      : `<error code="${error}">As the test wants it</error>`;
  return `${xmlHead}<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<responseDate>${responseDate}</responseDate>
<request verb="ListRecords">http://replay.test/oai</request>
${body}
</OAI-PMH>`;
}

/** An answer of the query API with an invented paper for each id. */
export function queryFeed(ids: readonly string[]): string {
  const entries = ids.map(
    (id) => `<entry><id>http://arxiv.org/abs/${id}v1</id>
<updated>2026-01-05T00:00:00Z</updated><published>2026-01-05T00:00:00Z</published>
<title>Title of ${id}</title><summary>What ${id} is about.</summary><author><name>A. Author</name></author>
<arxiv:primary_category term="cs.LG"/><category term="cs.LG"/></entry>`,
  );
  return `${xmlHead}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">
<id>http://arxiv.org/api/invented</id><opensearch:totalResults>${ids.length}</opensearch:totalResults>
<opensearch:startIndex>0</opensearch:startIndex><opensearch:itemsPerPage>${ids.length}</opensearch:itemsPerPage>
${entries.join('\n')}
</feed>`;
}
