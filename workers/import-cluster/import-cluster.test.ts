import { describe, expect, test } from 'vitest';
import { clusterPictureOf, explainImported, importCluster, parseScenario, runScenario, schedulerState, startRun, twinOfImport, type ClusterImport, type SourceFile } from '@/engine/scenario';
import { fitCardText } from './fit-card-text';
import { readDocuments } from './read-documents';
import { FIXTURES, fixtureText, leaked, type FixtureName } from './testing/fixture-files';

const opened = (...names: FixtureName[]) => importCluster(names.map((name) => readDocuments(name, fixtureText(name))), names[0]!.replace(/\..*$/, ''));
const values = (...documents: unknown[]): SourceFile[] => [{ name: 'given', documents }];
const named = (cluster: ClusterImport, name: string) => cluster.workloads.find((workload) => workload.name === name)!;
const manifest = (kind: string, name: string, spec: object, rest: object = {}) => ({ apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1', kind, metadata: { name, namespace: 'n' }, spec, ...rest });
const template = (container: object, labels: object = { app: 'x' }) => ({ metadata: { labels }, spec: { containers: [{ name: 'c', ...container }] } });

describe('an export of a running cluster', () => {
  const cluster = opened('shop-eks.json');
  const twin = twinOfImport(cluster);

  test('pods find the Deployment above their ReplicaSet, also when no ReplicaSet was exported', () => {
    const workloads = (each: ClusterImport) => each.workloads.map(({ kind, name, podsFound, replicasWanted }) => [kind, name, podsFound, replicasWanted]);
    expect(workloads(cluster)).toEqual([
      ['DaemonSet', 'aws-node', 3, 3], ['Deployment', 'coredns', 2, 2], ['DaemonSet', 'kube-proxy', 3, 3], ['Deployment', 'metrics-server', 1, 1], ['DaemonSet', 'node-exporter', 3, 3],
      ['Deployment', 'api', 4, 4], ['Deployment', 'cart', 2, 2], ['Deployment', 'mailer', 1, 1], ['StatefulSet', 'postgres', 2, 2], ['Deployment', 'redis', 1, 1], ['Deployment', 'web', 3, 3],
    ]);
    const { items } = JSON.parse(fixtureText('shop-eks.json')) as { items: { kind: string }[] };
    const podsAlone = importCluster(values({ kind: 'List', items: items.filter(({ kind }) => kind === 'Pod' || kind === 'Node') }));
    expect(workloads(podsAlone).map(([kind, name, pods]) => [kind, name, pods])).toEqual(workloads(cluster).map(([kind, name, pods]) => [kind, name, pods]));
    expect(podsAlone.card.assumed[0]).toMatchObject({ what: 'Workloads known only by their pods', count: 11 });
  });

  test('the card says what was understood, what is not modelled and what that means, what was dropped', () => {
    const { card } = cluster;
    expect(card.objects).toEqual({ read: 79, understood: 69, withoutEffect: 4, notModelled: 4, dropped: 2, refused: 0 });
    expect(card.notModelled.filter(({ scope }) => scope === 'object').map(({ what }) => what)).toEqual(['CronJob', 'LimitRange', 'NetworkPolicy', 'ServiceMonitor']);
    expect(card.dropped).toContainEqual({ what: 'entries of Secrets', count: 4, because: expect.any(String) });
    expect(card.sentence).toMatch(/^3 nodes, 11 workloads with 25 pods, 1 autoscaler, 2 disruption budgets; 79 objects read, 4 of kinds .* 21 secret values dropped\.$/);
    expect(card.issues).toEqual([]);
  });

  test('start-up is taken from pods that were never restarted, zone and price from the node', () => {
    expect(named(cluster, 'postgres').startSeconds).toEqual({ median: 27, pods: 2 });
    expect(cluster.nodes.map(({ zone, pool, machineType }) => [zone, pool, machineType])).toEqual([['eu-central-1a', 'general', 'm7i.large'], ['eu-central-1b', 'general', 'm7i.large'], ['eu-central-1c', 'general', 'm7i.large']]);
    expect(twin.scenario!.system.nodes.map(({ usdPerHour, cpuMillicores, allocatable }) => [usdPerHour, cpuMillicores, allocatable?.cpuMillicores])).toEqual(Array.from({ length: 3 }, () => [0.1008, 2_000, 1_930]));
  });

  test('who calls whom follows from addresses in the environment, and CPU in use from the autoscaler', () => {
    const services = new Map(twin.scenario!.system.services.map((service) => [service.name, service]));
    expect(services.get('web')!.calls).toEqual([{ service: 'api', perRequest: 1 }]);
    expect(services.get('api')!.calls!.map(({ service }) => service).sort((x, y) => (x < y ? -1 : 1))).toEqual(['cart', 'postgres', 'redis']);
    // 3 replicas × 200m × 42 % = 252m, at 10 ms a request
    expect(twin.scenario!.system.loads.find(({ service }) => service === 'web')?.profile).toEqual({ kind: 'constant', rps: 25.2 });
    expect(services.get('web')).toMatchObject({ replicasMin: 2, replicasMax: 10, quotaMillicores: 500, memoryLimitMib: 256, autoscaler: { min: 2, max: 10 }, disruptionBudget: { maxUnavailable: 1 } });
  });

  test('metrics of the pods stand above what an autoscaler reports', () => {
    const measured = twinOfImport(opened('shop-eks.json', 'shop-eks-metrics.json'));
    const api = measured.scenario!.system.services.find(({ name }) => name === 'api')!;
    expect(api.memoryMib).toBe(402);
    expect(measured.card.assumed.find(({ what }) => what === 'CPU in use, measured')?.count).toBe(6);
    expect(measured.scenario!.system.loads.find(({ service }) => service === 'web')?.profile).toEqual({ kind: 'constant', rps: 25.2 }); // 84m × 3
  });

  test('any pod can be explained where it is, and the one that waits too', () => {
    const { spec, waiting } = schedulerState(cluster);
    expect(waiting).toHaveLength(1);
    const explained = explainImported(cluster, `shop/${waiting[0]!.name}`)!;
    expect(explained.node).toBeNull();
    expect(explained.explanation.nodes.map((node) => (node.outcome === 'refused' ? node.refusals[0]!.filter : node.outcome))).toEqual(['NodeResourcesFit', 'NodeResourcesFit', 'TaintToleration']);
    for (const pod of spec.pods) expect(explainImported(cluster, `${pod.namespace}/${pod.name}`)?.node, pod.name).toBe(pod.nodeName ?? null);
    expect(explainImported(cluster, 'shop/nobody')).toBeNull();
  });

  test('volumes keep their claim’s pods in their zone', () => {
    const { explanation } = explainImported(cluster, 'shop/postgres-0')!;
    expect(explanation.nodes.filter((node) => node.outcome === 'refused' && node.refusals.some(({ filter }) => filter === 'VolumeZone'))).toHaveLength(2);
  });

  test('the picture has each node and each pod once, in an order that does not hang on the file', () => {
    const picture = clusterPictureOf(cluster);
    expect(picture.moment.pods.count).toBe(25);
    expect([...picture.moment.pods.node].filter((node) => node < 0)).toHaveLength(1);
    const { items } = JSON.parse(fixtureText('shop-eks.json')) as { items: unknown[] };
    const turned = clusterPictureOf(importCluster(values({ kind: 'List', items: [...items].reverse() }), 'shop-eks'));
    expect(turned).toEqual(picture);
  });
});

describe('where pods begin', () => {
  const machine = (name: string, { ready = 'True', cordoned = false }: { readonly ready?: string; readonly cordoned?: boolean } = {}) => ({
    apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: cordoned ? { unschedulable: true, taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] } : {},
    status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10' }, conditions: [{ type: 'Ready', status: ready }] },
  });
  const pod = (name: string, nodeName: string | undefined, cpu = '500m') => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'n', uid: name, labels: { app: 'x' }, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'x', uid: 'x', controller: true }] }, spec: { containers: [{ name: 'c', resources: { requests: { cpu } } }], ...(nodeName === undefined ? {} : { nodeName }) }, status: { phase: nodeName === undefined ? 'Pending' : 'Running' } });
  const begins = (...documents: unknown[]) => {
    const { scenario, card } = twinOfImport(importCluster(values(...documents)));
    const world = startRun(scenario!).world;
    return { system: scenario!.system, card: (what: string) => card.begins.find((each) => each.what === what), nodesOf: world.infra.services[0]!.replicas.map((replica) => world.infra.nodes[world.infra.replicas[replica]!.node]?.name ?? null), nodes: world.infra.nodes };
  };

  test('on the node that kubectl names, and the card counts them', () => {
    const { nodesOf, card } = begins(machine('a'), machine('b'), machine('c'), pod('x-0', 'c'), pod('x-1', 'c'), pod('x-2', 'b'));
    expect(nodesOf).toEqual(['c', 'c', 'b']);
    expect(card('Pods where they run')).toMatchObject({ count: 3, because: 'spec.nodeName in the export' });
    expect(card('Pods that may not stand where they run')).toBeUndefined();
  });
  test('waiting, where they wait; and whether the twin’s scheduler finds room after all', () => {
    const full = begins(machine('a'), pod('x-0', 'a', '1500m'), pod('x-1', undefined, '1500m'));
    expect(full.nodesOf).toEqual(['a', null]);
    expect(full.card('Pods that wait for a node')).toMatchObject({ count: 1, value: 'they wait in the twin too' });
    expect(begins(machine('a'), machine('b'), pod('x-0', 'a'), pod('x-1', undefined)).card('Pods that wait for a node')!.value).toBe('they begin waiting; the twin’s scheduler finds room for 1 in its first seconds');
  });
  test('elsewhere only with words: the node is in no file, or the twin’s kubelet refuses', () => {
    const { nodesOf, card, system } = begins(machine('a'), machine('b'), pod('x-0', 'a'), pod('x-1', 'not-exported'));
    expect(system.services[0]!.startsOn).toEqual(['a']);
    expect(nodesOf[0]).toBe('a');
    expect(card('Pods on nodes of which no file tells')).toMatchObject({ count: 1, instead: 'kubectl get nodes -o json' });
    // pods of a workload are alike in the twin, after the first: two of 1.5 cores do not fit beside each other
    const crowded = begins(machine('a'), machine('b'), pod('x-0', 'a', '1500m'), pod('x-1', 'a', '100m'));
    expect(crowded.nodesOf).toEqual(['a', 'b']);
    expect(crowded.card('Pods where they run')).toMatchObject({ count: 1 });
    expect(crowded.card('Pods that may not stand where they run')).toMatchObject({ count: 1, value: 'placed by the scheduler: x-2 (it was found on a: cpu: 1500 requested, 500 of 2000 free)' });
  });
  test('on nodes as they were: cordoned ones take nobody new, ones that are not ready serve nobody', () => {
    const { nodesOf, nodes, card, system } = begins(machine('a', { cordoned: true }), machine('b', { ready: 'Unknown' }), machine('c'), pod('x-0', 'a'), pod('x-1', 'b'), pod('x-2', 'gone'));
    expect(nodesOf).toEqual(['a', 'b', 'c']);
    expect(nodes.map(({ cordoned, ready, phase }) => [cordoned, ready, phase])).toEqual([[true, true, 'up'], [false, false, 'down'], [false, true, 'up']]);
    expect(system.nodes[0]!.taints).toBeUndefined(); // it follows from the cordon, and ends with it
    expect([card('Nodes cordoned')?.count, card('Nodes not ready')?.count]).toEqual([1, 1]);
  });
  test('as the shop’s export says, pod by pod', () => {
    const cluster = opened('shop-eks.json');
    const world = startRun(twinOfImport(cluster).scenario!).world;
    const found = new Map<string, number>();
    for (const { nodeName } of cluster.pods) found.set(nodeName ?? '', (found.get(nodeName ?? '') ?? 0) + 1);
    const stands = new Map<string, number>();
    for (const { node } of world.infra.replicas) stands.set(world.infra.nodes[node]?.name ?? '', (stands.get(world.infra.nodes[node]?.name ?? '') ?? 0) + 1);
    expect([...stands].sort()).toEqual([...found].sort());
  });
});

