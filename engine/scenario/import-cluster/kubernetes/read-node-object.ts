/** A Node: what pods may request on it, where it is, what it is and whether it is ready. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { ImportedNode } from '../cluster-import';
import type { Collected } from '../collected';
import { noteIssues } from '../fit-card/ledger';
import type { FoundObject } from '../found-object';
import { NODE_FIELDS } from './coverage/fields';
import { metadataOf, type Metadata } from './metadata';
import { noteFields } from './coverage/note-fields';
import type { Reading } from './read-object';

const POOL_LABELS = ['eks.amazonaws.com/nodegroup', 'alpha.eksctl.io/nodegroup-name', 'cloud.google.com/gke-nodepool', 'kubernetes.azure.com/agentpool', 'agentpool', 'karpenter.sh/nodepool', 'karpenter.sh/provisioner-name', 'kops.k8s.io/instancegroup', 'doks.digitalocean.com/node-pool', 'node.kubernetes.io/pool'];
const ZONE_LABELS = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];
const TYPE_LABELS = ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type'];
const SPOT_LABELS: readonly (readonly [string, string])[] = [['karpenter.sh/capacity-type', 'spot'], ['eks.amazonaws.com/capacityType', 'SPOT'], ['cloud.google.com/gke-spot', 'true'], ['cloud.google.com/gke-preemptible', 'true'], ['kubernetes.azure.com/scalesetpriority', 'spot']];
/** Of the kubelet, for a node that does not say. */
const PODS_MAX = 110;

export function readNodeObject(found: FoundObject, into: Collected): Reading {
  const issues: SpecIssue[] = [];
  const meta = metadataOf(found, issues);
  const read = meta === null ? null : nodeOf(found, meta, issues);
  noteIssues(into.ledger, issues);
  if (meta === null || read === null) return { fate: 'refused' };
  if (into.nodes.has(meta.name)) return { fate: 'duplicate' };
  noteFields(into.ledger, 'Node.spec', found.value.spec, NODE_FIELDS);
  into.nodes.set(meta.name, read);
  return { fate: 'understood', detail: read.ready ? '' : 'not ready' };
}

function nodeOf(found: FoundObject, meta: Metadata, issues: SpecIssue[]): ImportedNode | null {
  const { node, issues: more } = kubernetes.readNode(withAllocatable(found.value), found.path);
  issues.push(...more);
  const { cpu = 0, memory = 0 } = node.allocatable;
  if (cpu < 1 || memory < 1) {
    issues.push({ path: `${found.path}.status.allocatable`, code: 'missing', message: `node ${meta.name} does not say how much CPU and memory pods may request on it`, suggestion: 'Export nodes with -o json, not with a table; the node is left out.' });
    return null;
  }
  const pods = node.allocatable['pods'] ?? PODS_MAX;
  return {
    node: { ...node, allocatable: { ...node.allocatable, pods } },
    capacity: { ...node.allocatable, ...kubernetes.resourcesAt(kubernetes.child(meta.status, 'capacity')) },
    pool: firstLabel(meta.labels, POOL_LABELS) ?? firstLabel(meta.labels, TYPE_LABELS) ?? 'nodes',
    zone: firstLabel(meta.labels, ZONE_LABELS) ?? '',
    machineType: firstLabel(meta.labels, TYPE_LABELS) ?? '',
    spot: SPOT_LABELS.some(([key, value]) => kubernetes.labelOf(meta.labels, key) === value),
    ready: isReady(meta.status),
    origin: found.planned ? 'planned' : 'running',
  };
}

const firstLabel = (labels: kubernetes.Labels, keys: readonly string[]): string | undefined => keys.map((key) => kubernetes.labelOf(labels, key)).find((value) => value !== undefined && value !== '');

/** A node that says only its capacity is taken to give all of it. */
function withAllocatable(value: FoundObject['value']): unknown {
  const status = kubernetes.child(kubernetes.cursorAt('', value, []), 'status');
  const allocatable = kubernetes.child(status, 'allocatable').value ?? kubernetes.child(status, 'capacity').value;
  return { ...value, status: { allocatable, images: kubernetes.child(status, 'images').value } };
}

/** A node without conditions (a manifest) is taken for ready. */
export function isReady(status: kubernetes.Cursor): boolean {
  const condition = kubernetes.itemsAt(kubernetes.child(status, 'conditions'))?.find((item) => kubernetes.textAt(kubernetes.child(item, 'type')) === 'Ready');
  return condition === undefined || kubernetes.textAt(kubernetes.child(condition, 'status')) === 'True';
}
