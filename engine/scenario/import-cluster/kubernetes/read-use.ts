/** PodMetrics, as `kubectl get --raw /apis/metrics.k8s.io/v1beta1/pods` prints them: what the containers of a pod use now. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { Collected } from '../collected';
import { noteIssues } from '../fit-card/ledger';
import type { FoundObject } from '../found-object';
import { metadataOf } from './metadata';
import type { Reading } from './read-object';

const { child, itemsAt, resourcesAt } = kubernetes;

export function readUse(found: FoundObject, into: Collected): Reading {
  const issues: SpecIssue[] = [];
  const meta = metadataOf(found, issues);
  const containers = meta === null ? [] : (itemsAt(child(meta.at, 'containers')) ?? []).map((container) => resourcesAt(child(container, 'usage')) ?? {});
  noteIssues(into.ledger, issues);
  if (meta === null) return { fate: 'refused' };
  const key = `${meta.namespace}/${meta.name}`;
  if (into.use.has(key)) return { fate: 'duplicate' };
  const sum = (name: string) => containers.reduce((total, usage) => total + (usage[name] ?? 0), 0);
  into.use.set(key, { cpuMillicores: sum('cpu'), memoryBytes: sum('memory'), pods: 1 });
  return { fate: 'understood', detail: 'measured use' };
}
