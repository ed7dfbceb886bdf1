/** Frames as rows of the five frame tables. What was not measured stays null. */
import type { FrameLinkRow, FrameMeshRow, FrameNodeRow, FrameRow, FrameServiceRow } from '@/engine/query';
import type { Frame } from '@/engine/telemetry';

export type FrameRows = {
  readonly frame: readonly FrameRow[];
  readonly frame_service: readonly FrameServiceRow[];
  readonly frame_node: readonly FrameNodeRow[];
  readonly frame_mesh: readonly FrameMeshRow[];
  readonly frame_link: readonly FrameLinkRow[];
};

export function rowsFromFrames(runId: string, frames: readonly Frame[]): FrameRows {
  return {
    frame: frames.map((frame) => ({
      run_id: runId,
      at_us: frame.atUs,
      window_us: frame.windowUs,
      source: frame.source,
      usd_per_hour: frame.usdPerHour,
      watts: frame.watts,
      ogm_bytes_per_second: frame.mesh?.ogmBytesPerSecond ?? null,
    })),
    frame_service: frames.flatMap((frame) => serviceRows(runId, frame)),
    frame_node: frames.flatMap((frame) => nodeRows(runId, frame)),
    frame_mesh: frames.flatMap(({ atUs, mesh }) => (mesh?.routes ?? []).map((route) => ({ run_id: runId, at_us: atUs, router: route.router, gateway: route.gateway, next_hop: route.nextHop, tq: route.tq }))),
    frame_link: frames.flatMap(({ atUs, mesh }) => (mesh?.links ?? []).map((link) => ({ run_id: runId, at_us: atUs, from_router: link.from, to_router: link.to, up: link.up, tq: link.tq }))),
  };
}

const serviceRows = (runId: string, { atUs, windowUs, services }: Frame): FrameServiceRow[] =>
  services.map((sample) => ({
    run_id: runId,
    at_us: atUs,
    window_us: windowUs,
    service: sample.service,
    offered_rps: sample.offeredRps,
    served_rps: sample.servedRps,
    error_rps: sample.errorRps,
    latency_mean_us: sample.latencyMeanUs,
    latency_p50_us: sample.latencyP50Us,
    latency_p95_us: sample.latencyP95Us,
    latency_p99_us: sample.latencyP99Us,
    cpu_cores: sample.cpuCores,
    throttled_share: sample.throttledShare,
    replicas: sample.replicas,
    replicas_ready: sample.replicasReady,
    quota_millicores: sample.quotaMillicores,
    in_flight: sample.inFlight,
    memory_bytes: sample.memoryBytes,
  }));

const nodeRows = (runId: string, { atUs, windowUs, nodes }: Frame): FrameNodeRow[] =>
  nodes.map((sample) => ({
    run_id: runId,
    at_us: atUs,
    window_us: windowUs,
    node: sample.node,
    up: sample.up,
    cpu_capacity_cores: sample.cpuCapacityCores,
    cpu_cores: sample.cpuCores,
    cpu_pressure: sample.cpuPressure,
    memory_bytes: sample.memoryBytes,
    replicas: sample.replicas.length,
  }));
