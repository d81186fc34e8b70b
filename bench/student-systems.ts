// Students of the encoder as systems of an evaluation, each trained on the papers that it is then asked about.
import { type TrainingPaper, trainStaticEncoder } from '@offprint/lab';
import { type CollectionDocument, type Encoder, productSystem, type System } from '@offprint/search';

/** A student alone and fused with words; both share one training a collection. */
export function studentSystems(teacher: Encoder, cacheFolder: string): System[] {
  const trained = new WeakMap<readonly CollectionDocument[], Promise<Encoder>>();
  const studentOf = (documents: readonly CollectionDocument[]): Promise<Encoder> => {
    const training = trained.get(documents) ?? train(documents, teacher, cacheFolder);
    trained.set(documents, training);
    return training;
  };
  return (['meaning', 'hybrid'] as const).map((mode) => ({
    name: mode === 'meaning' ? 'student' : 'student+words',
    version: `trained by ${teacher.fingerprint}`,
    prepare: async (corpus, progress) =>
      productSystem(mode, mode, false, await studentOf(corpus.documents)).prepare(corpus, progress),
  }));
}

async function train(
  documents: readonly CollectionDocument[],
  teacher: Encoder,
  cacheFolder: string,
): Promise<Encoder> {
  const papers = documents.map(({ id, title, text }): TrainingPaper => ({ id, title, abstract: text }));
  const { encoder } = await trainStaticEncoder({ papers, teacher, arm: {}, cacheFolder });
  return encoder;
}
