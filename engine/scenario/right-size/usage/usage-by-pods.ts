/** Readings of pods turned into use: CPU is the difference of two readings, memory stands in each. A pod that waits for room uses nothing and is not read. */
import type { Frame, PodReading } from '@/engine/telemetry';
import type { PodUsage, ServiceUsage } from './usage-history';

type Read = { readonly atSeconds: number; readonly reading: PodReading };

export function usageByPods(frames: readonly Frame[], startUs: number): ServiceUsage[] {
  const byService = new Map<string, Map<string, Read[]>>();
  const replicasMost = new Map<string, number>();
  for (const { atUs, pods = [] } of frames) {
    const counted = new Map<string, number>();
    for (const reading of pods) {
      if (reading.node === null) continue;
      const ofService = byService.get(reading.service) ?? new Map<string, Read[]>();
      byService.set(reading.service, ofService);
      const reads = ofService.get(reading.pod) ?? [];
      ofService.set(reading.pod, reads);
      reads.push({ atSeconds: (atUs - startUs) / 1e6, reading });
      counted.set(reading.service, (counted.get(reading.service) ?? 0) + 1);
    }
    for (const [service, count] of counted) replicasMost.set(service, Math.max(count, replicasMost.get(service) ?? 0));
  }
  return [...byService].map(([service, reads]): ServiceUsage => {
    const pods = [...reads].flatMap(([pod, ofPod]) => (ofPod.length < 2 ? [] : [usageOfPod(pod, ofPod)]));
    return { service, pods, podByPod: true, millicoresMost: mostTogether(pods), replicasMost: replicasMost.get(service) ?? 0, killedAtSeconds: [] };
  });
}

function usageOfPod(pod: string, reads: readonly Read[]): PodUsage {
  const after = reads.slice(1);
  return {
    pod,
    atSeconds: after.map(({ atSeconds }) => atSeconds),
    cpuMillicores: after.map(({ atSeconds, reading }, i) => ((reading.cpuSeconds - reads[i]!.reading.cpuSeconds) * 1_000) / (atSeconds - reads[i]!.atSeconds)),
    memoryBytes: after.map(({ reading }) => reading.memoryBytes),
  };
}

function mostTogether(pods: readonly PodUsage[]): number {
  const sums = new Map<number, number>();
  for (const { atSeconds, cpuMillicores } of pods) atSeconds.forEach((at, i) => sums.set(at, (sums.get(at) ?? 0) + cpuMillicores[i]!));
  return [...sums.values()].reduce((most, sum) => Math.max(most, sum), 0);
}