describe('every fixture', () => {
  test.each(FIXTURES)('%s: objects read are understood, without effect, not modelled, dropped or refused, and no secret comes out', (name) => {
    const cluster = opened(name);
    const twin = twinOfImport(cluster);
    const { read, ...fates } = twin.card.objects;
    expect(Object.values(fates).reduce((sum, count) => sum + count, 0)).toBe(read);
    expect(fates.refused).toBe(0);
    expect(leaked([cluster, [...cluster.volumes], twin, clusterPictureOf(cluster), fitCardText(twin.card, twin.refusals)])).toBeNull();
    expect(leaked(fixtureText(name)) === null).toBe(name === 'shop-eks-metrics.json');
  });

  test.each(['shop-eks.json', 'booking-chart.yaml', 'ticket-compose.yaml', 'fleet-plan.json'] as const)('%s becomes a scenario that is valid, runs, and gives the same hash twice', (name) => {
    const { scenario, refusals } = twinOfImport(opened(name));
    expect(refusals).toEqual([]);
    expect(parseScenario(JSON.parse(JSON.stringify(scenario))).ok).toBe(true);
    const short = { ...scenario!, durationSeconds: 30, warmUpSeconds: 5 };
    const report = runScenario(short);
    expect(report.kpis['client.throughput']!.value).toBeGreaterThan(0);
    expect(runScenario(short).stateHash).toBe(report.stateHash);
  });
});

