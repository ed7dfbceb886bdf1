import { describe, expect, test } from 'vitest';
import type { Node } from '../../api/node';
import type { Pod } from '../../api/pod';
import { rulesOf } from '../../version';
import type { FilterName, FilterSettings } from '../filter';
import { snapshotOf, type SnapshotSpec } from '../snapshot';
import { FILTERS } from './index';

const node = (name: string, more: Partial<Node> = {}): Node => ({ name, labels: { zone: name, 'kubernetes.io/hostname': name }, allocatable: { cpu: 1_000, memory: 1_000, pods: 10 }, ...more });
const pod = (more: Partial<Pod> = {}): Pod => ({ name: 'p', namespace: 'default', labels: { app: 'web' }, containers: [], ...more });
const settings: FilterSettings = { rules: rulesOf('1.35') };

function verdicts(filter: FilterName, incoming: Pod, spec: SnapshotSpec, more: Partial<FilterSettings> = {}) {
  const snapshot = snapshotOf(spec);
  const judge = FILTERS[filter](incoming, snapshot, { ...settings, ...more });
  return snapshot.nodes.map((info) => judge(info)?.verdict ?? 'fit');
}

describe('NodeResourcesFit', () => {
  const of = (more: Partial<Pod>, allocatable = {}, config: Partial<FilterSettings> = {}) => verdicts('NodeResourcesFit', pod(more), { nodes: [node('n', { allocatable: { cpu: 1_000, memory: 1_000, pods: 1, ...allocatable } })], pods: [] }, config);

  test('a sidecar adds to the containers and to every init container after it', () => {
    const sidecar = { restartPolicy: 'Always' as const, requests: { cpu: 400 } };
    expect(of({ containers: [{ requests: { cpu: 600 } }], initContainers: [sidecar] })).toEqual(['fit']);
    expect(of({ containers: [{ requests: { cpu: 601 } }], initContainers: [sidecar] })).toEqual(['never']);
    expect(of({ containers: [], initContainers: [sidecar, { requests: { cpu: 601 } }] })).toEqual(['never']);
    expect(of({ containers: [], initContainers: [{ requests: { cpu: 1_000 } }, sidecar] })).toEqual(['fit']);
  });

  test('a pod that requests nothing needs only a slot, even on an overfull node', () => {
    expect(of({}, { cpu: -5, memory: 0 })).toEqual(['fit']);
    expect(of({}, { pods: 0 })).toEqual(['no']);
  });

  test('a request above all that the node has is refused for good since 1.34; what others have taken may come back', () => {
    const taken = (requests: Record<string, number>, version: '1.30' | '1.35') => verdicts('NodeResourcesFit', pod({ containers: [{ requests }] }), { nodes: [node('n')], pods: [pod({ name: 'r', nodeName: 'n', containers: [{ requests: { cpu: 500 } }] })] }, { rules: rulesOf(version) });
    expect([taken({ cpu: 600 }, '1.35'), taken({ cpu: 1_001 }, '1.35'), taken({ cpu: 600, memory: 1_001 }, '1.35')]).toEqual([['no'], ['never'], ['never']]);
    expect(taken({ cpu: 1_001 }, '1.30')).toEqual(['no']);
    expect(of({}, { pods: 0 })).toEqual(['no']);
  });

  test('an extended resource may be ignored by name or group; a native one may not', () => {
    const wants = { containers: [{ requests: { 'example.com/gpu': 1 } }] };
    expect([of(wants), of(wants, {}, { ignoredResources: ['example.com/gpu'] }), of(wants, {}, { ignoredResourceGroups: ['example.com'] })]).toEqual([['never'], ['fit'], ['fit']]);
    expect(of({ containers: [{ requests: { 'hugepages-2Mi': 1 } }] }, {}, { ignoredResources: ['hugepages-2Mi'] })).toEqual(['never']);
  });

  test('overhead and the resources of the whole pod count', () => {
    expect(of({ containers: [{ requests: { cpu: 900 } }], overhead: { cpu: 200 } })).toEqual(['never']);
    expect(of({ containers: [{ requests: { cpu: 5_000 } }], resources: { requests: { cpu: 800 } } })).toEqual(['fit']);
  });
});

