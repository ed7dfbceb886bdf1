/**
 * Whether an answer is what a fact expects: integers exactly, fractions to 1e-9 relative unless the fact
 * names its own tolerance (`relTol`). Keys the answer has beyond the expected ones are not looked at.
 */
const DEFAULT_TOLERANCE = 1e-9;
/** What an older release said, kept beside the current value. */
const OLD_VALUE = /_k8s_\d+_\d+$/;

/** The first difference as a sentence, or null. */
export function differenceOf(expected: unknown, got: unknown, tolerance = toleranceOf(expected), path = ''): string | null {
  if (typeof expected === 'number' && typeof got === 'number') return closeEnough(expected, got, tolerance) ? null : differs(path, expected, got);
  if (Array.isArray(expected)) return Array.isArray(got) ? listDifference(expected, got, tolerance, path) : differs(path, expected, got);
  if (isRecord(expected)) return isRecord(got) ? recordDifference(expected, got, tolerance, path) : differs(path, expected, got);
  return expected === got ? null : differs(path, expected, got);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

function toleranceOf(expected: unknown): number | null {
  return isRecord(expected) && typeof expected['relTol'] === 'number' ? expected['relTol'] : null;
}

function closeEnough(expected: number, got: number, tolerance: number | null): boolean {
  if (tolerance === null && Number.isInteger(expected)) return expected === got;
  return Math.abs(expected - got) <= (tolerance ?? DEFAULT_TOLERANCE) * Math.max(Math.abs(expected), Math.abs(got));
}

function listDifference(expected: readonly unknown[], got: readonly unknown[], tolerance: number | null, path: string): string | null {
  if (expected.length !== got.length) return differs(path, expected, got);
  for (let i = 0; i < expected.length; i += 1) {
    const difference = differenceOf(expected[i], got[i], tolerance, `${path}[${i}]`);
    if (difference !== null) return difference;
  }
  return null;
}

function recordDifference(expected: Readonly<Record<string, unknown>>, got: Readonly<Record<string, unknown>>, tolerance: number | null, path: string): string | null {
  for (const key of Object.keys(expected)) {
    if (key === 'relTol' || OLD_VALUE.test(key)) continue;
    const difference = differenceOf(expected[key], got[key], tolerance, path === '' ? key : `${path}.${key}`);
    if (difference !== null) return difference;
  }
  return null;
}

const differs = (path: string, expected: unknown, got: unknown) => `${path === '' ? 'answer' : path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`;
