/** One line or one band of a time plot. A ghost is thin and dashed; a band is its texture between two hairlines. */
import { area as areaPath, line as linePath } from 'd3';
import type { Scale } from './axes';
import type { BandPoint, BandSeries, LineSeries } from './series';
import { thinOut, type Point } from './thin-out';

type LinePathProps = { readonly series: LineSeries; readonly x: Scale; readonly y: Scale; readonly columns: number; readonly floor: number; readonly texture: string | null };

export function LinePath({ series, x, y, columns, floor, texture }: LinePathProps) {
  const points = thinOut(series.points, columns);
  const defined = (point: Point) => point[1] !== null;
  const path = linePath<Point>().defined(defined).x(([at]) => x(at)).y(([, value]) => y(value ?? 0))(points) ?? '';
  const under = areaPath<Point>().defined(defined).x(([at]) => x(at)).y0(floor).y1(([, value]) => y(value ?? 0))(points) ?? '';
  return (
    <g opacity={series.provenance === 'forecast' ? 0.6 : 1}>
      {texture === null || series.ghost === true ? null : <path d={under} fill={texture} opacity={0.16} />}
      <path d={path} fill="none" stroke={series.colour} strokeWidth={series.ghost === true ? 1.25 : 1.75} strokeDasharray={series.ghost === true ? '4 3' : undefined} strokeLinejoin="round" />
      {series.provenance === 'live' ? points.map(([at, value]) => (value === null ? null : <circle key={at} cx={x(at)} cy={y(value)} r="1.75" fill={series.colour} />)) : null}
    </g>
  );
}

export function BandPath({ band, x, y, texture }: { readonly band: BandSeries; readonly x: Scale; readonly y: Scale; readonly texture: string }) {
  const present = (point: BandPoint) => point[1] !== null && point[2] !== null;
  const inside = areaPath<BandPoint>().defined(present).x(([at]) => x(at)).y0(([, low]) => y(low ?? 0)).y1(([, , high]) => y(high ?? 0))(band.points) ?? '';
  const edge = (index: 1 | 2) => linePath<BandPoint>().defined(present).x(([at]) => x(at)).y((point) => y(point[index] ?? 0))(band.points) ?? '';
  return (
    <g opacity={band.ghost === true ? 0.45 : 1}>
      <path d={inside} fill={texture} opacity={0.5} />
      <path d={edge(1)} fill="none" stroke={band.colour} strokeWidth="0.75" />
      <path d={edge(2)} fill="none" stroke={band.colour} strokeWidth="0.75" />
    </g>
  );
}