describe('PodTopologySpread', () => {
  const constraint = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } };
  const running = (...zones: string[]) => zones.map((zone, i) => pod({ name: `r${i}`, nodeName: zone }));
  const of = (more: object, pods: Pod[], nodes = [node('a'), node('b')], labels: Record<string, string> = { app: 'web' }) => verdicts('PodTopologySpread', pod({ labels, topologySpreadConstraints: [{ ...constraint, ...more }] }), { nodes, pods });

  test('a pod that does not match its own selector may go where it would not count', () => {
    expect(of({}, running('a'))).toEqual(['no', 'fit']);
    expect(of({}, running('a'), undefined, { app: 'other' })).toEqual(['fit', 'fit']);
    expect(of({}, running('a', 'a'), undefined, { app: 'other' })).toEqual(['no', 'fit']);
  });

  test('with too few domains the smallest counts as 0', () => {
    expect(of({}, running('a', 'b'))).toEqual(['fit', 'fit']);
    expect(of({ minDomains: 3 }, running('a', 'b'))).toEqual(['no', 'no']);
  });

  test('terminating pods and other namespaces do not count, nor does an empty selector', () => {
    expect(of({}, [pod({ name: 'r', nodeName: 'a', terminating: true }), pod({ name: 's', nodeName: 'a', namespace: 'other' })])).toEqual(['fit', 'fit']);
    expect(of({ labelSelector: {} }, running('a', 'a', 'a'))).toEqual(['fit', 'fit']);
  });

  test('nodes the pod cannot go to by affinity are left out unless told otherwise, tainted ones only when told so', () => {
    const selecting = (more: object, taints: Node['taints'] = []) => verdicts('PodTopologySpread', pod({ nodeSelector: { disk: 'ssd' }, topologySpreadConstraints: [{ ...constraint, ...more }] }), { nodes: [node('a', { labels: { zone: 'a', disk: 'ssd' }, taints: [] }), node('b', { labels: { zone: 'b', disk: taints.length > 0 ? 'ssd' : 'hdd' }, taints })], pods: running('a') });
    expect(selecting({})).toEqual(['fit', 'fit']);
    expect(selecting({ nodeAffinityPolicy: 'Ignore' })).toEqual(['no', 'fit']);
    const taint = [{ key: 'k', effect: 'NoSchedule' }];
    expect(selecting({}, taint)).toEqual(['no', 'fit']);
    expect(selecting({ nodeTaintsPolicy: 'Honor' }, taint)).toEqual(['fit', 'fit']);
  });

  test('matchLabelKeys compare only pods of the same revision', () => {
    const old = running('a').map((one) => ({ ...one, labels: { app: 'web', rev: '1' } }));
    expect(of({ matchLabelKeys: ['rev'] }, old, undefined, { app: 'web', rev: '2' })).toEqual(['fit', 'fit']);
    expect(of({ matchLabelKeys: ['rev'] }, old, undefined, { app: 'web', rev: '1' })).toEqual(['no', 'fit']);
  });

  test('the first constraint that refuses decides whether preemption could help', () => {
    const bare = node('c', { labels: {} });
    expect(of({}, running('a'), [node('a'), node('b'), bare])).toEqual(['no', 'fit', 'never']);
  });
});

