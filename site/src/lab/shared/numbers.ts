// Numbers of the lab as people read them: measures with their intervals, durations, machines.

/** One number that a rule looked at, as it was stored or as it was just decided. */
export interface ShownFinding {
  readonly name: string;
  readonly estimate: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly unit?: string | undefined;
  readonly criterion?: string | undefined;
  readonly holds?: boolean | undefined;
}

/** Three significant digits; what is no number is said in words. */
export function measureText(value: number, unit?: string): string {
  return Number.isNaN(value) ? bareText(value) : `${bareText(value)}${unitText(unit)}`;
}

function bareText(value: number): string {
  if (Number.isNaN(value)) return 'no number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e7)
      ? value
          .toExponential(2)
          .replace(/\.?0+e/, 'e')
          .replace('e+', 'e')
      : value.toLocaleString('en-US', { maximumSignificantDigits: size >= 1000 ? 5 : 3 });
  return text.replace(/^-/, '−');
}

const unitText = (unit: string | undefined): string => (unit === undefined || unit === '' ? '' : ` ${unit}`);

/** `[0.1, 0.3] %`; undefined where the number is exact. */
export function intervalText({ low, high, unit }: ShownFinding): string | undefined {
  return low === undefined || high === undefined
    ? undefined
    : `[${bareText(low)}, ${bareText(high)}]${unitText(unit)}`;
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

/** The first number that the rule asks something of and that has an interval: the one to show large. */
export function mainFinding(findings: readonly ShownFinding[]): ShownFinding | undefined {
  return findings.find((finding) => finding.holds !== undefined && intervalText(finding) !== undefined);
}
