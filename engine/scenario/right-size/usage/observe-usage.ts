/**
 * The use of a run or a recording. Simulated frames hold readings of every pod; recorded ones know services as a
 * whole, whose use is then divided evenly over the ready pods, averaged over as long as a metrics server's resolution.
 */
import type { Frame } from '@/engine/telemetry';
import { usageByPods } from './usage-by-pods';
import type { ServiceUsage, UsageHistory } from './usage-history';

const STEP_SECONDS = 15; // metrics-server --metric-resolution
const CLIENT = 'client';

export type ObservedFrames = {
  readonly frames: readonly Frame[];
  /** Alarms of a simulated run: who was killed for memory. */
  readonly alarms?: readonly { readonly kind: string; readonly atSeconds: number; readonly subject: string }[];
  /** Left out, as it is left out of every key figure. */
  readonly warmUpSeconds?: number;
};

export function observeUsage({ frames: all, alarms = [], warmUpSeconds = 0 }: ObservedFrames): UsageHistory {
  const simulated = all[0]?.source === 'simulated';
  const frames = simulated ? all.filter(({ atUs }) => atUs > warmUpSeconds * 1e6) : all;
  const first = frames[0];
  if (first === undefined) return { seconds: 0, services: [] };
  const startUs = first.atUs - first.windowUs;
  const killed = (service: string) => alarms.filter(({ kind, atSeconds, subject }) => kind === 'oom-kill' && serviceOfPod(subject) === service && atSeconds * 1e6 > startUs).map(({ atSeconds }) => atSeconds - startUs / 1e6);
  const services = frames.some(({ pods }) => pods !== undefined) ? usageByPods(frames, startUs) : usageOfServices(frames, startUs);
  return { seconds: (frames.at(-1)!.atUs - startUs) / 1e6, services: services.map((usage) => ({ ...usage, killedAtSeconds: killed(usage.service) })) };
}

/** Pods are named SERVICE-ORDINAL. */
export const serviceOfPod = (pod: string) => pod.replace(/-\d+$/, '');

function usageOfServices(frames: readonly Frame[], startUs: number): ServiceUsage[] {
  const names = [...new Set(frames.flatMap(({ services }) => services.map(({ service }) => service)))].filter((name) => name !== CLIENT);
  return names.map((name) => usageOfService(name, frames, startUs));
}

type Step = { readonly at: number; readonly cpu: number[]; readonly memory: number[]; readonly total: number[] };

function usageOfService(name: string, frames: readonly Frame[], startUs: number): ServiceUsage {
  const steps = new Map<number, Step>();
  let replicasMost = 0;
  for (const { atUs, services } of frames) {
    const sample = services.find(({ service }) => service === name);
    const ready = sample?.replicasReady ?? sample?.replicas ?? 1;
    if (sample === undefined || sample.cpuCores === null || sample.memoryBytes === null || ready <= 0) continue;
    const at = Math.ceil((atUs - startUs) / 1e6 / STEP_SECONDS) * STEP_SECONDS;
    const step = steps.get(at) ?? { at, cpu: [], memory: [], total: [] };
    steps.set(at, step);
    step.cpu.push((sample.cpuCores * 1_000) / ready);
    step.total.push(sample.cpuCores * 1_000);
    step.memory.push(sample.memoryBytes / ready);
    replicasMost = Math.max(replicasMost, ready);
  }
  const made = [...steps.values()];
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const pod = { pod: `${name} (mean of its pods)`, atSeconds: made.map(({ at }) => at), cpuMillicores: made.map(({ cpu }) => mean(cpu)), memoryBytes: made.map(({ memory }) => memory.at(-1)!) };
  return { service: name, pods: made.length === 0 ? [] : [pod], podByPod: false, millicoresMost: made.reduce((most, { total }) => Math.max(most, mean(total)), 0), replicasMost, killedAtSeconds: [] };
}
