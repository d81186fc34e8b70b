// Which encoder this installation searches with: the one that training adopted, or the one that came with it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OffprintError } from '@offprint/catalogue';
import type { EncoderSpec } from '@offprint/search';
import { z } from 'zod';
import type { Settings } from './settings.ts';

const adoptedSchema = z.object({ file: z.string().regex(/^[\w.-]+$/) });

/** Where trained encoders lie. */
export function encodersFolder(settings: Settings): string {
  return join(settings.dataFolder, 'encoders');
}

/** The file that names the encoder which `train-encoder` adopted. */
export function adoptedFile(settings: Settings): string {
  return join(encodersFolder(settings), 'adopted.json');
}

/**
 * The encoder to search with; undefined where search goes by words alone.
 *
 * @throws OffprintError `damaged-file` when what was adopted cannot be read.
 */
export async function encoderOf(settings: Settings): Promise<EncoderSpec | undefined> {
  if (settings.encoder === 'off') return undefined;
  if (settings.encoder === 'minilm') return { encoder: 'minilm' };
  let text: string;
  try {
    text = await readFile(adoptedFile(settings), 'utf8');
  } catch {
    return { encoder: 'minilm' };
  }
  const adopted = adoptedSchema.safeParse(parseJson(text));
  if (!adopted.success)
    throw new OffprintError(
      'damaged-file',
      `${adoptedFile(settings)} is damaged: delete it to search with the encoder that came with Offprint.`,
    );
  return { encoder: 'static', file: join(encodersFolder(settings), adopted.data.file) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
