/**
 * What one series tells about a frame: which service or node, and which quantity. Everything that knows a
 * metric name of the frame's inputs is in this file.
 *
 * Owners are found by label: `service`, else `job` (for cgroups `container`: their job is the agent that reports them); a replica by `replica`, `pod` or `instance`, a lone cgroup by its path; a node by
 * `node`, else `instance`. A series without such a label belongs to the only hinted service or node, if there is one.
 * The load generator's signals belong to the pseudo-service `client`, whatever their labels.
 */
import type { SystemHints } from '../recording/manifest';
import { bucketBound } from '../series/histogram-quantile';
import type { Labels } from '../series/labels';

export const CLIENT_SERVICE = 'client';

export type ServicePart = 'answered' | 'failed' | 'latency-bucket' | 'latency-sum' | 'latency-count' | 'in-flight' | 'cpu' | 'memory' | 'group-cpu' | 'group-cores' | 'group-memory' | 'periods' | 'throttled' | 'replicas' | 'replicas-ready' | 'quota' | 'group-quota' | 'group-period' | 'offered';
export type NodePart = 'capacity' | 'price' | 'used-cpu' | 'idle-cpu' | 'pressure' | 'memory-total' | 'memory-available';

export type SeriesRole =
  | { readonly owner: 'service'; readonly name: string; readonly part: ServicePart; readonly replica: string | null; readonly bound: number }
  | { readonly owner: 'node'; readonly name: string; readonly part: NodePart; readonly cpu: string | null };

const SERVICE_PARTS: ReadonlyMap<string, ServicePart> = new Map([
  ['http_requests_total', 'answered'],
  ['http_request_duration_seconds_bucket', 'latency-bucket'],
  ['http_request_duration_seconds_sum', 'latency-sum'],
  ['http_request_duration_seconds_count', 'latency-count'],
  ['http_requests_in_flight', 'in-flight'],
  ['process_cpu_seconds_total', 'cpu'],
  ['process_resident_memory_bytes', 'memory'],
  ['container_cpu_usage_seconds_total', 'group-cpu'],
  ['container_cpu_usage_cores', 'group-cores'],
  ['container_memory_usage_bytes', 'group-memory'],
  ['container_cpu_cfs_periods_total', 'periods'],
  ['container_cpu_cfs_throttled_periods_total', 'throttled'],
  ['container_spec_cpu_quota', 'group-quota'],
  ['container_spec_cpu_period', 'group-period'],
  ['fleet_replicas', 'replicas'],
  ['fleet_replicas_ready', 'replicas-ready'],
  ['fleet_cpu_quota_millicores', 'quota'],
]);

const CLIENT_PARTS: ReadonlyMap<string, ServicePart> = new Map([
  ['loadgen_requests_total', 'answered'],
  ['loadgen_request_duration_seconds_bucket', 'latency-bucket'],
  ['loadgen_request_duration_seconds_sum', 'latency-sum'],
  ['loadgen_request_duration_seconds_count', 'latency-count'],
  ['loadgen_offered_rps', 'offered'],
  ['loadgen_in_flight', 'in-flight'],
]);

const NODE_PARTS: ReadonlyMap<string, NodePart> = new Map([
  ['fleet_node_cpu_cores', 'capacity'],
  ['fleet_usd_per_hour', 'price'],
  ['node_cpu_seconds_total', 'used-cpu'],
  ['node_pressure_cpu_waiting_seconds_total', 'pressure'],
  ['node_memory_MemTotal_bytes', 'memory-total'],
  ['node_memory_MemAvailable_bytes', 'memory-available'],
]);

/** Modes of node_cpu_seconds_total in which this node does no work. */
const IDLE_MODES: readonly string[] = ['idle', 'iowait', 'steal'];

/** Sample names that can end in a frame. */
export const usedInFrames = (sampleName: string) => SERVICE_PARTS.has(sampleName) || CLIENT_PARTS.has(sampleName) || NODE_PARTS.has(sampleName);

/** null: this series tells nothing about a frame. */
export function seriesRole(signal: string, labels: Labels, hints: SystemHints): SeriesRole | null {
  const nodePart = NODE_PARTS.get(signal);
  if (nodePart !== undefined) return nodeRole(nodePart, labels, hints);
  const clientPart = CLIENT_PARTS.get(signal);
  const part = clientPart ?? SERVICE_PARTS.get(signal);
  if (part === undefined) return null;
  const onlyService = hints.services.length === 1 ? hints.services[0]!.name : undefined;
  const ofGroup = signal.startsWith('container_');
  const owner = labels.get(ofGroup ? 'container' : 'job');
  const name = clientPart === undefined ? (labels.get('service') ?? owner ?? onlyService) : CLIENT_SERVICE;
  if (name === undefined) return null;
  const bound = part === 'latency-bucket' ? bucketBound(labels.get('le') ?? '') : 0;
  if (bound === null) return null;
  const replica = clientPart === undefined ? (labels.get('replica') ?? labels.get('pod') ?? labels.get('instance') ?? (ofGroup ? labels.get('id') : undefined) ?? null) : null;
  return { owner: 'service', name, part: part === 'answered' && isFailure(labels) ? 'failed' : part, replica, bound };
}

function nodeRole(part: NodePart, labels: Labels, hints: SystemHints): SeriesRole | null {
  const name = labels.get('node') ?? labels.get('instance') ?? (hints.nodes.length === 1 ? hints.nodes[0]!.name : undefined);
  if (name === undefined) return null;
  const idle = part === 'used-cpu' && IDLE_MODES.includes(labels.get('mode') ?? '');
  return { owner: 'node', name, part: idle ? 'idle-cpu' : part, cpu: labels.get('cpu') ?? null };
}

/** Status codes below 500 are answers (a 404 is the client's fault); 5xx and words such as `timeout` are failures. */
function isFailure(labels: Labels): boolean {
  const code = labels.get('code') ?? labels.get('status_code') ?? labels.get('status') ?? '';
  return code !== '' && !/^[1-4]([0-9][0-9]|xx)$/i.test(code);
}
