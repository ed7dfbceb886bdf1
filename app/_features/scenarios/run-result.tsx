/** What a run brought: the answer in a sentence, objectives, key figures, the lines, alarms, and the hash that reproduces it. */
'use client';

import { useMemo } from 'react';
import { formatCount } from '@/app/_lib/format/quantity';
import { useTimeCursor } from '@/app/_lib/time-line/time-line';
import { Badge } from '@/app/_ui/badge';
import { TimeSeriesChart } from '@/app/_ui/chart/time-series-chart';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import type { Alarm, RunReport, ScenarioSpec } from '@/engine/scenario';
import type { Frame, ServiceSample } from '@/engine/telemetry';
import { RunBill } from './run-bill';
import { RunModeLine } from './run-mode-line';
import { TrafficCharts } from './traffic-charts';

type RunResultProps = { readonly report: RunReport; readonly spec: ScenarioSpec; readonly wallMs: number; readonly cursor: number | null };

const SERIES = ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)', 'var(--series-5)', 'var(--series-6)'];

const pointsOf = (frames: readonly Frame[], service: string, of: (sample: ServiceSample) => number | null) =>
  frames.map((frame) => {
    const sample = frame.services.find((s) => s.service === service);
    return [frame.atUs / 1e6, sample === undefined ? null : of(sample)] as const;
  });

const ALARM_COLUMNS: readonly Column<Alarm>[] = [
  { key: 'at', header: 'At', unit: 's', value: (alarm) => alarm.atSeconds, digits: 0 },
  { key: 'kind', header: 'What', value: (alarm) => alarm.kind },
  { key: 'subject', header: 'Where', value: (alarm) => alarm.subject },
  { key: 'detail', header: 'Detail', value: (alarm) => alarm.detail },
];

export function RunResult({ report, spec, wallMs, cursor }: RunResultProps) {
  const [, setCursor] = useTimeCursor();
  const domain = [0, report.simulatedSeconds] as const;
  const names = useMemo(() => spec.system.services.map((service) => service.name), [spec]);
  const latency = useMemo(() => [{ key: 'client', label: 'clients', colour: 'var(--ink)', provenance: 'simulated' as const, points: pointsOf(report.frames, 'client', (s) => (s.latencyP95Us === null ? null : s.latencyP95Us / 1e3)) }], [report]);
  const cpu = useMemo(() => names.map((name, i) => ({ key: name, label: name, colour: SERIES[i % SERIES.length]!, provenance: 'simulated' as const, points: pointsOf(report.frames, name, (s) => s.cpuCores) })), [report, names]);
  const missed = report.objectives.filter((objective) => !objective.met);
  const kpis = Object.entries(report.kpis).map(([name, kpi]) => ({ name, ...kpi }));
  return (
    <div className="grid gap-4">
      <p className="text-lg" data-testid="run-answer">
        {report.objectives.length === 0 ? 'The scenario states no objective.' : missed.length === 0 ? 'Every objective holds.' : `${missed.length} of ${report.objectives.length} objectives missed: ${missed.map((o) => `${o.title} (measured ${formatNumber(o.measured)})`).join('; ')}.`} {`${report.alarms.length} alarms, $${report.costUsd.toFixed(4)} spent${report.energyKwh === null ? '' : `, ${formatNumber(report.energyKwh)} kWh`}${report.carbonKg === null ? '' : `, ${formatNumber(report.carbonKg * 1_000)} g CO2e`}.`}
      </p>
      {report.mode === undefined ? null : <RunModeLine mode={report.mode} />}
      <ul aria-label="Objectives" className="flex flex-wrap gap-2">
        {report.objectives.map((objective) => (
          <li key={objective.title}>
            <Badge tone={objective.met ? 'good' : 'bad'}>
              {objective.title}: {formatNumber(objective.measured)}
            </Badge>
          </li>
        ))}
      </ul>
      <TimeSeriesChart title="p95 latency seen by clients" unit="ms" fileName={`${report.scenario}-latency`} domain={domain} lines={latency} cursor={cursor} onCursor={setCursor} log marks={(spec.faults ?? []).map((fault) => ({ at: fault.atSeconds, label: fault.kind }))} />
      <TimeSeriesChart title="CPU by service" unit="cores" fileName={`${report.scenario}-cpu`} domain={domain} lines={cpu} cursor={cursor} onCursor={setCursor} />
      <TrafficCharts frames={report.frames} fileName={report.scenario} domain={domain} cursor={cursor} onCursor={setCursor} />
      <div className="grid gap-4 xl:grid-cols-2">
        <Panel title="Key figures" note={`after ${spec.warmUpSeconds ?? 0} s of warm-up`}>
          <DataTable caption="Key figures of the run" columns={[{ key: 'name', header: 'Figure', value: (row) => row.name }, { key: 'value', header: 'Value', value: (row) => row.value }, { key: 'unit', header: 'Unit', value: (row) => row.unit }]} rows={kpis} rowKey={(row) => row.name} />
        </Panel>
        <Panel title="Alarms" note={`${report.alarms.length}`}>
          <DataTable caption="Alarms of the run" columns={ALARM_COLUMNS} rows={report.alarms} rowKey={(_, i) => String(i).padStart(5, '0')} rowsPerPage={40} empty={<p className="text-ink-2">Nothing raised an alarm.</p>} />
        </Panel>
      </div>
      {report.bill === undefined ? null : <RunBill bill={report.bill} />}
      <p className="text-sm text-ink-3">
        Seed {report.seed}, engine {report.engineVersion}, state hash <code data-testid="state-hash">{report.stateHash}</code>, {formatCount(report.events)} events in {formatNumber(wallMs / 1_000)} s. The same command gives the same hash anywhere.
      </p>
    </div>
  );
}
