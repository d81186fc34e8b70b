// From an id as someone wrote it to the paper, or to the sentence that says why there is none.
import { isArxivId, OffprintError, type Paper, parsePaperId, readPaper } from '@offprint/catalogue';
import type { SiteDependencies } from '../site-dependencies.ts';
import { paperUrl } from './serialise.ts';

/**
 * Finds a paper by its id in any spelling, with or without version.
 *
 * @throws OffprintError `not-found`.
 */
export async function findPaper(deps: SiteDependencies, text: string): Promise<Paper> {
  const id = parsePaperId(text);
  if (id === undefined)
    throw new OffprintError(
      'not-found',
      'Paper not found: this is no paper id; write an arXiv id such as 2406.08607 or hep-th/9901001.',
      { field: 'id' },
    );
  const paper = await readPaper(deps.db, id);
  if (paper !== undefined) return paper;
  const hint = isArxivId(id) ? `; ask for it at ${paperUrl(deps.publicUrl, id)}` : '';
  throw new OffprintError('not-found', `Paper not found: this catalogue has no paper ${id}${hint}.`, {
    field: 'id',
  });
}
