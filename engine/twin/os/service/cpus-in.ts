import { cpusOfList } from '../cpu/lab';

/** CPUs of a list that the host has; all of them when that leaves none. */
export function cpusIn(list: string | undefined, cpus: number): number[] {
  const named = list === undefined ? [] : cpusOfList(list).filter((cpu) => cpu < cpus);
  return named.length > 0 ? named : Array.from({ length: cpus }, (_, cpu) => cpu);
}
