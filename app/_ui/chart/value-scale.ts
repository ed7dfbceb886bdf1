/** The value axis that holds everything shown: from zero when linear, a little around the data when logarithmic. */
import { scaleLinear, scaleLog } from 'd3';
import type { Scale } from './axes';
import type { PlotArea } from './plot-area';
import type { BandSeries, LimitLine, LineSeries } from './series';

type Scaled = { readonly lines: readonly LineSeries[]; readonly bands: readonly BandSeries[]; readonly limits: readonly LimitLine[]; readonly domain: readonly [number, number]; readonly log: boolean; readonly most?: number | undefined };

export function valueScale({ lines, bands, limits, domain, log, most = Infinity }: Scaled, area: PlotArea): Scale {
  const inside = (x: number) => x >= domain[0] && x <= domain[1];
  const values = [...lines.flatMap((series) => series.points.map(([x, v]) => (inside(x) ? v : null))), ...bands.flatMap((band) => band.points.flatMap(([x, low, high]) => (inside(x) ? [low, high] : []))), ...limits.map((limit) => limit.value)];
  const range = [area.bottom, area.top];
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null || (log && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [log ? 1 : 0, log ? 10 : 1];
  if (log) return scaleLog([low / 1.2, Math.max(high * 1.2, low * 4)], range).clamp(true);
  return scaleLinear([Math.min(0, low), high > 0 ? Math.min(high * 1.05, Math.max(most, high)) : Math.min(1, most)], range).nice(4);
}
