/** Pressure of the host with the change: the share of the last ten seconds in which some task, or every one, waited for CPU, memory or disk. */
'use client';

import { useMemo } from 'react';
import { TimeSeriesChart, type LineSeries } from '@/app/_ui/chart/time-series-chart';
import type { os } from '@/engine/twin';

const LINES: readonly { readonly key: keyof os.PressureSample; readonly label: string; readonly colour: string }[] = [
  { key: 'cpuSome', label: 'CPU some', colour: 'var(--series-1)' },
  { key: 'ioSome', label: 'I/O some', colour: 'var(--series-3)' },
  { key: 'ioFull', label: 'I/O full', colour: 'var(--series-4)' },
  { key: 'memorySome', label: 'memory some', colour: 'var(--series-5)' },
  { key: 'memoryFull', label: 'memory full', colour: 'var(--series-6)' },
];

type PressureChartProps = { readonly asItIs: os.HostPlay; readonly changed: os.HostPlay; readonly domain: readonly [number, number]; readonly cursor: number | null; readonly onCursor: (at: number) => void };

export function PressureChart({ asItIs, changed, ...shared }: PressureChartProps) {
  const lines = useMemo(() => [...LINES.slice(0, 1).map((line) => pressureLine(asItIs, line, true)), ...LINES.map((line) => pressureLine(changed, line, false))], [asItIs, changed]);
  return <TimeSeriesChart {...shared} title="Pressure, avg10" unit="%" fileName="host-pressure" summary="As /proc/pressure prints it. CPU full is zero for a whole host by definition." lines={lines} height={150} />;
}

const pressureLine = (play: os.HostPlay, { key, label, colour }: (typeof LINES)[number], ghost: boolean): LineSeries => ({ key: ghost ? `${key}-ghost` : key, label: ghost ? `${label} as it is` : label, colour, provenance: 'simulated', ghost, points: play.samples.map(({ atUs, pressure }) => [atUs / 1e6, pressure?.[key] ?? null] as const) });
