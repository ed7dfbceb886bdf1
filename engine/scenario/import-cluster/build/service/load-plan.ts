/**
 * Load for workloads of which no file says any. What is known is how much CPU they use (measured, or by the
 * utilization their autoscaler reports, else a share of their request); a request is given a plain cost, and
 * the rate follows so that the CPU comes out right. A workload that others call gets the rate of its callers,
 * and its cost per request follows instead. Rates are kept low enough to run every request.
 */
import { kubernetes } from '@/engine/twin';
import type { ClusterImport, ImportedWorkload } from '../../cluster-import';
import type { CallGraph } from './call-graph';

export const DEMAND_MS = 10;
export const ASSUMED_UTILIZATION = 0.3;
/** Requests per second that all clients together send at most: above, each request is made to cost more. */
export const TOTAL_RPS_MAX = 1_000;
/** Of the CPU limit: more than this would be throttled all the time, so a stale reading is taken down to it. */
const LIMIT_SHARE_MAX = 0.9;
const DEMAND_MS_MIN = 0.01;
const DEMAND_MS_MAX = 60_000;

export type UseSource = 'measured' | 'autoscaler' | 'assumed';
export type ServiceLoad = { readonly millicores: number; readonly source: UseSource; readonly demandMs: number; readonly rps: number; readonly isEntry: boolean };

/** Null for workloads that nothing calls. */
export function loadPlan(cluster: ClusterImport, { calls, serving, order }: CallGraph, replicas: readonly number[]): readonly (ServiceLoad | null)[] {
  const { workloads } = cluster;
  const use = workloads.map((workload, i) => usedBy(workload, replicas[i]!, cluster));
  const called = new Set(calls.flat());
  const isEntry = workloads.map((_, i) => serving[i] === true && !called.has(i) && replicas[i]! > 0);
  const entryCores = use.reduce((sum, { millicores }, i) => sum + (isEntry[i] === true ? millicores / 1_000 : 0), 0);
  const demandMs = Math.max(DEMAND_MS, (entryCores * 1_000) / TOTAL_RPS_MAX);
  const rates = workloads.map(() => 0);
  for (const i of order) {
    if (isEntry[i] === true) rates[i] = use[i]!.millicores / demandMs;
    for (const to of calls[i]!) rates[to] = rates[to]! + rates[i]!;
  }
  return workloads.map((_, i): ServiceLoad | null => {
    const { millicores, source } = use[i]!;
    if (isEntry[i] === true) return { millicores, source, demandMs: rounded(demandMs), rps: rounded(rates[i]!), isEntry: true };
    if (!called.has(i)) return null;
    const cost = rates[i]! > 0 ? millicores / rates[i]! : DEMAND_MS;
    return { millicores, source, demandMs: rounded(Math.min(DEMAND_MS_MAX, Math.max(DEMAND_MS_MIN, cost))), rps: 0, isEntry: false };
  });
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;

function usedBy(workload: ImportedWorkload, replicas: number, { autoscalers }: ClusterImport): { readonly millicores: number; readonly source: UseSource } {
  const { template, use, namespace } = workload;
  const request = kubernetes.podRequestsWithDefaults(template)['cpu'] ?? 0;
  const scaler = autoscalers.find((each) => each.namespace === namespace && each.target.name === workload.name && each.target.kind === workload.kind);
  const limit = cpuLimitOf(template);
  const capped = (millicores: number) => (limit === null ? millicores : Math.min(millicores, limit * replicas * LIMIT_SHARE_MAX));
  if (use !== null) return { millicores: capped((use.cpuMillicores / use.pods) * replicas), source: 'measured' };
  if (scaler?.currentCpuUtilizationPercent !== null && scaler?.currentCpuUtilizationPercent !== undefined) return { millicores: capped((request * replicas * scaler.currentCpuUtilizationPercent) / 100), source: 'autoscaler' };
  return { millicores: capped(request * replicas * ASSUMED_UTILIZATION), source: 'assumed' };
}

/** What all containers together may use; null when one of them has no limit. */
export const cpuLimitOf = (pod: kubernetes.Pod): number | null => limitOf(pod, 'cpu');
export const memoryLimitOf = (pod: kubernetes.Pod): number | null => limitOf(pod, 'memory');

function limitOf({ containers }: kubernetes.Pod, resource: string): number | null {
  const limits = containers.map(({ limits: own }) => own?.[resource] ?? 0);
  return limits.length === 0 || limits.includes(0) ? null : limits.reduce((sum, limit) => sum + limit, 0);
}
