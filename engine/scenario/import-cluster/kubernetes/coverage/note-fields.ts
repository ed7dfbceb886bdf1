/** Every field of an object that says something, into the books: modelled, without effect, or a gap with its consequence. */
import { noteField, type Ledger } from '../../fit-card/ledger';
import { isMembers } from '../../sanitize/sanitize';
import { noteHooks } from '../workload/read-pod-life';
import { CONTAINER_FIELDS, POD_FIELDS, type FieldTable } from './fields';

const UNKNOWN = 'this field is not known here; it has no effect in the twin';

/** An empty list, an empty object, `false` and null say what would hold without them. */
const saysSomething = (value: unknown) => !(value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0) || (isMembers(value) && Object.keys(value).length === 0));

export function noteFields(ledger: Ledger, name: string, value: unknown, table: FieldTable): void {
  if (!isMembers(value)) return;
  for (const key of Object.keys(value)) {
    if (!saysSomething(value[key])) continue;
    const field = `${name}.${key.slice(0, 60)}`;
    if (table.modelled.includes(key)) noteField(ledger, 'modelled', field);
    else if (table.withoutEffect.includes(key) || isUsual(key, value[key])) noteField(ledger, 'withoutEffect', field);
    else noteField(ledger, 'notModelled', field, Object.hasOwn(table.gaps, key) ? table.gaps[key] : UNKNOWN);
  }
}

/** What the API server fills in when nobody asks for anything else. */
const USUAL: Readonly<Record<string, readonly unknown[]>> = { restartPolicy: ['Always'], schedulerName: ['default-scheduler'], sessionAffinity: ['None'], internalTrafficPolicy: ['Cluster'], externalTrafficPolicy: ['Cluster'], podManagementPolicy: ['Parallel'], progressDeadlineSeconds: [600], completions: [1], backoffLimit: [6], minReadySeconds: [0], podReplacementPolicy: ['TerminatingOrFailed'] };
const isUsual = (key: string, value: unknown) => Object.hasOwn(USUAL, key) && (USUAL[key] ?? []).includes(value);

/** A pod, or the pod of a template, with its containers and its volumes that are no claims. */
export function notePodFields(ledger: Ledger, spec: unknown): void {
  if (!isMembers(spec)) return;
  noteFields(ledger, 'Pod.spec', spec, POD_FIELDS);
  for (const list of [spec.containers, spec.initContainers]) if (Array.isArray(list)) {
    for (const container of list as readonly unknown[]) noteContainer(ledger, container);
  }
  if (Array.isArray(spec.volumes)) for (const volume of spec.volumes as readonly unknown[]) noteVolume(ledger, volume);
}

function noteContainer(ledger: Ledger, container: unknown): void {
  if (!isMembers(container)) return;
  const { lifecycle: _hooks, ...rest } = container;
  noteFields(ledger, 'Pod.container', rest, CONTAINER_FIELDS);
  noteHooks(ledger, container);
}

const DISK_CONSEQUENCE: Readonly<Record<string, string>> = { emptyDir: 'room on a node’s disk is not simulated', hostPath: 'files of a node are not simulated', ephemeral: 'the claim it makes is not bound to a zone' };
const FILES = ['configMap', 'secret', 'projected', 'downwardAPI', 'serviceAccountToken'];

function noteVolume(ledger: Ledger, volume: unknown): void {
  if (!isMembers(volume)) return;
  for (const key of Object.keys(volume)) {
    if (key === 'name') continue;
    const field = `Pod.volume.${key.slice(0, 60)}`;
    if (key === 'persistentVolumeClaim') noteField(ledger, 'modelled', field);
    else if (FILES.includes(key)) noteField(ledger, 'withoutEffect', field);
    else noteField(ledger, 'notModelled', field, Object.hasOwn(DISK_CONSEQUENCE, key) ? DISK_CONSEQUENCE[key] : 'the disk behind it is not simulated');
  }
}
