/**
 * Numbers for reading: three significant digits unless told otherwise, a true minus sign, a dash for
 * what was not measured. Locale-fixed, so a screenshot and a test read the same everywhere.
 */
export const NOT_MEASURED = '–';

const formats = new Map<string, Intl.NumberFormat>();

function formatWith(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat('en', options);
  formats.set(key, made);
  return made;
}

/** `digits`: fixed decimals; without it three significant digits, whole numbers from 100 up. */
export function formatNumber(value: number | null | undefined, digits?: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return NOT_MEASURED;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const options = digits !== undefined ? { minimumFractionDigits: digits, maximumFractionDigits: digits } : Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  const text = formatWith(options).format(value);
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text.replace('-', '−');
}

/** With its sign always shown: a difference. */
export function formatDelta(value: number | null | undefined, digits?: number): string {
  const text = formatNumber(value, digits);
  return value !== null && value !== undefined && value > 0 && /[1-9∞]/.test(text) ? `+${text}` : text;
}
