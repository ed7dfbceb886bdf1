/** A Pod that holds room: running, starting, or waiting for a node. Those that have ended hold none. */
import { kubernetes } from '@/engine/twin';
import type { SpecIssue } from '@/engine/twin';
import type { Collected } from '../../collected';
import { noteIssues } from '../../fit-card/ledger';
import type { FoundObject } from '../../found-object';
import { hostsOfPod } from './environment';
import { metadataOf, type Metadata } from '../metadata';
import { notePodFields } from '../coverage/note-fields';
import type { Reading } from '../read-object';
import { readPodLife } from './read-pod-life';

const ENDED = ['Succeeded', 'Failed'];
/** A pod that took longer was not starting, it was broken. */
const START_SECONDS_MAX = 900;

export function readPodObject(found: FoundObject, into: Collected): Reading {
  const issues: SpecIssue[] = [];
  const meta = metadataOf(found, issues);
  if (meta === null) {
    noteIssues(into.ledger, issues);
    return { fate: 'refused' };
  }
  const key = `${meta.namespace}/${meta.name}`;
  if (into.pods.has(key)) return { fate: 'duplicate' };
  const phase = kubernetes.textAt(kubernetes.child(meta.status, 'phase')) ?? 'Pending';
  const { pod, issues: more } = kubernetes.readPod(found.value, found.path);
  noteIssues(into.ledger, [...issues, ...more]);
  if (ENDED.includes(phase)) return { fate: 'withoutEffect', why: 'ended, holds no room' };
  const { spec } = found.value;
  notePodFields(into.ledger, spec);
  into.pods.set(key, { pod: { ...pod, name: meta.name, namespace: meta.namespace }, reaches: hostsOfPod(spec), startSeconds: startSecondsOf(meta), life: readPodLife(meta.spec) });
  if (pod.terminating === true) return { fate: 'understood', detail: 'terminating' };
  return { fate: 'understood', detail: pod.nodeName === undefined ? 'waiting for a node' : 'on a node' };
}

/** From the kubelet's start to Ready, for a pod none of whose containers was restarted. */
function startSecondsOf({ status }: Metadata): number | null {
  const containers = kubernetes.itemsAt(kubernetes.child(status, 'containerStatuses')) ?? [];
  if (containers.some((container) => kubernetes.integerAt(kubernetes.child(container, 'restartCount')) !== 0)) return null;
  const ready = kubernetes.itemsAt(kubernetes.child(status, 'conditions'))?.find((item) => kubernetes.textAt(kubernetes.child(item, 'type')) === 'Ready' && kubernetes.textAt(kubernetes.child(item, 'status')) === 'True');
  if (ready === undefined) return null;
  const [started, since] = [kubernetes.child(status, 'startTime'), kubernetes.child(ready, 'lastTransitionTime')].map((at) => kubernetes.epochSecondsOf(kubernetes.textAt(at) ?? ''));
  const seconds = started === null || started === undefined || since === null || since === undefined ? -1 : since - started;
  return seconds >= 0 && seconds <= START_SECONDS_MAX ? seconds : null;
}
