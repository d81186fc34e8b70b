// A data set as one safetensors file and back, so that a browser loads it as the server has it, to the last bit.
import { decodeSafetensors, encodeSafetensors, SafetensorsError, type Tensor } from '@offprint/methods';
import { LabError } from '../lab-error.ts';
import type { DataSetName, DataSets } from './data-sets.ts';
import type { ImageSet, LabelledImages } from './image-set.ts';
import type { LossCurve } from './loss-curves.ts';
import type { Table } from './table.ts';
import type { TextSet } from './text-set.ts';

type Tensors = Readonly<Record<string, Tensor<ArrayBufferLike>>>;

/** The tensors of one kind of data set, and the data set of its tensors. */
interface Packing<Value> {
  pack(value: Value): Tensors;
  unpack(tensors: Tensors): Value;
}

const images: Packing<ImageSet> = {
  pack: ({ train, test, height, width, classes }) => ({
    'train.images': u8(train.images, train.count, height, width),
    'train.labels': u8(train.labels, train.count),
    'test.images': u8(test.images, test.count, height, width),
    'test.labels': u8(test.labels, test.count),
    classes: f64([classes]),
  }),
  unpack: (tensors) => {
    const half = (name: string): LabelledImages => {
      const labels = bytesOf(tensors, `${name}.labels`);
      return { images: bytesOf(tensors, `${name}.images`), labels, count: labels.length };
    };
    const [, height = 0, width = 0] = tensors['train.images']?.shape ?? [];
    const [classes = 0] = numbersOf(tensors, 'classes');
    return { train: half('train'), test: half('test'), height, width, classes };
  },
};

const text: Packing<TextSet> = {
  pack: (set) => {
    const bytes = new TextEncoder().encode(set.text);
    return { text: u8(bytes, bytes.length) };
  },
  unpack: (tensors) => ({ text: new TextDecoder().decode(bytesOf(tensors, 'text')) }),
};

/** A curve's name is its place, size and schedule, which puts the curves back into their order. */
const lossCurves: Packing<readonly LossCurve[]> = {
  pack: (curves) =>
    Object.fromEntries(
      curves.flatMap(({ millions, schedule, steps, losses }, i) => {
        const name = `${String(i).padStart(3, '0')} ${millions} ${schedule}`;
        return [
          [`${name}/steps`, f64(steps)],
          [`${name}/losses`, f64(losses)],
        ];
      }),
    ),
  unpack: (tensors) =>
    Object.keys(tensors)
      .filter((name) => name.endsWith('/steps'))
      .sort()
      .map((name) => {
        const curve = name.slice(0, -'/steps'.length);
        const [, millions = '', ...schedule] = curve.split(' ');
        return {
          millions: Number(millions),
          schedule: schedule.join(' '),
          steps: [...numbersOf(tensors, name)],
          losses: [...numbersOf(tensors, `${curve}/losses`)],
        };
      }),
};

/** The order of columns is part of a table: it stands before each name. */
const table: Packing<Table> = {
  pack: ({ columns }) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, values], i) => [
        `${String(i).padStart(4, '0')} ${name}`,
        f64(values),
      ]),
    ),
  unpack: (tensors) => {
    const columns = Object.keys(tensors)
      .sort()
      .map((name): [string, Float64Array] => [name.slice(5), numbersOf(tensors, name)]);
    return { rows: columns[0]?.[1].length ?? 0, columns: Object.fromEntries(columns) };
  },
};

const packings: { readonly [Name in DataSetName]: Packing<DataSets[Name]> } = {
  mnist: images,
  'fashion-mnist': images,
  'moby-dick': text,
  'loss-curves': lossCurves,
  support: table,
};

/** @returns the bytes of a safetensors file; the same data set gives the same bytes */
export function packDataSet<Name extends DataSetName>(
  name: Name,
  value: DataSets[Name],
): Uint8Array<ArrayBuffer> {
  return encodeSafetensors(packings[name].pack(value), { 'data-set': name });
}

/** @throws LabError `damaged-file` when the bytes are not that data set, whole */
export function unpackDataSet<Name extends DataSetName>(name: Name, bytes: Uint8Array): DataSets[Name] {
  const damaged = (cause?: unknown): LabError =>
    new LabError('damaged-file', `The data set ${name} did not arrive whole: load it again.`, { cause });
  try {
    const { tensors, metadata } = decodeSafetensors(bytes);
    if (metadata['data-set'] !== name) throw damaged();
    return packings[name].unpack(tensors);
  } catch (error) {
    throw error instanceof SafetensorsError ? damaged(error) : error;
  }
}

function u8(data: Uint8Array, ...shape: number[]): Tensor<ArrayBufferLike> {
  return { dtype: 'U8', shape, data };
}

function f64(numbers: ArrayLike<number>): Tensor<ArrayBufferLike> {
  return { dtype: 'F64', shape: [numbers.length], data: Float64Array.from(numbers) };
}

function bytesOf(tensors: Tensors, name: string): Uint8Array {
  const tensor = tensors[name];
  if (tensor?.dtype === 'U8') return tensor.data;
  throw new LabError('damaged-file', `The data set lacks its part "${name}": load it again.`);
}

function numbersOf(tensors: Tensors, name: string): Float64Array {
  const tensor = tensors[name];
  if (tensor?.dtype === 'F64') return tensor.data;
  throw new LabError('damaged-file', `The data set lacks its part "${name}": load it again.`);
}
