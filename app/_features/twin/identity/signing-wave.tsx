/**
 * The wave after an outage: every renewal that fell into it is asked for at once, and whoever signs (an HSM, a server) has
 * a rate. Closed form for renewals spread evenly, per length of the outage; and the queue as this world has lived it.
 */
'use client';

import { DataTable, type Column } from '@/app/_ui/data-table';
import { Panel } from '@/app/_ui/panel';
import { expiredShare, overdueShare, waveSeconds, type WorldIdentitySpec } from '@/engine/twin';

type Row = { readonly minutes: number; readonly overdue: number; readonly expired: number; readonly seconds: number };

const COLUMNS: readonly Column<Row>[] = [
  { key: 'minutes', header: 'Outage', unit: 'min', value: ({ minutes }) => minutes, digits: 1 },
  { key: 'overdue', header: 'Renewals waiting', value: ({ overdue }) => overdue, digits: 0 },
  { key: 'expired', header: 'Without a valid SVID', value: ({ expired }) => expired, digits: 0 },
  { key: 'seconds', header: 'All signed after', unit: 's', value: ({ seconds }) => seconds, digits: 1 },
];

/** Of an SVID's life. */
const LENGTHS = [0.25, 0.5, 0.75, 1];

type SigningWaveProps = { readonly identity: WorldIdentitySpec; readonly workloads: number; readonly ttlSeconds: number };

export function SigningWave({ identity, workloads, ttlSeconds }: SigningWaveProps) {
  const rates = identity.servers.map((server) => server.signingsPerSecond);
  const limited = rates.every((rate) => rate !== undefined);
  if (!limited || ttlSeconds === 0) return <p className="text-ink-2">No limit is set on how fast the servers sign (signingsPerSecond), so renewals that an outage held back are signed at once when it ends.</p>;
  const perSecond = rates.reduce((sum, rate) => sum + rate, 0);
  const { renewAt } = identity;
  const rows = LENGTHS.map((share): Row => {
    const outage = share * ttlSeconds;
    return { minutes: outage / 60, overdue: workloads * overdueShare(outage, ttlSeconds, renewAt), expired: workloads * expiredShare(outage, ttlSeconds, renewAt), seconds: waveSeconds(workloads, outage, ttlSeconds, perSecond, renewAt) };
  });
  return (
    <Panel title="The wave after an outage" note={`${workloads} workloads, SVIDs of ${(ttlSeconds / 60).toFixed(0)} min renewed at ${((renewAt ?? 0.5) * 100).toFixed(0)} %, ${perSecond} signings a second by ${identity.servers.map((server) => server.name).join(', ')}`}>
      <DataTable caption="Renewals after an outage" columns={COLUMNS} rows={rows} rowKey={({ minutes }) => String(minutes)} />
    </Panel>
  );
}
