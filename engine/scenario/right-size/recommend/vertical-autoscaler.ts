/**
 * What the vertical autoscaler's recommender says after this history: the same histograms, margin and floors that run in
 * the world, fed with every reading of every pod. Limits keep their ratio to the requests (`RequestsAndLimits`, its default).
 */
import { kubernetes, withinPolicy, type VpaSpec } from '@/engine/twin';
import type { ServiceUsage } from '../usage/usage-history';
import { proportionalLimit, type Sizing } from './sizing';

const MIB = 1_048_576;
/** Pods of one service are read one after the other; the recommender takes no two samples of one instant. */
const READING_SECONDS = 1e-3;

type Reading = { readonly at: number; readonly pod: number; readonly millicores: number; readonly bytes: number; readonly killed: boolean };

export function recommendByVpa({ service, pods, killedAtSeconds }: ServiceUsage, now: Sizing, policy: VpaSpec | undefined): Sizing {
  const usage = kubernetes.containerUsage();
  const readings = pods.flatMap(({ atSeconds, cpuMillicores, memoryBytes }, pod): Reading[] => atSeconds.map((at, i) => ({ at: at + pod * READING_SECONDS, pod, millicores: cpuMillicores[i]!, bytes: memoryBytes[i]!, killed: false })));
  const kills = killedAtSeconds.map((at): Reading => ({ at, pod: -1, millicores: 0, bytes: 0, killed: true }));
  for (const { at, millicores, bytes, killed } of [...readings, ...kills].sort((x, y) => x.at - y.at || x.pod - y.pod)) {
    if (killed) kubernetes.recordOutOfMemory(usage, at, now.memoryRequestMib * MIB);
    else {
      kubernetes.recordCpu(usage, at, millicores);
      kubernetes.recordMemory(usage, at, bytes);
    }
  }
  const found = kubernetes.recommendPod(new Map([[service, usage]])).get(service)!;
  const { target } = withinPolicy(found, policy ?? { mode: 'Off' }, { cpuMillicores: now.cpuRequestMillicores, memoryBytes: now.memoryRequestMib * MIB });
  const memory = Math.ceil(target.memoryBytes / MIB);
  return {
    cpuRequestMillicores: target.cpuMillicores,
    cpuLimitMillicores: proportionalLimit(now.cpuLimitMillicores, now.cpuRequestMillicores, target.cpuMillicores),
    memoryRequestMib: memory,
    memoryLimitMib: proportionalLimit(now.memoryLimitMib, now.memoryRequestMib, memory),
  };
}
