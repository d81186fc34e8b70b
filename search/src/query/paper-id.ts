// Recognises a paper's id in what a person typed, so that `id:` takes any spelling of it.

const modern = /^\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}$/;
const old = /^([a-z]+(?:-[a-z]+)*)(?:\.[a-z]{2})?\/(\d{2}(?:0[1-9]|1[0-2])\d{3})$/i;
const otherSource = /^[a-z][a-z0-9-]{0,30}:[A-Za-z0-9][A-Za-z0-9._/-]{0,95}$/;
const address = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*(?:arxiv|alphaxiv|huggingface)\.[a-z]{2,3}\/[a-z-]+\//i;

/**
 * The id of the paper that the whole of a text names: an arXiv id without its version (`2502.19712v2`,
 * `arXiv:hep-th/9901001`, an address on arXiv), or an id of another source, `source:key`, as it stands.
 *
 * @returns `undefined` when the text names no paper.
 * @see https://info.arxiv.org/help/arxiv_identifier.html
 */
export function paperIdIn(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 200) return undefined;
  const bare = trimmed
    .replace(address, '')
    .replace(/^(?:https?:\/\/)?(?:dx\.)?doi\.org\//i, '')
    .replace(/^10\.48550\//, '')
    .replace(/^arxiv[:.]\s*/i, '')
    .replace(/[?#].*$/, '')
    .replace(/\.pdf$/i, '')
    .replace(/v[1-9]\d{0,3}$/i, '');
  if (modern.test(bare)) return bare;
  const parts = old.exec(bare);
  if (parts !== null) return `${parts[1]?.toLowerCase()}/${parts[2]}`;
  return otherSource.test(trimmed) && !/^https?:/i.test(trimmed) ? trimmed : undefined;
}