describe('what is only planned', () => {
  test('a chart gets machines, a request for what is only limited, and its init container’s peak', () => {
    const cluster = opened('booking-chart.yaml');
    expect(cluster.nodes.map(({ zone, origin }) => [zone, origin])).toEqual([['zone-a', 'assumed'], ['zone-b', 'assumed'], ['zone-c', 'assumed']]);
    const rooms = twinOfImport(cluster).scenario!.system.services.find(({ name }) => name === 'booking-rooms')!;
    expect([rooms.cpuRequestMillicores, rooms.memoryMib, rooms.memoryLimitMib]).toEqual([500, 300, 300]);
    expect(named(cluster, 'booking-front').template.priority).toBe(5_000);
    expect(schedulerState(cluster)).toMatchObject({ placedByTwin: 7, waiting: [] });
  });

  test('a Compose file gives services of one host: reservations, limits, scale, who waits for whom', () => {
    const cluster = opened('ticket-compose.yaml');
    expect(cluster.workloads.map(({ name, replicasWanted, published }) => [name, replicasWanted, published])).toEqual([['admin', 1, false], ['gate', 1, true], ['queue', 1, false], ['shop', 2, false], ['store', 1, false]]);
    const services = new Map(twinOfImport(cluster).scenario!.system.services.map((service) => [service.name, service]));
    expect(services.get('shop')).toMatchObject({ cpuRequestMillicores: 250, quotaMillicores: 750, memoryMib: 192, memoryLimitMib: 384, startUp: { meanMs: 17_000 } });
    expect(services.get('gate')!.calls!.map(({ service }) => service)).toEqual(['shop', 'admin']);
    expect(cluster.card.objects.withoutEffect).toBe(2); // a profile nobody asked for, a network
  });

  test('a Terraform plan gives groups of nodes with zones, taints, spot and room to grow, and its Kubernetes resources', () => {
    const cluster = opened('fleet-plan.json');
    const { system } = twinOfImport(cluster).scenario!;
    expect(system.cluster!.nodeGroups!.map(({ name, min, max, cpuMillicores, spot }) => [name, min, max, cpuMillicores, spot ?? false])).toEqual([
      ['general', 2, 6, 4_000, false], ['spot', 0, 4, 8_000, true], ['edge', 1, 4, 2_000, false], ['bastion', 1, 1, 2_000, false], ['pool', 2, 6, 4_000, false], ['runner-0', 1, 1, 4_000, true],
    ]);
    expect(system.nodes.find(({ name }) => name === 'spot-1')).toMatchObject({ memoryMib: 16_384, taints: [{ key: 'batch', value: 'true', effect: 'NoSchedule' }] });
    expect(named(cluster, 'worker').replicasWanted).toBe(2);
    const placed = schedulerState(cluster).spec.pods.filter(({ name }) => name.startsWith('worker')).map(({ nodeName }) => nodeName);
    expect(placed).toEqual(['spot-1', 'spot-1']);
  });

  test('what runs goes before what is planned under the same name, and that is said', () => {
    const running = manifest('Deployment', 'x', { replicas: 2, template: template({}) }, { metadata: { name: 'x', namespace: 'n', uid: 'u' }, status: {} });
    const cluster = importCluster(values(manifest('Deployment', 'x', { replicas: 9, template: template({}) }), running));
    expect(cluster.workloads.map(({ replicasWanted, planned }) => [replicasWanted, planned])).toEqual([[2, false]]);
    expect(cluster.card.dropped).toContainEqual({ what: 'Deployment of a name that was there', count: 1, because: expect.any(String) });
  });
});

