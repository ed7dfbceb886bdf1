/** What a pod is called: its own name, or its workload and which pod of which slot it is. */
import type { cluster } from '@/engine/twin';

export const podSuffix = (pod: number, life: number) => `${pod.toString(36).padStart(4, '0')}${life.toString(36)}`;

export function podName({ shape, moment: { pods } }: cluster.ClusterPicture, pod: number): string {
  return pods.name?.[pod] ?? `${shape.workloads[pods.workload[pod]!] ?? 'pod'}-${podSuffix(pod, pods.life[pod]!)}`;
}
