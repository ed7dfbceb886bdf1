/** One quantity in both futures: a dashed ghost as it is and a line with the change; where both are one, one line is enough. */
import type { LineSeries } from '@/app/_ui/chart/time-series-chart';
import type { os } from '@/engine/twin';
import type { HostFutures } from '../tried/use-host-futures';

type Quantity = { readonly key: string; readonly label: string; readonly colour: string; readonly points: (play: os.HostPlay) => LineSeries['points'] };

export function futureLines({ asItIs, changed }: HostFutures, { key, label, colour, points }: Quantity): LineSeries[] {
  const line = (play: os.HostPlay, ghost: boolean): LineSeries => ({ key: ghost ? `${key}-ghost` : key, label: ghost ? `${label} as it is` : label, colour, provenance: 'simulated', points: points(play), ghost });
  const [before, after] = [line(asItIs, true), line(changed, false)];
  const same = before.points.every(([, value], i) => value === after.points[i]?.[1]);
  return same ? [after] : [before, after];
}
