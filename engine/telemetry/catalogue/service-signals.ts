/** Signals of services, of the supervisor that runs them and of the load generator that asks them. */
import type { Signal } from './signal';

export const SERVICE_SIGNALS: readonly Signal[] = [
  { name: 'http_requests_total', kind: 'counter', unit: 'requests', domain: 'infra', golden: 'traffic', help: 'Requests answered, by service, replica and status code; codes from 500 on are errors.' },
  { name: 'http_request_duration_seconds', kind: 'histogram', unit: 'seconds', domain: 'infra', golden: 'latency', help: 'Time from the first byte of a request to the last byte of its answer, inside the service.' },
  { name: 'http_requests_in_flight', kind: 'gauge', unit: 'requests', domain: 'infra', golden: 'saturation', help: 'Requests accepted and not yet answered.' },
  { name: 'process_cpu_seconds_total', kind: 'counter', unit: 'seconds', domain: 'infra', golden: 'saturation', help: 'CPU time of the process, user and system.' },
  { name: 'process_resident_memory_bytes', kind: 'gauge', unit: 'bytes', domain: 'infra', golden: 'saturation', help: 'Resident memory of the process.' },
  { name: 'process_start_time_seconds', kind: 'gauge', unit: 'seconds', domain: 'infra', golden: null, help: 'Start of the process since the Unix epoch; a later value means a restart.' },
  { name: 'container_cpu_cfs_periods_total', kind: 'counter', unit: 'periods', domain: 'infra', golden: null, help: 'CFS bandwidth periods in which the cgroup was runnable.' },
  { name: 'container_cpu_cfs_throttled_periods_total', kind: 'counter', unit: 'periods', domain: 'infra', golden: 'saturation', help: 'CFS bandwidth periods in which the cgroup ran out of quota.' },
  { name: 'fleet_replicas', kind: 'gauge', unit: 'replicas', domain: 'infra', golden: null, help: 'Replicas that were asked for.' },
  { name: 'fleet_replicas_ready', kind: 'gauge', unit: 'replicas', domain: 'infra', golden: 'saturation', help: 'Replicas that take requests.' },
  { name: 'fleet_cpu_quota_millicores', kind: 'gauge', unit: 'millicores', domain: 'infra', golden: null, help: 'CPU limit of one replica in thousandths of a core; 0 is unlimited.' },
  { name: 'fleet_node_cpu_cores', kind: 'gauge', unit: 'cores', domain: 'infra', golden: null, help: 'CPU capacity of a node.' },
  { name: 'fleet_usd_per_hour', kind: 'gauge', unit: 'usd_per_hour', domain: 'cost', golden: null, help: 'Price of a node.' },
  { name: 'fleet_fault_active', kind: 'gauge', unit: '', domain: 'infra', golden: null, help: '1 while a fault of this kind is injected: a label for scoring, never an input of a decision.' },
  { name: 'loadgen_requests_total', kind: 'counter', unit: 'requests', domain: 'infra', golden: 'traffic', help: 'Answers the load generator got, by status code; a time-out or refused connection has a code from 500 on or no number.' },
  { name: 'loadgen_request_duration_seconds', kind: 'histogram', unit: 'seconds', domain: 'infra', golden: 'latency', help: 'Time from the intended send time to the answer, so waiting in the client counts.' },
  { name: 'loadgen_offered_rps', kind: 'gauge', unit: 'requests_per_second', domain: 'infra', golden: 'traffic', help: 'Request rate that the load profile asks for now.' },
  { name: 'loadgen_in_flight', kind: 'gauge', unit: 'requests', domain: 'infra', golden: 'saturation', help: 'Requests sent and not yet answered.' },
  { name: 'loadgen_cpu_seconds_total', kind: 'counter', unit: 'seconds', domain: 'infra', golden: null, help: 'CPU time of the load generator itself, no part of any service.' },
  { name: 'fleet_quota_mechanism_info', kind: 'gauge', unit: '', domain: 'infra', golden: null, help: '1 for the mechanism that enforces CPU limits, named by its label.' },
];
