/** One object of the Kubernetes API to its reader, and its fate into the books. */
import type { Collected } from '../collected';
import { noteIssue, noteObject } from '../fit-card/ledger';
import type { FoundObject } from '../found-object';
import { CONSEQUENCES, READ_KINDS, UNKNOWN_KIND, WITHOUT_EFFECT } from './coverage/kinds';
import { readAutoscaler } from './read-autoscaler';
import { readBudget } from './read-budget';
import { readNodeObject } from './read-node-object';
import { readPodObject } from './workload/read-pod-object';
import { readIngress, readNamespace, readPriorityClass, readService } from './read-service';
import { readUse } from './read-use';
import { readClaim, readVolume } from './read-volume';
import { readWorkload } from './workload/read-workload';

/** `read`: understood, with a few words about it; the other two say why it was not taken. */
export type Reading = { readonly fate: 'understood'; readonly detail: string } | { readonly fate: 'withoutEffect'; readonly why: string } | { readonly fate: 'refused' } | { readonly fate: 'duplicate' };
export type ObjectReader = (found: FoundObject, into: Collected) => Reading;

const READERS: Readonly<Record<string, ObjectReader>> = {
  Node: readNodeObject,
  Pod: readPodObject,
  HorizontalPodAutoscaler: readAutoscaler,
  PodDisruptionBudget: readBudget,
  PersistentVolume: readVolume,
  PersistentVolumeClaim: readClaim,
  Service: readService,
  Ingress: readIngress,
  Namespace: readNamespace,
  PriorityClass: readPriorityClass,
  PodMetrics: readUse,
};

export function readObject(found: FoundObject, into: Collected): void {
  const { kind, group } = found;
  const { ledger } = into;
  ledger.objectsRead += 1;
  const groups = Object.hasOwn(READ_KINDS, kind) ? READ_KINDS[kind] : undefined;
  if (groups !== undefined && (found.value.apiVersion === undefined || groups.includes(group))) return enter(found, (Object.hasOwn(READERS, kind) ? READERS[kind]! : readWorkload)(found, into), into);
  if (group === '' && kind === 'Secret') return noteObject(ledger, 'dropped', 'Secret', 'nothing of it is kept but that it was there');
  if (group === '' && kind === 'ConfigMap') return noteObject(ledger, 'withoutEffect', kind, 'the twin runs no programs, so it needs no configuration of theirs');
  if (Object.hasOwn(WITHOUT_EFFECT, kind)) return noteObject(ledger, 'withoutEffect', kind, WITHOUT_EFFECT[kind]);
  const name = group === '' || Object.hasOwn(CONSEQUENCES, kind) ? kind : `${kind}.${group}`;
  noteObject(ledger, 'notModelled', name.slice(0, 120), Object.hasOwn(CONSEQUENCES, kind) ? CONSEQUENCES[kind] : UNKNOWN_KIND);
}

function enter({ kind, path }: FoundObject, reading: Reading, { ledger }: Collected): void {
  switch (reading.fate) {
    case 'understood':
      return noteObject(ledger, 'understood', kind, reading.detail);
    case 'withoutEffect':
      return noteObject(ledger, 'withoutEffect', kind, reading.why);
    case 'duplicate':
      noteIssue(ledger, path, `there is a ${kind} of this name already`, 'The first is used. Give each object once; what runs goes before what is planned.', 'duplicate');
      return noteObject(ledger, 'dropped', `${kind} of a name that was there`, 'the first of the same name is used');
    case 'refused':
      return noteObject(ledger, 'refused', kind);
  }
}
