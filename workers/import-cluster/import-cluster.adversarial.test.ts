import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { clusterPictureOf, importCluster, runScenario, schedulerState, startRun, twinOfImport } from '@/engine/scenario';
import { fitCardText } from './fit-card-text';
import { readDocuments } from './read-documents';

const read = (text: string) => importCluster([readDocuments('f', text)]);
const of = (...documents: unknown[]) => importCluster([{ name: 'f', documents }]);
const node = (name: string, allocatable: object = { cpu: '4', memory: '8Gi', pods: '110' }) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { allocatable } });
const pod = (name: string, rest: object = {}, spec: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'n', uid: name, ...rest }, spec: { containers: [{ name: 'c', resources: { requests: { cpu: '100m' } } }], nodeName: 'a', ...spec }, status: { phase: 'Running' } });
const balanced = ({ card: { objects } }: ReturnType<typeof of>) => {
  const { read: all, ...fates } = objects;
  return Object.values(fates).reduce((sum, count) => sum + count, 0) === all;
};
const quickly = <T>(act: () => T, seconds = 8): T => {
  const started = performance.now();
  const value = act();
  expect(performance.now() - started).toBeLessThan(seconds * 1_000);
  return value;
};

describe('a hostile file', () => {
  test('with numbers beyond everything is read with issues, and its twin is valid or says why not', () => {
    const cluster = of(node('a', { cpu: '9007199254740991m', memory: '8Ei', pods: '1e9' }), node('b', { cpu: '1e300', memory: '-5' }), pod('p', {}, { containers: [{ resources: { requests: { cpu: '1e15', memory: '9007199254740991' } } }], priority: 2 ** 53 }), { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace: 'n' }, spec: { replicas: 1e9, template: { spec: { containers: [{}] } } } });
    expect(balanced(cluster)).toBe(true);
    const { scenario, refusals } = twinOfImport(cluster);
    expect(scenario !== null || refusals.length > 0).toBe(true);
    const { waiting, placedByTwin, leftOut } = schedulerState(cluster);
    expect(waiting.length + placedByTwin + leftOut).toBe(10_001); // p has lost its node, and d is cut to what a workload may have
    expect(schedulerState(of(node('a'), { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { replicas: 1e9, template: { spec: { containers: [{}] } } } })).waiting).toHaveLength(10_000 - 110);
  });

  test('whose pods name nodes that are none begins with every pod somewhere or waiting, and says how many', () => {
    const names = ['a', '', 'not-there', '__proto__', 'constructor', 'a'.repeat(300), 'A', ' a', 'b'];
    const cluster = of(node('a'), { ...node('b'), status: { ...node('b').status, conditions: [{ type: 'Ready', status: 'Maybe' }] } }, ...names.map((name, i) => pod(`p-${i}`, { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'p', uid: 'p', controller: true }] }, { nodeName: name })), pod('p-9', { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'p', uid: 'p', controller: true }] }, { nodeName: 7 }));
    expect(balanced(cluster)).toBe(true);
    const { scenario, card } = twinOfImport(cluster);
    const world = startRun(scenario!).world;
    const count = (what: string) => card.begins.find((each) => each.what === what)?.count ?? 0;
    expect(world.infra.replicas).toHaveLength(10);
    expect([count('Pods where they run'), count('Pods on nodes of which no file tells'), count('Pods that wait for a node'), count('Pods that may not stand where they run')].reduce((sum, each) => sum + each, 0)).toBe(10);
    expect(count('Pods on nodes of which no file tells')).toBeGreaterThanOrEqual(5);
    expect(() => runScenario({ ...scenario!, durationSeconds: 10, warmUpSeconds: 0 })).not.toThrow();
  });

  test('with more pods on one node than it takes moves those beyond, one by one, and counts them all', () => {
    const owner = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'p', uid: 'p', controller: true }] };
    const { card } = quickly(() => twinOfImport(of(node('a'), node('b'), ...Array.from({ length: 150 }, (_, i) => pod(`p-${i}`, owner)))));
    expect(card.begins.find(({ what }) => what === 'Pods where they run')?.count).toBe(40); // 4 cores, 100m each
    const moved = card.begins.find(({ what }) => what === 'Pods that may not stand where they run')!;
    expect(moved.count).toBe(110);
    expect(moved.value).toMatch(/^placed by the scheduler: p-41 \(it was found on a: cpu: 100 requested, 0 of 4000 free\); .* and 105 more$/);
  });

  test('nested a hundred thousand levels deep is refused or cut, in JSON and in YAML', () => {
    const deep = 100_000;
    for (const text of ['['.repeat(deep) + ']'.repeat(deep), '{"a":'.repeat(deep) + '1' + '}'.repeat(deep), `{"kind":"Pod","metadata":{"name":"p"},"spec":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`, 'a: ' + '['.repeat(deep) + ']'.repeat(deep), '- '.repeat(deep) + 'x', '? '.repeat(deep) + 'x']) {
      const cluster = quickly(() => read(text));
      expect(balanced(cluster)).toBe(true);
      expect(cluster.card.issues.length + cluster.card.dropped.length + cluster.card.objects.notModelled, text.slice(0, 40)).toBeGreaterThan(0);
    }
  });

  test('with aliases that unfold to billions is refused, and so is one that is its own part', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'.split('').map((letter, i) => `${letter}: &${letter} [${Array.from({ length: 9 }, () => `*${'abcdefghij'[i]}`).join(', ')}]`).join('\n')}\n`;
    for (const text of [bomb, `${bomb}kind: List\nitems: *j\n`, 'a: &a\n  b: *a\nkind: Node\n', '&x [*x, *x]']) {
      const cluster = quickly(() => read(text));
      expect(balanced(cluster)).toBe(true);
      expect(cluster.card.issues.length + cluster.card.dropped.length, text.slice(0, 30)).toBeGreaterThan(0);
    }
  });

  test('with keys that would poison objects leaves every object as it was', () => {
    const text = '{"kind":"Node","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"metadata":{"name":"a","labels":{"__proto__":"x","constructor":"y","toString":"z"}},"status":{"allocatable":{"cpu":"4","memory":"8Gi","hasOwnProperty":"3"}}}';
    for (const cluster of [read(text), read('kind: Node\n__proto__: {polluted: 1}\nmetadata:\n  name: a\n  labels: {toString: z}\nstatus: {allocatable: {cpu: 4, memory: 8Gi}}\n')]) {
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(cluster.nodes.map(({ node: each }) => each.labels)).toEqual([{ toString: 'z' }]);
      expect(cluster.card.dropped.find(({ what }) => what.startsWith('keys'))?.count).toBeGreaterThan(0);
    }
  });

  test('whose owners own each other ends, and every pod keeps a workload', () => {
    const owner = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });
    const set = (name: string, of: string) => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name, namespace: 'n', uid: name, ...owner('ReplicaSet', of) }, spec: { replicas: 1, template: {} }, status: {} });
    const cluster = of(node('a'), set('x', 'y'), set('y', 'x'), set('z', 'z'), pod('p', owner('ReplicaSet', 'x')), pod('q', owner('ReplicaSet', 'z')), pod('r', owner('Pod', 'r')));
    expect(cluster.pods).toHaveLength(3);
    expect(clusterPictureOf(cluster).moment.pods.count).toBe(3);
    expect(twinOfImport(cluster).scenario).not.toBeNull();
  });

  test('with the same names over and over keeps the first of each and counts the rest', () => {
    const cluster = of(...Array.from({ length: 50 }, () => node('a')), ...Array.from({ length: 50 }, () => pod('p')));
    expect(cluster.card.objects).toMatchObject({ read: 100, understood: 2, dropped: 98 });
    expect([cluster.nodes.length, cluster.pods.length]).toEqual([1, 1]);
    expect(cluster.card.issues).toHaveLength(98);
  });

  test('with texts of ten million characters is cut, not carried along', () => {
    const long = 'x'.repeat(10_000_000);
    const cluster = quickly(() => of({ ...node('a'), metadata: { name: 'a', labels: { long, short: 'y' } } }, node(long), pod('p', { labels: { long } }), { services: { [long]: { image: 'i' } } }));
    expect(JSON.stringify(cluster).length).toBeLessThan(20_000);
    expect(cluster.card.dropped.find(({ what }) => what.startsWith('texts'))?.count).toBeGreaterThanOrEqual(3);
    expect(balanced(cluster)).toBe(true);
  });

  test('of bytes that are no text at all is told', () => {
    for (const text of ['', '\u0000\u0001\u0002', 'PAR1\u0015\u0004', '<html></html>', 'true', '42', '"x"', '{{ .Values.image }}', 'a: b: c', '%YAML 9.9\n---\n', '\uFEFF']) {
      const cluster = read(text);
      expect(cluster.card.objects.understood, text).toBe(0);
      expect(balanced(cluster)).toBe(true);
      expect(twinOfImport(cluster).scenario).toBeNull();
    }
  });

  test('made of any JSON at all under the names of the API is read without failing', () => {
    const kinds = ['Node', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'PersistentVolume', 'PersistentVolumeClaim', 'Service', 'Ingress', 'Namespace', 'PriorityClass', 'PodMetrics', 'Secret', 'ConfigMap'];
    const junk = fc.jsonValue({ maxDepth: 4 });
    const object = fc.record({ kind: fc.constantFrom(...kinds), metadata: fc.oneof(junk, fc.record({ name: fc.string(), namespace: fc.oneof(fc.string(), junk), labels: junk, ownerReferences: junk })), spec: fc.oneof(junk, fc.record({ template: junk, containers: junk, replicas: junk, selector: junk, metrics: junk, rules: junk })), status: junk, containers: junk, value: junk });
    const plan = fc.record({ format_version: fc.constant('1.2'), planned_values: fc.record({ root_module: fc.oneof(junk, fc.record({ resources: fc.array(fc.record({ type: fc.constantFrom('aws_instance', 'aws_eks_node_group', 'aws_autoscaling_group', 'google_container_node_pool', 'kubernetes_deployment_v1', 'x'), name: fc.string(), values: junk })) })) }) });
    const compose = fc.record({ services: fc.dictionary(fc.string(), fc.record({ image: junk, deploy: junk, environment: junk, depends_on: junk, ports: junk })) });
    fc.assert(
      fc.property(fc.array(fc.oneof(object, object, plan, compose, junk), { maxLength: 6 }), (documents) => {
        const cluster = of(node('a'), ...documents);
        const twin = twinOfImport(cluster);
        expect(balanced(cluster)).toBe(true);
        expect(twin.scenario !== null || twin.refusals.length > 0).toBe(true);
        expect(fitCardText(twin.card, twin.refusals).length).toBeGreaterThan(0);
      }),
      { seed: 20_261_121, numRuns: 600 },
    );
  });
});

