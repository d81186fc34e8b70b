// The OAI-PMH set of an arXiv category: sets are named by group, archive and category.

/** Archives that arXiv keeps in its group "physics"; every other archive is its own group. */
const physicsArchives = new Set([
  'astro-ph',
  'cond-mat',
  'gr-qc',
  'hep-ex',
  'hep-lat',
  'hep-ph',
  'hep-th',
  'math-ph',
  'nlin',
  'nucl-ex',
  'nucl-th',
  'physics',
  'quant-ph',
]);

/**
 * The set that holds a category, such as `cs:cs:LG` for `cs.LG`, or an archive, such as `cs` for `cs`.
 *
 * @see https://info.arxiv.org/help/oa/index.html
 */
export function oaiSetOf(category: string): string {
  const [archive = '', subject] = category.split('.');
  const isPhysics = physicsArchives.has(archive);
  if (subject === undefined) return isPhysics ? `physics:${archive}` : archive;
  return `${isPhysics ? 'physics' : archive}:${archive}:${subject}`;
}
