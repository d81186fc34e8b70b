// The OAI-PMH protocol: how requests are spelt and replies are read, whatever metadata they carry.
import { OffprintError } from '@offprint/catalogue';
import { childrenNamed, childText, readXmlElements, type XmlElement } from './xml-elements.ts';

export type OaiErrorCode =
  | 'badArgument'
  | 'badResumptionToken'
  | 'badVerb'
  | 'cannotDisseminateFormat'
  | 'idDoesNotExist'
  | 'noRecordsMatch'
  | 'noMetadataFormats'
  | 'noSetHierarchy'
  | 'unknown';

const errorCodes: readonly OaiErrorCode[] = [
  'badArgument',
  'badResumptionToken',
  'badVerb',
  'cannotDisseminateFormat',
  'idDoesNotExist',
  'noRecordsMatch',
  'noMetadataFormats',
  'noSetHierarchy',
];

export interface OaiHeader {
  readonly identifier: string;
  /** As the repository writes it: a date, or an instant. */
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly sets: readonly string[];
}

export interface OaiToken {
  /** Empty on the last page of a list. */
  readonly token: string;
  readonly cursor: number | undefined;
  readonly completeListSize: number | undefined;
}

/** What a reply holds, in document order. */
export type OaiEvent =
  | { readonly kind: 'response-date'; readonly at: string }
  | { readonly kind: 'record'; readonly header: OaiHeader; readonly metadata: XmlElement | undefined }
  | { readonly kind: 'token'; readonly token: OaiToken }
  | { readonly kind: 'error'; readonly code: OaiErrorCode; readonly message: string }
  | { readonly kind: 'identify'; readonly repository: OaiRepository };

export interface OaiRepository {
  readonly name: string;
  readonly earliestDatestamp: string;
  readonly deletedRecord: string;
  readonly granularity: string;
}

export interface OaiListArguments {
  readonly metadataPrefix: string;
  readonly set?: string | undefined;
  /** Datestamps, both included. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

function address(base: string, fields: Readonly<Record<string, string | undefined>>): string {
  const url = URL.parse(base);
  if (url === null)
    throw new OffprintError(
      'bad-input',
      `${base.slice(0, 200)} is not the address of an OAI-PMH repository.`,
      {
        field: 'base',
      },
    );
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

export const identifyAddress = (base: string): string => address(base, { verb: 'Identify' });

/** A resumption token is an exclusive argument: nothing else goes with it. */
export function listRecordsAddress(
  base: string,
  list: OaiListArguments | { readonly token: string },
): string {
  return address(
    base,
    'token' in list
      ? { verb: 'ListRecords', resumptionToken: list.token }
      : {
          verb: 'ListRecords',
          metadataPrefix: list.metadataPrefix,
          set: list.set,
          from: list.from,
          until: list.until,
        },
  );
}

export const getRecordAddress = (base: string, identifier: string, metadataPrefix: string): string =>
  address(base, { verb: 'GetRecord', identifier, metadataPrefix });

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;

function readHeader(record: XmlElement): OaiHeader | undefined {
  const header = record.children.find((child) => child.name === 'header');
  if (header === undefined) return undefined;
  return {
    identifier: childText(header, 'identifier') ?? '',
    datestamp: childText(header, 'datestamp') ?? '',
    deleted: header.attributes.get('status') === 'deleted',
    sets: childrenNamed(header, 'setSpec').map((set) => set.text.trim()),
  };
}

/**
 * Reads one OAI-PMH reply as a stream.
 *
 * @throws OffprintError `upstream` when the reply is not OAI-PMH; see `readXmlElements` for the rest.
 * @see https://www.openarchives.org/OAI/openarchivesprotocol.html
 */
export async function* readOaiReply(
  bytes: AsyncIterable<Uint8Array>,
  charset?: string,
): AsyncGenerator<OaiEvent> {
  // Some repositories answer GetRecord with the bare record.
  const roots = new Set(['OAI-PMH', 'record']);
  const names = new Set(['responseDate', 'record', 'resumptionToken', 'error', 'Identify']);
  let understood = false;
  for await (const element of readXmlElements(bytes, { roots, names, charset })) {
    if (element.name === 'responseDate') {
      understood = true;
      yield { kind: 'response-date', at: element.text.trim() };
    } else if (element.name === 'record') {
      const header = readHeader(element);
      if (header === undefined) continue;
      understood = true;
      const metadata = element.children.find((child) => child.name === 'metadata')?.children[0];
      yield { kind: 'record', header, metadata };
    } else if (element.name === 'resumptionToken') {
      yield {
        kind: 'token',
        token: {
          token: element.text.trim(),
          cursor: count(element.attributes.get('cursor')),
          completeListSize: count(element.attributes.get('completeListSize')),
        },
      };
    } else if (element.name === 'error') {
      understood = true;
      const named = element.attributes.get('code');
      yield {
        kind: 'error',
        code: errorCodes.find((code) => code === named) ?? 'unknown',
        message: element.text.trim().slice(0, 300) || (named ?? 'no reason given'),
      };
    } else {
      understood = true;
      yield {
        kind: 'identify',
        repository: {
          name: childText(element, 'repositoryName') ?? '',
          earliestDatestamp: childText(element, 'earliestDatestamp') ?? '',
          deletedRecord: childText(element, 'deletedRecord') ?? 'no',
          granularity: childText(element, 'granularity') ?? 'YYYY-MM-DD',
        },
      };
    }
  }
  if (!understood)
    throw new OffprintError('upstream', 'The reply is XML but not OAI-PMH: check the repository address.');
}