describe('secrets', () => {
  test('wherever tools put them, none comes out of an import', () => {
    const secret = fc.string({ minLength: 12, maxLength: 24, unit: fc.constantFrom(...'abcdefghijkmnpqrstuvwxyz23456789') }).map((text) => `zq${text}`);
    const name = fc.tuple(fc.constantFrom('', 'DB_', 'MY', 'next-'), fc.constantFrom('PASSWORD', 'passwd', 'API_KEY', 'apiKey', 'TOKEN', 'client_secret', 'CREDENTIALS', 'PRIVATE_KEY', 'AUTH_PASS', 'SENTRY_DSN'), fc.constantFrom('', '_FILE', '_2')).map((parts) => parts.join('')).filter((text) => !/DSN_|PASS_/.test(text));
    fc.assert(
      fc.property(secret, name, (hidden, variable) => {
        const template = { metadata: { annotations: { 'checksum/secret': hidden } }, spec: { containers: [{ name: 'c', image: 'i', command: ['run', hidden], args: [`--key=${hidden}`], env: [{ name: variable, value: hidden }, { name: 'URL', value: `https://me:${hidden}@web:80/` }, { name: 'PLAIN', value: hidden }], livenessProbe: { exec: { command: [hidden] } } }] } };
        const cluster = of(
          node('a'),
          { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { [variable]: hidden }, stringData: { x: hidden } },
          { apiVersion: 'v1', kind: 'SecretList', items: [{ metadata: { name: 't' }, data: { x: hidden } }] },
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' }, data: { 'app.ini': hidden } },
          { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'n' }, spec: { selector: { app: 'd' } } },
          { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace: 'n', annotations: { last: hidden } }, spec: { replicas: 1, template } },
          { apiVersion: 'x.io/v1', kind: 'Vault', metadata: { name: 'v' }, spec: { [variable]: hidden, plain: hidden } },
          { services: { web: { image: 'i', environment: { [variable]: hidden, PLAIN: hidden }, command: hidden, labels: [`auth=${hidden}`] }, api: { image: 'i', environment: [`${variable}=${hidden}`, `URL=amqp://u:${hidden}@web`] } }, secrets: { s: { content: hidden } }, configs: { c: { content: hidden } } },
          { format_version: '1.2', variables: { v: { value: hidden } }, planned_values: { outputs: { o: { value: hidden } }, root_module: { resources: [{ type: 'aws_instance', name: 'x', address: 'aws_instance.x', values: { instance_type: 't3.micro', user_data: hidden, tags: { k: hidden } }, sensitive_values: { tags: { k: true } } }, { type: 'kubernetes_secret', name: 'y', values: { metadata: [{ name: 'y' }], data: { k: hidden } } }, { type: 'aws_db_instance', name: 'z', values: { password: hidden } }] } } },
        );
        const twin = twinOfImport(cluster);
        const output = JSON.stringify([cluster, [...cluster.volumes], twin, clusterPictureOf(cluster), fitCardText(twin.card, twin.refusals), schedulerState(cluster).spec]);
        expect(output.includes(hidden)).toBe(false);
        expect(cluster.card.dropped.find(({ what }) => what === 'entries of Secrets')!.count).toBeGreaterThanOrEqual(4);
        expect(cluster.card.dropped.find(({ what }) => what === 'values with secret names')!.count).toBeGreaterThanOrEqual(3);
      }),
      { seed: 20_261_121, numRuns: 200 },
    );
  });
});
