/** Volumes and the claims bound to them; either side may say so. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { Collected } from '../collected';
import { noteIssues } from '../fit-card/ledger';
import type { FoundObject } from '../found-object';
import { CLAIM_FIELDS, VOLUME_FIELDS } from './coverage/fields';
import { metadataOf } from './metadata';
import { noteFields } from './coverage/note-fields';
import type { Reading } from './read-object';

const { child, textAt } = kubernetes;

export function readVolume(found: FoundObject, into: Collected): Reading {
  const issues: SpecIssue[] = [];
  const meta = metadataOf(found, issues);
  if (meta === null || into.volumes.has(meta.name)) {
    noteIssues(into.ledger, issues);
    return { fate: meta === null ? 'refused' : 'duplicate' };
  }
  const { name, labels, spec } = meta;
  const affinity = child(child(spec, 'nodeAffinity'), 'required');
  const read = kubernetes.readPod({ metadata: { name }, spec: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: affinity.value } } } }, affinity.path);
  issues.push(...read.issues);
  into.volumes.set(name, { name, labels, nodeAffinity: read.pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? null });
  const claim = child(spec, 'claimRef');
  const claimName = textAt(child(claim, 'name'));
  if (claimName !== undefined) into.boundTo.set(`${textAt(child(claim, 'namespace')) ?? 'default'}/${claimName}`, name);
  noteFields(into.ledger, 'PersistentVolume.spec', found.value.spec, VOLUME_FIELDS);
  noteIssues(into.ledger, issues);
  return { fate: 'understood', detail: '' };
}

export function readClaim(found: FoundObject, into: Collected): Reading {
  const issues: SpecIssue[] = [];
  const meta = metadataOf(found, issues);
  const key = meta === null ? '' : `${meta.namespace}/${meta.name}`;
  const volume = meta === null ? undefined : textAt(child(meta.spec, 'volumeName'));
  noteIssues(into.ledger, issues);
  if (meta === null) return { fate: 'refused' };
  if (into.claims.has(key)) return { fate: 'duplicate' };
  into.claims.add(key);
  if (volume !== undefined && volume !== '') into.boundTo.set(key, volume);
  noteFields(into.ledger, 'PersistentVolumeClaim.spec', found.value.spec, CLAIM_FIELDS);
  return { fate: 'understood', detail: into.boundTo.has(key) ? 'bound' : 'not bound' };
}
