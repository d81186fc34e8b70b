// IDX, the format of MNIST and its kin: a magic number with the rank, the sizes, then bytes.
// https://web.archive.org/web/2023/http://yann.lecun.com/exdb/mnist/
import { LabError } from '../lab-error.ts';

export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

const bytesOfUnsigned = 0x08;

/**
 * @param bytes an IDX file of unsigned bytes
 * @param name for the error, such as the file's path
 * @throws LabError `damaged-file` when it is another format or its length is not what its sizes ask for
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const damaged = (what: string): LabError =>
    new LabError('damaged-file', `${name} ${what}: install its package again.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== bytesOfUnsigned)
    throw damaged('is not a file of unsigned bytes in IDX format');
  const rank = view.getUint8(3);
  const start = 4 + 4 * rank;
  if (rank === 0 || bytes.length < start) throw damaged('ends inside its header');
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  if (shape.reduce((product, size) => product * size, 1) !== bytes.length - start)
    throw damaged('has not the length that its header says');
  return { shape, values: bytes.subarray(start) };
}