describe('the running world', () => {
  const system = twinOfImport(opened('shop-eks.json')).scenario!.system;
  const service = (name: string) => system.services.find((each) => each.name === name)!;

  test('gets the rules of the pods: priority, tolerations, spread, probes, grace, images, rollout', () => {
    expect(service('web').pod).toMatchObject({ priority: 100_000, memoryRequestMib: 192, terminationGraceSeconds: 30, image: { name: 'registry.example.com/shop/web:4.12.0', mib: 59 }, probes: { readiness: { initialDelaySeconds: 5, periodSeconds: 10 } } });
    expect(service('web').pod!.topologySpread).toMatchObject([{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone' }]);
    expect(service('postgres').pod!.tolerations).toContainEqual({ key: 'shop.example.com/data', operator: 'Equal', value: 'only', effect: 'NoSchedule' });
    expect(service('redis').rollout).toEqual({ strategy: 'Recreate' });
    expect(service('node-exporter').pod!.hostPorts).toEqual([9100]);
  });

  test('begins calm: an autoscaler finds what it reported when the files were written, and only for the pod that waits somebody less important leaves', () => {
    expect(service('web')).toMatchObject({ memoryMib: Math.ceil(192 * 0.55), autoscaler: { min: 2, max: 10, metrics: [{ resource: 'cpu', utilizationPercent: 60 }, { resource: 'memory', utilizationPercent: 80 }] } });
    const twin = twinOfImport(opened('shop-eks.json'));
    const report = runScenario({ ...twin.scenario!, durationSeconds: 120 });
    const daemons = report.frames.at(-1)!.nodes.map(({ replicas }) => replicas.map((name) => name.replace(/-\d+$/, '')).filter((name) => ['kube-proxy', 'aws-node', 'node-exporter'].includes(name)).sort((x, y) => (x < y ? -1 : 1)));
    expect(daemons).toEqual(Array.from({ length: 3 }, () => ['aws-node', 'kube-proxy', 'node-exporter']));
    expect(report.alarms.filter(({ kind }) => kind === 'autoscaled' || kind === 'preempted').map(({ subject }) => subject)).toEqual(['mailer-1']);
    expect(twin.card.begins.find(({ what }) => what === 'Pods that wait for a node')).toMatchObject({ count: 1, value: 'they begin waiting; the twin’s scheduler pushes out less important pods for them (mailer-1)' });
    expect(report.kpis['client.errorShare']!.value).toBe(0);
  });

  test('drains: the pods of a DaemonSet stay on their node, and leave with it', () => {
    const twin = twinOfImport(opened('shop-eks.json')).scenario!;
    const [first] = twin.system.nodes;
    const report = runScenario({ ...twin, durationSeconds: 300, actions: [{ atSeconds: 10, command: { kind: 'remove-node', node: first!.name } }] });
    const left = report.frames.at(-1)!;
    expect(left.nodes.filter(({ up }) => up).map(({ node }) => node)).not.toContain(first!.name);
    expect(left.services.find((each) => each.service === 'node-exporter')!.replicas).toBe(2);
    expect(report.alarms.filter(({ kind, subject }) => kind === 'unschedulable' && subject.startsWith('node-exporter'))).toEqual([]);
  });
});

describe('the card', () => {
  test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'PersistentVolume', 'PersistentVolumeClaim', 'Service', 'Ingress', 'Node', 'Pod'])('a field of a %s that nobody here knows is named', (kind) => {
    const { items } = JSON.parse(fixtureText('shop-eks.json')) as { items: { kind: string; spec: Record<string, unknown> }[] };
    const count = (item: unknown) => importCluster(values(item)).card;
    const item = items.find((each) => each.kind === kind)!;
    const [before, after] = [count(item), count({ ...item, spec: { ...item.spec, turboMode: 'on' } })];
    expect(after.notModelled.filter(({ what }) => what === `${kind}.spec.turboMode`)).toMatchObject([{ count: 1, scope: 'field' }]);
    expect([after.fields.read, after.fields.notModelled]).toEqual([before.fields.read + 1, before.fields.notModelled + 1]);
  });

  test('a kind that nobody here knows is named with its group', () => {
    expect(importCluster(values({ apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'Kafka', metadata: { name: 'k' } })).card.notModelled).toMatchObject([{ what: 'Kafka.kafka.strimzi.io', count: 1 }]);
    expect(importCluster(values({ apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'k' } })).card.notModelled).toMatchObject([{ what: 'Service.serving.knative.dev', count: 1 }]);
  });
});
