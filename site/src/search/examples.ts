// The papers that others should be like, as someone wrote their ids.
import { type PaperCard, parsePaperId, readCards } from '@offprint/catalogue';
import { cleanText, clip } from '../maths/clean-text.ts';
import type { SiteDependencies } from '../site-dependencies.ts';

export interface Examples {
  readonly examples: readonly PaperCard[];
  /** As written, fit to be shown: what is no id, or that of a paper the catalogue does not hold. */
  readonly unknown: readonly string[];
}

/** The papers among some ids in any spelling, and the ids that lead to none. */
export async function readExamples(deps: SiteDependencies, like: readonly string[]): Promise<Examples> {
  const asked = like.map((written) => ({ written, id: parsePaperId(written) }));
  const ids = [...new Set(asked.flatMap(({ id }) => id ?? []))];
  const examples = await readCards(deps.db, ids);
  const held = new Set(examples.map(({ id }) => id));
  const unknown = asked
    .filter(({ id }) => id === undefined || !held.has(id))
    .map(({ written }) => clip(cleanText(written).replace(/\s+/g, ' '), 60));
  return { examples, unknown };
}
