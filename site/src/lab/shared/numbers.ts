// Numbers of the lab as people read them: digits, powers of ten, durations, sizes.

/** Written with a power of ten. */
export const isFar = (size: number): boolean => size !== 0 && (size < 1e-4 || size >= 1e7);

/** Three significant digits, or as many decimals as are asked for; what is no number is said in words. */
export function digitsText(value: number, decimals?: number): string {
  if (Number.isNaN(value)) return 'no number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (decimals === undefined && isFar(size)) return powerText(value.toExponential(2).replace(/\.?0+e/, 'e'));
  const text = value.toLocaleString(
    'en-US',
    decimals === undefined
      ? { maximumSignificantDigits: size >= 1000 ? 5 : 3 }
      : { minimumFractionDigits: decimals, maximumFractionDigits: decimals },
  );
  return text.replace(/^-(?=.*[1-9])/, '−').replace(/^-/, '');
}

const raised: Readonly<Record<string, string>> = Object.fromEntries(
  [...'-0123456789'].map((digit, i) => [digit, [...'⁻⁰¹²³⁴⁵⁶⁷⁸⁹'][i] ?? digit]),
);

/** `1.5e-7` as people write it: `1.5 × 10⁻⁷`. */
function powerText(text: string): string {
  const [digits = '', power = ''] = text.replace('e+', 'e').replace(/^-/, '−').split('e');
  const ten = `10${[...power].map((digit) => raised[digit] ?? digit).join('')}`;
  return digits === '1' ? ten : `${digits} × ${ten}`;
}

/** The numbers in a sentence that code has written, as people write them: real minus signs, powers of ten. */
export function sentenceText(sentence: string): string {
  return sentence
    .replace(/(?<![\w.])\d+(?:\.\d+)?e[+-]?\d+(?!\w)/g, powerText)
    .replace(/(?<=^|[\s[(])-(?=[\d.])/g, '−');
}

/** A unit after its number. */
export const unitText = (unit: string | undefined): string =>
  unit === undefined || unit === '' ? '' : ` ${unit}`;

/** A value as it stands beside its slider: four digits and its unit. */
export function valueText(value: number, unit: string | undefined): string {
  const size = Math.abs(value);
  const text =
    size !== 0 && size < 1e-6
      ? powerText(value.toExponential(2).replace(/\.?0+e/, 'e'))
      : value.toLocaleString('en-US', {
          maximumSignificantDigits: 4,
          ...(size >= 1e6 ? { notation: 'compact' as const } : {}),
        });
  return `${text.replace(/^-/, '−')}${unitText(unit)}`;
}

/** `0.4 s`, `12 s`, `3 min`, `1 h 20 min`. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return 'unknown';
  if (seconds < 10) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** `7.8 GiB`. */
export const memoryText = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
