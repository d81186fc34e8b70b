// An OAI-PMH replay of fifty pages into the embedded PostgreSQL, beside Python's standard library only reading them.
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { oaiPage, reply, startReplayServer } from '@offprint/ingest/testing';
import { runOffprint, scratchFolder } from './offprint-process.ts';

const pages = 50;
const perPage = 1_000;

/** Fetches every page and parses it with ElementTree, storing nothing. */
const pythonHarvest = `
import sys, urllib.request, xml.etree.ElementTree as ET
oai = '{http://www.openarchives.org/OAI/2.0/}'
url, papers = sys.argv[1] + '?verb=ListRecords&metadataPrefix=arXivRaw', 0
while url:
    root = ET.fromstring(urllib.request.urlopen(url).read())
    papers += len(root.findall('.//' + oai + 'record'))
    token = root.find('.//' + oai + 'resumptionToken')
    url = sys.argv[1] + '?verb=ListRecords&resumptionToken=' + token.text if token is not None and token.text else None
print(papers)
`;

export async function benchOai(): Promise<void> {
  const folder = await scratchFolder();
  const bodies = Array.from({ length: pages }, (_, page) => {
    const papers = Array.from({ length: perPage }, (_, n) => ({
      id: `26${String((page % 12) + 1).padStart(2, '0')}.${String(page * perPage + n + 10_000).padStart(5, '0')}`,
      title: `Paper ${page * perPage + n}`,
      abstract: 'An abstract of about the usual length, which is a thousand characters. '.repeat(14),
    }));
    return oaiPage(papers, page + 1 < pages ? { token: String(page + 1) } : {});
  });
  const server = await startReplayServer((request, response, url) => {
    const token = Number(url.searchParams.get('resumptionToken') ?? 0);
    reply(bodies[token] ?? '', { 'content-type': 'text/xml; charset=utf-8' })(request, response, url);
  });
  try {
    const { seconds, peakBytes } = await runOffprint(['ingest', 'oai'], {
      OFFPRINT_DATA: join(folder, 'data'),
      OFFPRINT_ARXIV_OAI: `${server.origin}/oai`,
      OFFPRINT_ALLOW_HOSTS: server.host,
    });
    const ours = (pages * perPage) / seconds;
    process.stdout.write(
      `offprint ingest oai  ${ours.toFixed(0)} papers/s (${pages * perPage} in ${seconds.toFixed(1)} s, start included), peak ${(peakBytes / 1e6).toFixed(0)} MB\n`,
    );
    const start = performance.now();
    // Not synchronously: the replay server answers from this process.
    await new Promise<void>((resolve, reject) => {
      execFile('python3', ['-c', pythonHarvest, `${server.origin}/oai`], (error) =>
        error === null ? resolve() : reject(error),
      );
    });
    const theirs = (pages * perPage) / ((performance.now() - start) / 1000);
    process.stdout.write(
      `Python ElementTree   ${theirs.toFixed(0)} papers/s (fetched and parsed, nothing stored)\n`,
    );
    process.stdout.write(`ratio                ${(ours / theirs).toFixed(2)} × Python's reading alone\n`);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
