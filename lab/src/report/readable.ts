// Numbers and times as people read them in a report.

/** Four significant digits, without an exponent where that is short; words for what is no number. */
export function readableNumber(value: number): string {
  if (Number.isNaN(value)) return 'no number';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e7)
      ? value.toExponential(3)
      : Number.isInteger(value)
        ? String(value)
        : size >= 1000
          ? value.toFixed(0)
          : String(Number(value.toPrecision(4)));
  return text.replace('-', '−');
}

/** `[low, high]`. */
export function readableInterval(low: number, high: number): string {
  return `[${readableNumber(low)}, ${readableNumber(high)}]`;
}

/** A time of which the last digit hardly matters: `8 s`, `3 min 20 s`, `2 h 05 min`. */
export function readableSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60)
    return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
