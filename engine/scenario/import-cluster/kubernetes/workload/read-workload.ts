/** Deployments and everything else that makes pods from a template. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { ImportedRollout, WorkloadKind } from '../../cluster-import';
import { workloadKey, type Collected, type Owner } from '../../collected';
import { noteIssues } from '../../fit-card/ledger';
import type { FoundObject } from '../../found-object';
import { CLUSTER_IMPORT_LIMITS } from '../../import-limits';
import { isMembers } from '../../sanitize/sanitize';
import { hostsOfPod } from './environment';
import { WORKLOAD_FIELDS } from '../coverage/fields';
import { amountText, countAt, metadataOf, type Metadata } from '../metadata';
import { noteFields, notePodFields } from '../coverage/note-fields';
import type { Reading } from '../read-object';
import { readPodLife } from './read-pod-life';

const KINDS: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'];

export function readWorkload(found: FoundObject, into: Collected): Reading {
  const issues: SpecIssue[] = [];
  const meta = metadataOf(found, issues);
  const kind = KINDS.find((each) => each === found.kind);
  if (meta === null || kind === undefined) {
    noteIssues(into.ledger, issues);
    return { fate: 'refused' };
  }
  const key = workloadKey(kind, meta.namespace, meta.name);
  if (into.workloads.has(key)) return { fate: 'duplicate' };
  const owner = ownerOf(meta);
  const template = templateOf(meta, issues);
  const replicas = replicasOf(kind, meta);
  noteIssues(into.ledger, issues);
  into.workloads.set(key, {
    kind,
    namespace: meta.namespace,
    name: meta.name,
    owner,
    planned: found.planned,
    replicas,
    template: template.pod,
    priorityClass: template.priorityClass,
    reaches: hostsOfPod(template.spec),
    published: false,
    rollout: kind === 'Deployment' ? rolloutOf(meta.spec) : null,
    life: readPodLife(kubernetes.child(kubernetes.child(meta.spec, 'template'), 'spec')),
    readinessDelaySeconds: 0,
  });
  if (owner !== null) return { fate: 'understood', detail: `of a ${owner.kind.slice(0, 40)}` };
  noteFields(into.ledger, `${kind}.spec`, found.value.spec, WORKLOAD_FIELDS);
  notePodFields(into.ledger, template.spec);
  return { fate: 'understood', detail: kind === 'Job' ? 'the pods it has run on' : '' };
}

function templateOf({ spec, namespace, name }: Metadata, issues: SpecIssue[]) {
  const template = kubernetes.child(spec, 'template');
  const podSpec = kubernetes.child(template, 'spec');
  const metadata = kubernetes.child(template, 'metadata');
  const named = { metadata: { ...(isMembers(metadata.value) ? metadata.value : {}), name, namespace }, spec: podSpec.value };
  const { pod, issues: more } = kubernetes.readPod(named, template.path);
  issues.push(...more);
  const claims = kubernetes.itemsAt(kubernetes.child(spec, 'volumeClaimTemplates'))?.flatMap((item) => kubernetes.textAt(kubernetes.child(kubernetes.child(item, 'metadata'), 'name')) ?? []) ?? [];
  return { pod: { ...pod, claims: [...(pod.claims ?? []), ...claims] }, spec: podSpec.value, priorityClass: kubernetes.textAt(kubernetes.child(podSpec, 'priorityClassName')) ?? '' };
}

/** A DaemonSet has a pod per node, which `status` counts; a Job as many as run now. */
function replicasOf(kind: WorkloadKind, { spec, status }: Metadata): number {
  if (kind === 'DaemonSet') return countAt(kubernetes.child(status, 'desiredNumberScheduled'), -1, { max: CLUSTER_IMPORT_LIMITS.nodesMax });
  if (kind === 'Job') return countAt(kubernetes.child(status, 'active'), 0, { max: CLUSTER_IMPORT_LIMITS.replicasMax });
  return countAt(kubernetes.child(spec, 'replicas'), 1, { max: CLUSTER_IMPORT_LIMITS.replicasMax });
}

/** A Deployment that does not say rolls a quarter at a time. */
function rolloutOf(spec: kubernetes.Cursor): ImportedRollout {
  const strategy = kubernetes.child(spec, 'strategy');
  const rolling = kubernetes.child(strategy, 'rollingUpdate');
  return {
    recreates: kubernetes.textAt(kubernetes.child(strategy, 'type')) === 'Recreate',
    maxSurge: amountText(kubernetes.child(rolling, 'maxSurge')) ?? '25%',
    maxUnavailable: amountText(kubernetes.child(rolling, 'maxUnavailable')) ?? '25%',
    minReadySeconds: countAt(kubernetes.child(spec, 'minReadySeconds'), 0, { max: 86_400 }),
  };
}

export function ownerOf({ metadata }: Metadata): Owner | null {
  const controller = kubernetes.itemsAt(kubernetes.child(metadata, 'ownerReferences'))?.find((reference) => kubernetes.flagAt(kubernetes.child(reference, 'controller')) === true);
  if (controller === undefined) return null;
  return { kind: kubernetes.textAt(kubernetes.child(controller, 'kind')) ?? '', name: kubernetes.textAt(kubernetes.child(controller, 'name')) ?? '' };
}
