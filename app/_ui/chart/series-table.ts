/** The data of a time plot as rows: one row per instant, one column per line, two per band. */
import type { ExportData } from '../export/export-menu';
import type { BandSeries, LineSeries } from './series';

export function seriesTable(lines: readonly LineSeries[], bands: readonly BandSeries[], unit: string): ExportData {
  const columns: { readonly name: string; readonly at: Map<number, number | null> }[] = [
    ...lines.map((series) => ({ name: `${series.label} ${unit}`, at: new Map(series.points) })),
    ...bands.flatMap((band) => [
      { name: `${band.label} lower ${unit}`, at: new Map(band.points.map(([x, low]) => [x, low] as const)) },
      { name: `${band.label} upper ${unit}`, at: new Map(band.points.map(([x, , high]) => [x, high] as const)) },
    ]),
  ];
  const instants = [...new Set(columns.flatMap((column) => [...column.at.keys()]))].sort((a, b) => a - b);
  return { header: ['seconds', ...columns.map((column) => column.name)], rows: instants.map((x) => [x, ...columns.map((column) => column.at.get(x) ?? null)]) };
}
