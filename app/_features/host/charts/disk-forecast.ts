/** When the disk would be full, as known at the moment of the change: the growth until then, carried on, with its band. */
import type { BandSeries, LineSeries } from '@/app/_ui/chart/time-series-chart';
import { os } from '@/engine/twin';

const MIB = 1_048_576;

export type DiskForecast = { readonly line: LineSeries; readonly band: BandSeries };

/** Null without a disk, or where it does not grow. */
export function diskForecast({ samples }: os.HostPlay, atSeconds: number, end: number): DiskForecast | null {
  const before = samples.flatMap(({ atUs, disk }) => (disk === null || atUs > atSeconds * 1e6 ? [] : [{ atSeconds: atUs / 1e6, value: disk.usedBytes / MIB, room: (disk.usedBytes + disk.availableBytes) / MIB }]));
  const last = before.at(-1);
  const rate = os.findings.growth(before);
  if (last === undefined || rate === null || rate.perSecond <= 0) return null;
  const at = (seconds: number, perSecond: number) => Math.min(last.room, last.value + Math.max(0, perSecond) * (seconds - last.atSeconds));
  const steps = Array.from({ length: STEPS + 1 }, (_, i) => last.atSeconds + ((end - last.atSeconds) * i) / STEPS);
  return {
    line: { key: 'forecast', label: 'forecast', colour: 'var(--series-2)', provenance: 'forecast', points: steps.map((seconds) => [seconds, at(seconds, rate.perSecond)] as const) },
    band: { key: 'forecast-band', label: 'slowest to fastest growth seen', colour: 'var(--series-2)', provenance: 'forecast', points: steps.map((seconds) => [seconds, at(seconds, rate.slowest), at(seconds, rate.fastest)] as const) },
  };
}

const STEPS = 60;
