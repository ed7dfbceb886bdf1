/** What opening a connection costs with classical, hybrid and post-quantum certificates, on a way of the loss and round trip that somebody sets. */
'use client';

import { useState } from 'react';
import { DataTable, type Column } from '@/app/_ui/data-table';
import { TextField } from '@/app/_ui/field';
import { Panel } from '@/app/_ui/panel';
import { handshakeCost, handshakeOnLink, type KeyExchangeName, type SignatureName } from '@/engine/twin';

type Suite = { readonly kind: 'classical' | 'hybrid' | 'post-quantum'; readonly signature: SignatureName; readonly exchange: KeyExchangeName };
type Row = Suite & { readonly bytes: number; readonly cpuMs: number; readonly expectedMs: number; readonly failedShare: number; readonly inUse: boolean };

const SUITES: readonly Suite[] = [
  { kind: 'classical', signature: 'ecdsa-p256', exchange: 'x25519' },
  { kind: 'classical', signature: 'ed25519', exchange: 'x25519' },
  { kind: 'classical', signature: 'rsa-2048', exchange: 'x25519' },
  { kind: 'hybrid', signature: 'ecdsa-p256', exchange: 'x25519+ml-kem-768' },
  { kind: 'hybrid', signature: 'ecdsa-p256+ml-dsa-44', exchange: 'x25519+ml-kem-768' },
  { kind: 'post-quantum', signature: 'ml-dsa-44', exchange: 'ml-kem-768' },
  { kind: 'post-quantum', signature: 'ml-dsa-65', exchange: 'ml-kem-768' },
  { kind: 'post-quantum', signature: 'slh-dsa-128s', exchange: 'ml-kem-768' },
];

const COLUMNS: readonly Column<Row>[] = [
  { key: 'kind', header: 'Kind', value: ({ kind }) => kind, render: ({ kind }) => <span className="whitespace-nowrap">{kind}</span> },
  { key: 'signature', header: 'Certificates', value: ({ signature, inUse }) => `${signature}${inUse ? ' (in use)' : ''}`, render: ({ signature, inUse }) => <span className="whitespace-nowrap">{signature}{inUse ? ' (in use)' : ''}</span> },
  { key: 'exchange', header: 'Key exchange', value: ({ exchange }) => exchange },
  { key: 'bytes', header: 'Bytes', value: ({ bytes }) => bytes, digits: 0 },
  { key: 'cpu', header: 'CPU, both sides', unit: 'ms', value: ({ cpuMs }) => cpuMs, digits: 2 },
  { key: 'time', header: 'Until the first request', unit: 'ms', value: ({ expectedMs }) => expectedMs, digits: 0 },
  { key: 'failed', header: 'Fails', unit: '%', value: ({ failedShare }) => 100 * failedShare, digits: 2 },
];

type HandshakeCostsProps = { readonly signature: SignatureName; readonly exchange: KeyExchangeName };

export function HandshakeCosts({ signature, exchange }: HandshakeCostsProps) {
  const [loss, setLoss] = useState('10');
  const [roundTrip, setRoundTrip] = useState('20');
  const [lossPercent, rttMs] = [limited(loss, 90), limited(roundTrip, 10_000)];
  const rows = SUITES.map((suite): Row => {
    const cost = handshakeCost(suite.signature, suite.exchange);
    const link = handshakeOnLink(cost, { rttUs: rttMs * 1_000, deliveryPpm: Math.round((1 - lossPercent / 100) * 1e6) });
    return { ...suite, bytes: cost.bytes, cpuMs: (cost.clientUs + cost.serverUs) / 1_000, expectedMs: link.expectedUs / 1_000, failedShare: 1 - link.successShare, inUse: suite.signature === signature && suite.exchange === exchange };
  });
  return (
    <Panel title="What a handshake costs" note="mutual TLS 1.3, two certificates each way; sizes of FIPS 203 to 205 and RFC 8446, times of one 3 GHz core">
      <div className="mb-2 grid max-w-md grid-cols-2 gap-2" data-no-print>
        <TextField label="Loss one way" unit="%" type="number" min={0} max={90} step="any" value={loss} onChange={(event) => setLoss(event.target.value)} />
        <TextField label="Round trip" unit="ms" type="number" min={0} max={10_000} step="any" value={roundTrip} onChange={(event) => setRoundTrip(event.target.value)} />
      </div>
      <DataTable caption="Costs of handshakes" columns={COLUMNS} rows={rows} rowKey={(row) => `${row.signature} ${row.exchange}`} />
    </Panel>
  );
}

const limited = (text: string, max: number) => Math.min(max, Math.max(0, Number(text) || 0));
