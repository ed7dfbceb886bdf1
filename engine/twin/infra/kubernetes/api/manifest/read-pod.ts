/** A pod manifest, as `kubectl get pod -o json` prints it, as a pod of the twin; with a list of what is wrong in it. */
import type { SpecIssue } from '../../../../spec-issue';
import type { Container, ContainerPort, Pod } from '../pod';
import { child, cursorAt, flagAt, integerAt, itemsAt, labelsAt, resourcesAt, textAt, wrong, type Cursor } from './cursor';
import { readAffinity, readSpreadConstraint, readToleration } from './read-affinity';
import { epochSecondsOf } from './timestamp';

/** `path` is where the manifest stands in its document. Values that are wrong are left out and told. */
export function readPod(manifest: unknown, path = ''): { readonly pod: Pod; readonly issues: readonly SpecIssue[] } {
  const issues: SpecIssue[] = [];
  const at = cursorAt(path, manifest, issues);
  const metadata = child(at, 'metadata');
  const spec = child(at, 'spec');
  const status = child(at, 'status');
  const name = textAt(child(metadata, 'name'));
  if (name === undefined) wrong(child(metadata, 'name'), 'a name', 'missing');
  const startTime = timeAt(child(status, 'startTime'));
  const pod: Pod = {
    name: name ?? '',
    namespace: textAt(child(metadata, 'namespace')) ?? 'default',
    labels: labelsAt(child(metadata, 'labels')) ?? {},
    ...optional('nodeName', textAt(child(spec, 'nodeName'))),
    ...optional('nominatedNodeName', textAt(child(status, 'nominatedNodeName'))),
    ...optional('priority', integerAt(child(spec, 'priority'))),
    ...optional('preemptionPolicy', textAt(child(spec, 'preemptionPolicy'))),
    ...optional('startTime', startTime),
    ...optional('owner', ownerOf(metadata)),
    ...optional('overhead', resourcesAt(child(spec, 'overhead'))),
    ...optional('resources', podResources(child(spec, 'resources'))),
    ...optional('nodeSelector', labelsAt(child(spec, 'nodeSelector'))),
    terminating: textAt(child(metadata, 'deletionTimestamp')) !== undefined,
    containers: itemsAt(child(spec, 'containers'))?.map(containerOf) ?? [],
    initContainers: itemsAt(child(spec, 'initContainers'))?.map(containerOf) ?? [],
    affinity: readAffinity(child(spec, 'affinity')),
    tolerations: itemsAt(child(spec, 'tolerations'))?.map(readToleration) ?? [],
    topologySpreadConstraints: itemsAt(child(spec, 'topologySpreadConstraints'))?.map(readSpreadConstraint) ?? [],
    claims: itemsAt(child(spec, 'volumes'))?.flatMap((volume) => textAt(child(child(volume, 'persistentVolumeClaim'), 'claimName')) ?? []) ?? [],
  };
  return { pod, issues };
}

/** A member only where there is a value. */
function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  const member: { [P in K]?: V } = {};
  if (value !== undefined) member[key] = value;
  return member;
}

function ownerOf(metadata: Cursor): Pod['owner'] {
  const controller = itemsAt(child(metadata, 'ownerReferences'))?.find((reference) => flagAt(child(reference, 'controller')) === true);
  return controller === undefined ? undefined : { kind: textAt(child(controller, 'kind')) ?? '', name: textAt(child(controller, 'name')) ?? '' };
}

function timeAt(at: Cursor): number | undefined {
  const text = textAt(at);
  return text === undefined ? undefined : (epochSecondsOf(text) ?? wrong(at, 'a time such as 2026-11-21T09:30:00Z', 'not-parsable'));
}

function podResources(at: Cursor): Pod['resources'] {
  const requests = resourcesAt(child(at, 'requests'));
  const limits = resourcesAt(child(at, 'limits'));
  return requests === undefined && limits === undefined ? undefined : { ...(requests === undefined ? {} : { requests }), ...(limits === undefined ? {} : { limits }) };
}

function containerOf(at: Cursor): Container {
  const resources = child(at, 'resources');
  const image = textAt(child(at, 'image'));
  return {
    name: textAt(child(at, 'name')) ?? '',
    ...(image === undefined ? {} : { image }),
    requests: resourcesAt(child(resources, 'requests')) ?? {},
    limits: resourcesAt(child(resources, 'limits')) ?? {},
    ports: itemsAt(child(at, 'ports'))?.map(portOf) ?? [],
    ...(textAt(child(at, 'restartPolicy')) === 'Always' ? { restartPolicy: 'Always' as const } : {}),
  };
}

const portOf = (at: Cursor): ContainerPort => ({ hostIP: textAt(child(at, 'hostIP')) ?? '', hostPort: integerAt(child(at, 'hostPort')) ?? 0, protocol: textAt(child(at, 'protocol')) ?? '' });
