/** Cost and return: what the history cost, what is idle, and what giving back a node would save after its risk. */
'use client';

import { useState } from 'react';
import { DEMO_SOURCE } from '@/app/_lib/sql/load-source';
import { TextField } from '@/app/_ui/field';
import { Notice } from '@/app/_ui/notice';
import { formatNumber } from '@/app/_ui/number-format';
import { Panel } from '@/app/_ui/panel';
import { BarList, Card } from '@/app/_ui/tremor/tremor';
import { returnOn, savingsOf, HOURS_PER_MONTH } from '@/engine/cost';
import { shop } from '@/scenarios/shop';
import { SourceField } from './source-field';
import { SqlNote } from './sql-note';
import { useReport } from './use-report';
import { useSource } from './use-source';

const BUCKET_SECONDS = 120;

export function CostTab() {
  const source = useSource(DEMO_SOURCE.id);
  const { loaded } = source;
  const cost = useReport('cost-over-time', loaded === null ? null : { runId: loaded.id, bucketSeconds: BUCKET_SECONDS, entryService: loaded.entry });
  const headroom = useReport('capacity-headroom', loaded === null ? null : { runId: loaded.id });
  const rows = cost !== null && 'rows' in cost ? cost.rows : [];
  const hours = rows.reduce((sum, row) => sum + row.hours_priced, 0);
  const usd = rows.reduce((sum, row) => sum + (row.usd ?? 0), 0);
  const kwh = rows.reduce((sum, row) => sum + (row.kwh ?? 0), 0);
  const served = rows.reduce((sum, row) => sum + (row.requests_served ?? 0), 0);
  const perHour = hours === 0 ? null : usd / hours;
  const services = headroom !== null && 'rows' in headroom ? headroom.rows : [];
  return (
    <div className="grid gap-4">
      <SourceField state={source} />
      {cost !== null && 'problem' in cost ? <Notice tone="error" what="The cost could not be read" why={cost.problem} /> : null}
      {perHour === null ? <p className="text-ink-2">{loaded === null ? 'Reading.' : 'This history carries no prices.'}</p> : (
        <>
          <p className="text-lg">It costs ${formatNumber(perHour)} an hour, ${formatNumber(perHour * HOURS_PER_MONTH)} a month, ${formatNumber(served === 0 ? null : (usd / served) * 1e6)} per million requests.</p>
          <div className="grid gap-3 sm:grid-cols-3">
            <CostCard name="Per hour" value={`$${formatNumber(perHour)}`} note={`n ${formatNumber(hours * 3_600)} s priced`} />
            <CostCard name="Energy" value={kwh === 0 ? '–' : `${formatNumber((kwh / hours) * 1_000)} W`} note={kwh === 0 ? 'no power model for this history' : `${formatNumber(kwh * 1_000)} Wh over the history`} />
            <CostCard name="Requests served" value={formatNumber(served)} note={`by ${loaded?.entry ?? ''}`} />
          </div>
        </>
      )}
      <Panel title="CPU that services used" note="95th percentile over the seconds, in cores">
        <BarList data={services.filter((row) => row.cpu_cores_p95 !== null).map((row) => ({ name: row.service, value: row.cpu_cores_p95 ?? 0 }))} valueFormatter={(value: number) => `${formatNumber(value)} cores`} />
      </Panel>
      <GiveBack />
      {cost !== null && 'sql' in cost ? <SqlNote sql={cost.sql} /> : null}
    </div>
  );
}

function CostCard({ name, value, note }: { readonly name: string; readonly value: string; readonly note: string }) {
  return (
    <Card className="border border-line p-3 ring-0">
      <p className="text-sm text-ink-2">{name}</p>
      <p className="text-2xl font-medium">{value}</p>
      <p className="text-sm text-ink-3">{note}</p>
    </Card>
  );
}

/** Savings minus risk: what giving nodes of the demo world back would return. */
function GiveBack() {
  const [nodes, setNodes] = useState('2');
  const [effort, setEffort] = useState('10');
  const [risk, setRisk] = useState('0.02');
  const count = Number(nodes);
  const priced = shop.nodes.map((node) => ({ node: node.name, microUsdPerHour: Math.round(node.usdPerHour * 1e6) }));
  const valid = Number.isInteger(count) && count >= 0 && count <= priced.length && Number(effort) >= 0 && Number(risk) >= 0;
  const saving = savingsOf(priced, priced.slice(0, valid ? priced.length - count : priced.length));
  const micro = (usd: string) => (valid ? Math.round(Number(usd) * 1e6) : 0);
  const back = returnOn({ savedPerHour: saving.savedPerHour, oneOff: micro(effort), horizonHours: HOURS_PER_MONTH * 12, riskPerHour: micro(risk) });
  return (
    <Panel title="Give nodes of the demo world back" note="saving minus effort and risk, over twelve months">
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
        <TextField label="Nodes given back" inputMode="numeric" value={nodes} error={valid ? null : `0 to ${priced.length} nodes, costs of 0 or more`} onChange={(event) => setNodes(event.target.value)} />
        <TextField label="Effort, once" unit="$" inputMode="decimal" value={effort} onChange={(event) => setEffort(event.target.value)} />
        <TextField label="Risk it adds" unit="$/h" inputMode="decimal" value={risk} onChange={(event) => setRisk(event.target.value)} />
      </div>
      <p className="mt-3">
        Saves ${formatNumber(saving.savedPerHour / 1e6)} of ${formatNumber(saving.spendPerHour / 1e6)} an hour; after effort and risk ${formatNumber(back.net / 1e6)} in a year{back.paybackHours === null ? ', and it never pays back' : `, paid back after ${formatNumber(back.paybackHours / 24)} days`}. A node that stays saves nothing.
      </p>
    </Panel>
  );
}
