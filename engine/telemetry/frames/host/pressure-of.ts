/** Pressure files of a host or a group as a sample. */
import type { PressureSample } from '../../host-sample';
import type { PressureWindow } from './host-window';

/** avg10 as printed, else the share of the window; null where neither was read. */
export function pressureOf({ printed, counted }: PressureWindow): PressureSample | null {
  if (printed.size === 0 && counted.size === 0) return null;
  const of = (key: keyof PressureSample) => printed.get(key) ?? counted.get(key) ?? null;
  return { cpuSome: of('cpuSome'), cpuFull: of('cpuFull'), memorySome: of('memorySome'), memoryFull: of('memoryFull'), ioSome: of('ioSome'), ioFull: of('ioFull') };
}
