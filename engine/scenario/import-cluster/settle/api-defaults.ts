/**
 * What the API server fills in that manifests leave out and scheduling hangs on: a container with a limit and
 * no request asks for its limit. Source: `SetDefaults_Pod` of `pkg/apis/core/v1`.
 */
import type { kubernetes } from '@/engine/twin';

const filled = (container: kubernetes.Container): kubernetes.Container => ({ ...container, requests: { ...container.limits, ...container.requests } });

export const withApiDefaults = (pod: kubernetes.Pod): kubernetes.Pod => (pod.owner?.kind === 'Compose service' ? pod : { ...pod, containers: pod.containers.map(filled), initContainers: (pod.initContainers ?? []).map(filled) });
