// arXivRaw, the OAI-PMH format with every version: its metadata as a paper record.

import { acceptRecord, type Parsed, refusal } from './accept-record.ts';
import { readArxivFields } from './arxiv-fields.ts';
import { splitAuthors } from './author-names.ts';
import { mailInstant } from './instants.ts';
import { childrenNamed, childText, type XmlElement } from './xml-elements.ts';

interface RawVersion {
  readonly number: number;
  readonly submittedAt: string | undefined;
  readonly sizeBytes: number | undefined;
  /** `source_type`: `I` says that the version was withdrawn and its files are to be ignored. */
  readonly ignored: boolean;
}

/** `123kb` in bytes; arXiv counts 1024 to the kilobyte. */
export function sizeInBytes(text: string | undefined): number | undefined {
  const match = /^(\d{1,10}(?:\.\d+)?)\s*(k|kb|m|mb|b)?$/i.exec(text ?? '');
  if (match === null) return undefined;
  const unit = (match[2] ?? 'b').toLowerCase();
  return Math.round(
    Number(match[1]) * (unit.startsWith('k') ? 1024 : unit.startsWith('m') ? 1024 * 1024 : 1),
  );
}

function readVersion(element: XmlElement): RawVersion | undefined {
  const number = /^v([1-9]\d{0,3})$/.exec(element.attributes.get('version') ?? '')?.[1];
  if (number === undefined) return undefined;
  return {
    number: Number(number),
    submittedAt: mailInstant(childText(element, 'date') ?? ''),
    sizeBytes: sizeInBytes(childText(element, 'size')),
    ignored: /I/.test(childText(element, 'source_type') ?? ''),
  };
}

/** An `arXivRaw` metadata element as a record, or why it cannot be one. */
export function readArxivRaw(metadata: XmlElement): Parsed {
  const { id, idText, isWithdrawn, told } = readArxivFields(metadata);
  if (id === undefined) return refusal(idText || 'a record', 'its id is not an arXiv id');
  const versions = childrenNamed(metadata, 'version')
    .flatMap((element) => readVersion(element) ?? [])
    .sort((a, b) => a.number - b.number)
    .filter((version, at, all) => version.number !== all[at - 1]?.number);
  const latest = versions.at(-1);
  const authors = splitAuthors(childText(metadata, 'authors') ?? '');
  return acceptRecord(
    {
      id,
      ...told,
      authors: authors.length === 0 ? undefined : authors,
      publishedAt: versions.find((version) => version.number === 1)?.submittedAt,
      updatedAt: latest?.submittedAt,
      withdrawn: latest?.ignored === true || isWithdrawn,
      versions:
        versions.length === 0
          ? undefined
          : versions.map(({ number, submittedAt, sizeBytes }) => ({ number, submittedAt, sizeBytes })),
    },
    id,
  );
}
