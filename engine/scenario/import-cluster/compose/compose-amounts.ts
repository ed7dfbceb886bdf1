/**
 * Amounts as Compose writes them: bytes with b, k, m, g (and kb, mb, gb), powers of 1024; CPUs as decimal
 * numbers; durations such as 1m30s. Text may still hold `${NAME:-default}`; the default is taken then.
 */
const BYTES = /^(\d{1,15})(?:\.(\d{1,6}))?\s*(b|k|kb|m|mb|g|gb|t|tb)?$/i;
const UNIT: Readonly<Record<string, number>> = { b: 1, k: 1_024, m: 1_024 * 1_024, g: 1_024 * 1_024 * 1_024, t: 1_024 * 1_024 * 1_024 * 1_024 };
const DURATION = /^(?:(\d{1,6})h)?(?:(\d{1,6})m(?!s))?(?:(\d{1,9}(?:\.\d{1,6})?)s)?(?:(\d{1,9})ms)?(?:(\d{1,9})us)?$/;
const DEFAULTED = /^\$\{[A-Za-z_][A-Za-z0-9_]*:?-([^${}]*)\}$/;
const CPUS_MAX = 10_000;

export function withDefault(value: unknown): unknown {
  const match = typeof value === 'string' ? DEFAULTED.exec(value) : null;
  return match === null ? value : match[1];
}

/** Null when it is no amount of bytes. */
export function composeBytes(raw: unknown): number | null {
  const value = withDefault(raw);
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : null;
  const match = typeof value === 'string' ? BYTES.exec(value.trim()) : null;
  if (match === null) return null;
  const bytes = Math.round(Number(`${match[1]}.${match[2] ?? '0'}`) * UNIT[(match[3] ?? 'b')[0]!.toLowerCase()]!);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** Millicores; null when it is no number of CPUs. */
export function composeMillicores(raw: unknown): number | null {
  const value = withDefault(raw);
  const cpus = typeof value === 'number' ? value : typeof value === 'string' && /^\d{1,6}(\.\d{1,9})?$/.test(value.trim()) ? Number(value) : NaN;
  return cpus >= 0 && cpus <= CPUS_MAX ? Math.round(cpus * 1_000) : null;
}

export function composeCount(raw: unknown): number | null {
  const value = withDefault(raw);
  const count = typeof value === 'string' && /^\d{1,6}$/.test(value.trim()) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 && count <= 10_000 ? count : null;
}

/** Whole seconds, rounded up; null when it is no duration. */
export function composeSeconds(raw: unknown): number | null {
  const value = withDefault(raw);
  const match = typeof value === 'string' && value.trim() !== '' ? DURATION.exec(value.trim()) : null;
  if (match === null) return null;
  const [hours, minutes, seconds, millis, micros] = match.slice(1, 6).map((part) => Number(part ?? 0)) as [number, number, number, number, number];
  return Math.ceil(hours * 3_600 + minutes * 60 + seconds + millis / 1e3 + micros / 1e6);
}
