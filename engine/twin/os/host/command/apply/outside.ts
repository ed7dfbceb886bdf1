/** A value that the kernel would not take. */
import type { HostRefusal } from '../host-command';

export function outside(what: string, value: number, min: number, max: number): HostRefusal | null {
  return value >= min && value <= max ? null : { code: 'out-of-range', what, value, min, max };
}
