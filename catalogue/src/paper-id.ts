// Paper ids: every way people write an arXiv id leads to one paper.

/** An arXiv id taken apart. `id` carries no version. */
export interface ArxivId {
  readonly id: string;
  readonly version: number | undefined;
}

const newScheme = /^(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})$/;
const oldScheme = /^([a-z]+(?:-[a-z]+)*)(\.[A-Za-z]{2})?\/(\d{2})(0[1-9]|1[0-2])(\d{3})$/;

/**
 * Reads an arXiv identifier however it is written: `2406.08607`, `2406.08607v2`, `arXiv:2406.08607`,
 * `hep-th/9901001`, `math.GT/0309136v1`, `oai:arXiv.org:…`, a DOI `10.48550/arXiv.…`, or an `abs`, `pdf`,
 * `html`, `format`, `e-print` or `src` address on arXiv, alphaXiv or a Hugging Face papers page.
 * The subject class of an old id (`.GT`) is not part of the id and is dropped.
 *
 * @returns the id without version, or `undefined` when the text is not an arXiv id.
 * @see https://info.arxiv.org/help/arxiv_identifier.html
 */
export function parseArxivId(text: string): ArxivId | undefined {
  let rest = text.trim();
  if (rest.length > 300) return undefined;
  rest = rest.replace(/^<|>$/g, '');
  rest = rest.replace(
    /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)*(?:arxiv\.org|alphaxiv\.org|huggingface\.co)\/(?:abs|pdf|html|format|e-print|src|ps|papers|overview)\//i,
    '',
  );
  rest = rest.replace(/^(?:https?:\/\/)?(?:dx\.)?(?:doi\.org\/)?10\.48550\//i, '');
  rest = rest.replace(/^oai:arxiv\.org:/i, '').replace(/^arxiv[:.]\s*/i, '');
  rest = rest
    .replace(/[?#].*$/, '')
    .replace(/\.(?:pdf|md|html|ps|ps\.gz)$/i, '')
    .replace(/\/$/, '');
  const versioned = /^(.*?)v([1-9]\d{0,3})$/.exec(rest);
  const bare = versioned?.[1] ?? rest;
  const version = versioned?.[2] === undefined ? undefined : Number(versioned[2]);
  const modern = newScheme.exec(bare);
  if (modern) {
    // Five digits since January 2015, four before it.
    const digits = (modern[3] ?? '').length;
    const fiveDigits = Number(modern[1]) >= 15 && Number(modern[1]) < 91;
    return digits === (fiveDigits ? 5 : 4) ? { id: bare, version } : undefined;
  }
  const old = oldScheme.exec(bare);
  if (old) return { id: `${old[1]}/${old[3]}${old[4]}${old[5]}`, version };
  return undefined;
}

/**
 * The catalogue's id for whatever a person or program typed: an arXiv id in any spelling, or an id of the
 * form `source:key` as it stands.
 *
 * @returns `undefined` when the text can be no paper's id.
 */
export function parsePaperId(text: string): string | undefined {
  const arxiv = parseArxivId(text);
  if (arxiv) return arxiv.id;
  const trimmed = text.trim();
  return /^[a-z][a-z0-9-]{0,30}:[A-Za-z0-9][A-Za-z0-9._/-]{0,95}$/.test(trimmed) ? trimmed : undefined;
}

/** Whether an id of the catalogue is an arXiv id. */
export function isArxivId(paperId: string): boolean {
  return newScheme.test(paperId) || oldScheme.test(paperId);
}
