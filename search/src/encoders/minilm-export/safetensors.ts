// Reads weights from a safetensors file: a length, a JSON table of tensors, then their raw values.
// Format: https://huggingface.co/docs/safetensors
import { z } from 'zod';
import { SearchError } from '../../errors.ts';

/** A named array of weights, row-major. */
export interface Weights {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const tableSchema = z.record(
  z.string(),
  z.union([
    z.object({
      dtype: z.string(),
      shape: z.array(z.int().nonnegative()),
      data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
    }),
    z.record(z.string(), z.string()),
  ]),
);

/**
 * Reads one tensor after another from the bytes of a safetensors file.
 *
 * @returns a function from a tensor's name to its values, widened to 32 bits.
 * @throws SearchError `damaged-file` when the table or a tensor is not what the file claims.
 */
export function readSafetensors(file: Uint8Array): (name: string) => Weights {
  const damaged = (what: string, cause?: unknown): SearchError =>
    new SearchError(
      'damaged-file',
      `The weights are not a sound safetensors file (${what}); install the package again.`,
      {
        cause,
      },
    );
  if (file.byteLength < 8) throw damaged('too short');
  const tableBytes = Number(new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true));
  if (tableBytes > file.byteLength - 8) throw damaged('its table is cut');
  const table = parseTable(file.subarray(8, 8 + tableBytes), damaged);
  const data = file.subarray(8 + tableBytes);

  return (name) => {
    const entry = table[name];
    if (entry === undefined || !Array.isArray(entry.data_offsets) || typeof entry.dtype !== 'string')
      throw damaged(`no tensor ${name}`);
    const { dtype, shape, data_offsets } = tableSchema.valueType.options[0].parse(entry);
    const width = dtype === 'F16' ? 2 : dtype === 'F32' ? 4 : 0;
    if (width === 0) throw damaged(`${name} is of type ${dtype}`);
    const [begin, end] = data_offsets;
    const length = shape.reduce((product, size) => product * size, 1);
    if (end > data.byteLength || end - begin !== length * width) throw damaged(`${name} is cut`);
    // Copied, for a typed array must begin at a multiple of its element's width.
    const bytes = new Uint8Array(data.subarray(begin, end));
    const values =
      width === 2 ? new Float32Array(new Float16Array(bytes.buffer)) : new Float32Array(bytes.buffer);
    return { shape, values };
  };
}

function parseTable(
  bytes: Uint8Array,
  damaged: (what: string, cause?: unknown) => SearchError,
): z.infer<typeof tableSchema> {
  try {
    return tableSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw damaged('its table is unreadable', cause);
  }
}
