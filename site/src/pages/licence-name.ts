// Licences by the names people know.

const creativeCommons = /^https?:\/\/creativecommons\.org\/(licenses|publicdomain)\/([a-z-]+)\/(\d\.\d)/;

/** The name of a licence given by its address or its name, as arXiv writes them. */
export function licenceName(licence: string): string {
  const [, kind, code, version] = creativeCommons.exec(licence) ?? [];
  if (code === 'zero') return `CC0 ${version} (public domain)`;
  if (kind === 'publicdomain') return 'Public domain';
  if (code !== undefined) return `CC ${code.toUpperCase()} ${version}`;
  if (/arxiv\.org\/licenses\/nonexclusive-distrib/.test(licence))
    return 'arXiv non-exclusive licence to distribute';
  if (/arxiv\.org\/licenses\/assumed/.test(licence)) return 'arXiv licence assumed (papers of 1991 to 2003)';
  return licence;
}
