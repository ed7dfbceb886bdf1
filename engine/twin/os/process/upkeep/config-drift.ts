/** Configuration drift: what a host has against what it should have, key by key. */
export type Drift = { readonly key: string; readonly wanted: string | null; readonly found: string | null; readonly kind: 'changed' | 'missing' | 'extra' };

export function configDrift(wanted: Readonly<Record<string, string>>, found: Readonly<Record<string, string>>): readonly Drift[] {
  const keys = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0));
  return keys.flatMap((key): Drift[] => {
    const should = Object.hasOwn(wanted, key) ? wanted[key]! : null;
    const is = Object.hasOwn(found, key) ? found[key]! : null;
    if (should === is) return [];
    return [{ key, wanted: should, found: is, kind: should === null ? 'extra' : is === null ? 'missing' : 'changed' }];
  });
}
