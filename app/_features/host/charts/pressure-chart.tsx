/** Pressure of the host in both futures: the share of the last ten seconds in which some task, or every one, waited for CPU, memory or disk. */
'use client';

import { useMemo } from 'react';
import { TimeSeriesChart, type TimeMark } from '@/app/_ui/chart/time-series-chart';
import type { os } from '@/engine/twin';
import { futureLines } from './future-lines';
import type { HostFutures } from '../tried/use-host-futures';

const LINES: readonly { readonly key: keyof os.PressureSample; readonly label: string; readonly colour: string }[] = [
  { key: 'cpuSome', label: 'CPU some', colour: 'var(--series-1)' },
  { key: 'ioSome', label: 'I/O some', colour: 'var(--series-3)' },
  { key: 'ioFull', label: 'I/O full', colour: 'var(--series-4)' },
  { key: 'memorySome', label: 'memory some', colour: 'var(--series-5)' },
  { key: 'memoryFull', label: 'memory full', colour: 'var(--series-6)' },
];
/** What /proc/pressure prints two digits of. */
const LEAST_PERCENT = 0.01;

type PressureChartProps = HostFutures & { readonly domain: readonly [number, number]; readonly marks: readonly TimeMark[]; readonly cursor: number | null; readonly onCursor: (at: number) => void };

export function PressureChart({ asItIs, changed, ...shared }: PressureChartProps) {
  const [felt, calm] = useMemo(() => {
    const isFelt = ({ key }: (typeof LINES)[number]) => [asItIs, changed].some(({ samples }) => samples.some(({ pressure }) => (pressure?.[key] ?? 0) >= LEAST_PERCENT));
    return [LINES.filter(isFelt), LINES.filter((line) => !isFelt(line))];
  }, [asItIs, changed]);
  const lines = useMemo(() => felt.flatMap(({ key, label, colour }) => futureLines({ asItIs, changed }, { key, label, colour, points: ({ samples }) => samples.map(({ atUs, pressure }) => [atUs / 1e6, pressure?.[key] ?? null] as const) })), [felt, asItIs, changed]);
  const zero = calm.length === 0 ? '' : ` Always 0: ${calm.map(({ label }) => label).join(', ')}.`;
  return <TimeSeriesChart {...shared} title="Pressure, avg10" unit="%" fileName="host-pressure" summary={`As /proc/pressure prints it; CPU full is 0 for a whole host by definition.${zero}`} lines={lines} most={100} height={150} />;
}
