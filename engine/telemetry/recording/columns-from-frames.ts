/**
 * Frames as a telemetry table: what a run writes so that other tools can read it. Derived values carry
 * names of Prometheus recording rules (level:metric:operation), because they are not raw counters.
 */
import type { EdgeSample, Frame, IdentitySample, NodeSample, ServiceSample } from '../frame';
import { canonicalLabels } from '../series/labels';
import { appendRow, builtColumns, columnsBuilder, type ColumnsBuilder, type TelemetryColumns } from './columns';

type Derived<S> = readonly (readonly [signal: string, of: (sample: S) => number | null])[];

const inSeconds = (us: number | null) => (us === null ? null : us / 1e6);

const SERVICE: Derived<ServiceSample> = [
  ['service:http_requests_offered:rate1s', (s) => s.offeredRps],
  ['service:http_requests_served:rate1s', (s) => s.servedRps],
  ['service:http_requests_failed:rate1s', (s) => s.errorRps],
  ['service:http_request_duration_seconds:mean1s', (s) => inSeconds(s.latencyMeanUs)],
  ['service:http_request_duration_seconds:p50_1s', (s) => inSeconds(s.latencyP50Us)],
  ['service:http_request_duration_seconds:p95_1s', (s) => inSeconds(s.latencyP95Us)],
  ['service:http_request_duration_seconds:p99_1s', (s) => inSeconds(s.latencyP99Us)],
  ['service:cpu_cores:rate1s', (s) => s.cpuCores],
  ['service:cpu_cfs_throttled_periods:share1s', (s) => s.throttledShare],
  ['service:replicas', (s) => s.replicas],
  ['service:replicas_ready', (s) => s.replicasReady],
  ['service:cpu_quota_millicores', (s) => s.quotaMillicores],
  ['service:http_requests_in_flight', (s) => s.inFlight],
  ['service:memory_bytes', (s) => s.memoryBytes],
];

const NODE: Derived<NodeSample> = [
  ['node:up', (n) => (n.up ? 1 : 0)],
  ['node:cpu_cores:rate1s', (n) => n.cpuCores],
  ['node:cpu_capacity_cores', (n) => n.cpuCapacityCores],
  ['node:cpu_pressure:share1s', (n) => n.cpuPressure],
  ['node:memory_bytes', (n) => n.memoryBytes],
  ['node:replicas', (n) => n.replicas.length],
];

const IDENTITY: Derived<IdentitySample> = [
  ['identity:workloads', (i) => i.workloads],
  ['identity:workloads_without_svid', (i) => i.withoutSvid],
  ['identity:svids_overdue', (i) => i.overdueCount],
  ['identity:servers_up', (i) => i.serversUp],
  ['identity:svids_issued_total', (i) => i.issued],
  ['identity:signing_queue_seconds', (i) => i.signingQueueSeconds],
  ['identity:mtls_handshakes:rate1s', (i) => i.handshakesPerSecond],
  ['identity:mtls_handshake_bytes:rate1s', (i) => i.handshakeBytesPerSecond],
];

const EDGE: Derived<EdgeSample> = [
  ['edge:pending_writes', (e) => e.pendingWrites],
  ['edge:cut_off_seconds', (e) => e.cutSeconds],
  ['edge:conflicts_total', (e) => e.conflicts],
  ['edge:lost_writes_total', (e) => e.lostWrites],
  ['edge:refused_writes_total', (e) => e.refused],
];

/** A quantity that was not measured has no row. */
export function columnsFromFrames(frames: readonly Frame[]): TelemetryColumns {
  const builder = columnsBuilder();
  for (const frame of frames) {
    for (const sample of frame.services) addDerived(builder, frame.atUs, SERVICE, sample, canonicalLabels(new Map([['service', sample.service]])));
    for (const sample of frame.nodes) addDerived(builder, frame.atUs, NODE, sample, canonicalLabels(new Map([['node', sample.node]])));
    for (const route of frame.mesh?.routes ?? []) appendRow(builder, frame.atUs, 'mesh:route_tq', canonicalLabels(new Map([['router', route.router], ['gateway', route.gateway ?? ''], ['next_hop', route.nextHop ?? '']])), route.tq);
    for (const link of frame.mesh?.links ?? []) appendRow(builder, frame.atUs, 'mesh:link_tq', canonicalLabels(new Map([['from', link.from], ['to', link.to]])), link.tq);
    if (frame.identity) addDerived(builder, frame.atUs, IDENTITY, frame.identity, '');
    for (const { reason, rps } of frame.identity?.refusedPerSecond ?? []) appendRow(builder, frame.atUs, 'identity:mtls_refused:rate1s', canonicalLabels(new Map([['reason', reason]])), rps);
    for (const sample of frame.edge ?? []) addDerived(builder, frame.atUs, EDGE, sample, canonicalLabels(new Map([['store', sample.store]])));
    if (frame.usdPerHour !== null) appendRow(builder, frame.atUs, 'cluster:cost_usd_per_hour', '', frame.usdPerHour);
    if (frame.watts !== null) appendRow(builder, frame.atUs, 'cluster:power_watts', '', frame.watts);
  }
  return builtColumns(builder);
}

function addDerived<S>(builder: ColumnsBuilder, atUs: number, derived: Derived<S>, sample: S, labels: string): void {
  for (const [signal, of] of derived) {
    const value = of(sample);
    if (value !== null) appendRow(builder, atUs, signal, labels, value);
  }
}