describe('InterPodAffinity', () => {
  const term = (topologyKey = 'zone', more = {}) => ({ labelSelector: { matchLabels: { app: 'web' } }, topologyKey, ...more });
  const near = (more = {}) => pod({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term('zone', more)] } } });
  const away = (more = {}) => pod({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term('zone', more)] } } });
  const nodes = [node('a'), node('b')];

  test('the first pod of a group may start alone, but only if it means itself', () => {
    expect(verdicts('InterPodAffinity', near(), { nodes, pods: [] })).toEqual(['fit', 'fit']);
    expect(verdicts('InterPodAffinity', { ...near(), labels: {} }, { nodes, pods: [] })).toEqual(['never', 'never']);
    expect(verdicts('InterPodAffinity', near(), { nodes, pods: [pod({ name: 'r', nodeName: 'a' })] })).toEqual(['fit', 'never']);
  });

  test('anti-affinity binds both ways', () => {
    const running = { ...away(), name: 'r', nodeName: 'a' };
    expect(verdicts('InterPodAffinity', pod(), { nodes, pods: [running] })).toEqual(['no', 'fit']);
    expect(verdicts('InterPodAffinity', away(), { nodes, pods: [pod({ name: 'r', nodeName: 'a' })] })).toEqual(['no', 'fit']);
  });

  test('a namespace selector reaches other namespaces, an empty one all', () => {
    const pods = [pod({ name: 'r', namespace: 'prod', nodeName: 'a' })];
    const namespaces = new Map([['prod', { team: 'x' }]]);
    const of = (more: object) => verdicts('InterPodAffinity', away(more), { nodes, pods, namespaces });
    expect([of({}), of({ namespaceSelector: {} }), of({ namespaceSelector: { matchLabels: { team: 'x' } } }), of({ namespaceSelector: { matchLabels: { team: 'y' } } }), of({ namespaces: ['prod'] })]).toEqual([['fit', 'fit'], ['no', 'fit'], ['no', 'fit'], ['fit', 'fit'], ['no', 'fit']]);
  });

  test('a node without the key is out for affinity and free for anti-affinity', () => {
    const bare = [node('a', { labels: {} })];
    expect(verdicts('InterPodAffinity', near(), { nodes: bare, pods: [] })).toEqual(['never']);
    expect(verdicts('InterPodAffinity', away(), { nodes: bare, pods: [pod({ name: 'r', nodeName: 'a' })] })).toEqual(['fit']);
  });

  test('mismatchLabelKeys avoid only other tenants', () => {
    const tenant = (name: string) => ({ app: 'web', tenant: name });
    const incoming = { ...away({ mismatchLabelKeys: ['tenant'], labelSelector: { matchExpressions: [{ key: 'tenant', operator: 'Exists' }] } }), labels: tenant('x') };
    expect(verdicts('InterPodAffinity', incoming, { nodes, pods: [pod({ name: 'r', nodeName: 'a', labels: tenant('x') }), pod({ name: 's', nodeName: 'b', labels: tenant('y') })] })).toEqual(['fit', 'no']);
  });
});

describe('the other filters', () => {
  test('host ports clash by protocol, port and address; sidecars count since 1.33', () => {
    const taken = [pod({ name: 'r', nodeName: 'a', containers: [{ ports: [{ hostPort: 80, hostIP: '10.0.0.1' }] }] })];
    const of = (port: object) => verdicts('NodePorts', pod({ containers: [{ ports: [port] }] }), { nodes: [node('a')], pods: taken })[0];
    expect([of({ hostPort: 80 }), of({ hostPort: 80, hostIP: '10.0.0.2' }), of({ hostPort: 80, protocol: 'UDP' }), of({ hostPort: 0 })]).toEqual(['no', 'fit', 'fit', 'fit']);
    const sidecar = pod({ initContainers: [{ restartPolicy: 'Always', ports: [{ hostPort: 80 }] }] });
    expect(verdicts('NodePorts', sidecar, { nodes: [node('a')], pods: taken })).toEqual(['no']);
    expect(verdicts('NodePorts', sidecar, { nodes: [node('a')], pods: taken }, { rules: rulesOf('1.30') })).toEqual(['fit']);
  });

  test('a pod goes only where its volume can be attached', () => {
    const volumes = new Map([['default/data', { name: 'pv', labels: { 'topology.kubernetes.io/zone': 'a__c' } }]]);
    const nodes = ['a', 'b', 'c'].map((zone) => node(zone, { labels: { 'topology.kubernetes.io/zone': zone } }));
    expect(verdicts('VolumeZone', pod({ claims: ['data'] }), { nodes, pods: [], volumes })).toEqual(['fit', 'never', 'fit']);
    expect(verdicts('VolumeZone', pod({ claims: ['unbound'] }), { nodes, pods: [], volumes })).toEqual(['fit', 'fit', 'fit']);
  });

  test('taints need an exact toleration, a key alone, or a toleration of everything', () => {
    const tainted = [node('a', { taints: [{ key: 'k', value: 'v', effect: 'NoExecute' }] })];
    const of = (tolerations: Pod['tolerations']) => verdicts('TaintToleration', pod({ tolerations: tolerations ?? [] }), { nodes: tainted, pods: [] })[0];
    expect([of([]), of([{ key: 'k', value: 'v' }]), of([{ key: 'k', operator: 'Exists' }]), of([{ operator: 'Exists' }]), of([{ key: 'k', value: 'v', effect: 'NoSchedule' }]), of([{ key: 'k', operator: 'Exits' }])]).toEqual(['never', 'fit', 'fit', 'fit', 'never', 'never']);
  });
});
