/** Validates what somebody wrote as a system and reports every issue with its path. */
import { err, ok, type Result } from '@/engine/kernel';
import { checkClusterNames, NODE_RULES_KEYS, NODE_START_KEYS, readClusterSettings, readNodeRules, readNodeStart, readServiceRules, readServiceStart, SERVICE_RULES_KEYS, SERVICE_START_KEYS } from './infra/control-plane/spec';
import { readDuration } from './duration';
import { NODE_AVAILABILITY_KEYS, readNodeAvailability } from './infra/availability';
import { readCall } from './infra/traffic/call-policy';
import { readQueue } from './infra/traffic/queue/queue-spec';
import { checkTraffic, readServiceTraffic, SERVICE_TRAFFIC_KEYS } from './infra/traffic/service-spec';
import { readEdgeStore, EDGE_STORES_MAX } from './mesh/edge';
import { readWorldIdentity, WORKLOADS_MAX } from './mesh/coupling';
import { readMesh } from './mesh/read-mesh';
import { readHost } from './os/host/spec/read/read-host';
import { readCarbon, readPower, readPrices } from './pricing';
import type { SpecIssue } from './spec-issue';
import { member, note, onlyKeys, optional, readChoice, readFlag, readList, readNumber, readText, specReader, type SpecReader } from './spec-reader';
import type { LoadProfile, LoadSpec, NodeSpec, ServiceSpec, SystemSpec } from './system-spec';

const SYSTEM_KEYS = ['nodes', 'services', 'loads', 'mesh', 'identity', 'edgeStores', 'queues', 'hosts', 'cluster', 'nodeLoss', 'prices', 'carbon'];
const HOSTS_MAX = 200;
const NODE_KEYS = [...NODE_RULES_KEYS, ...NODE_AVAILABILITY_KEYS, ...NODE_START_KEYS, 'name', 'zone', 'cpuMillicores', 'cpuModel', 'memoryMib', 'usdPerHour', 'idleWatts', 'maxWatts', 'power', 'router', 'via', 'clockSkewSeconds'];
const SERVICE_KEYS = [
  'name', 'replicas', 'replicasMin', 'replicasMax', 'lanes', 'queueLimit', 'demand', 'wait', 'calls', 'holdsLane', 'balancing', 'startUp',
  'cpuRequestMillicores', 'quotaMillicores', 'memoryMib', 'memoryLimitMib', 'timeoutMs', 'nodes', ...SERVICE_RULES_KEYS, ...SERVICE_TRAFFIC_KEYS, ...SERVICE_START_KEYS,
];

/** Reads a whole document; every issue at once. */
export function parseSystem(document: unknown): Result<SystemSpec, readonly SpecIssue[]> {
  const at = specReader(document);
  const system = readSystem(at);
  return at.issues.length === 0 ? ok(system) : err(at.issues);
}

/** Reads the system at `at`, noting issues there; the value is usable only when none were noted. */
export function readSystem(at: SpecReader): SystemSpec {
  onlyKeys(at, SYSTEM_KEYS);
  const hosts = optional(at, 'hosts', (m) => readList(m, readHost, { max: HOSTS_MAX }));
  const atLeast = (hosts ?? []).length === 0 ? 1 : 0; // hosts alone are a system too
  const system: SystemSpec = {
    nodes: readList(member(at, 'nodes'), readNode, { min: atLeast, max: 20_000 }),
    services: readList(member(at, 'services'), readService, { min: atLeast, max: 1_000 }),
    loads: readList(member(at, 'loads'), readLoad, { max: 1_000 }),
    mesh: optional(at, 'mesh', readMesh),
    identity: optional(at, 'identity', readWorldIdentity),
    edgeStores: optional(at, 'edgeStores', (m) => readList(m, readEdgeStore, { max: EDGE_STORES_MAX })),
    queues: optional(at, 'queues', (m) => readList(m, readQueue, { max: 1_000 })),
    hosts,
    cluster: optional(at, 'cluster', readClusterSettings),
    nodeLoss: optional(at, 'nodeLoss', (loss) => {
      onlyKeys(loss, ['endpointSeconds', 'rescheduleSeconds']);
      return {
        endpointSeconds: readNumber(member(loss, 'endpointSeconds'), { min: 0, max: 3_600 }),
        rescheduleSeconds: readNumber(member(loss, 'rescheduleSeconds'), { min: 0, max: 3_600 }),
      };
    }),
    prices: optional(at, 'prices', readPrices),
    carbon: optional(at, 'carbon', readCarbon),
  };
  checkNames(at, system);
  return system;
}

function readNode(at: SpecReader): NodeSpec {
  onlyKeys(at, NODE_KEYS);
  return {
    ...readNodeRules(at),
    ...readNodeAvailability(at),
    ...readNodeStart(at),
    name: readText(member(at, 'name')),
    zone: optional(at, 'zone', readText),
    cpuMillicores: readCpuMillicores(at),
    memoryMib: readNumber(member(at, 'memoryMib'), { min: 1, max: 100_000_000 }),
    usdPerHour: readNumber(member(at, 'usdPerHour'), { min: 0, max: 100_000 }),
    idleWatts: optional(at, 'idleWatts', (m) => readNumber(m, { min: 0, max: 100_000 })),
    maxWatts: optional(at, 'maxWatts', (m) => readNumber(m, { min: 0, max: 100_000 })),
    cpuModel: optional(at, 'cpuModel', readCpuModel),
    power: optional(at, 'power', readPower),
    router: optional(at, 'router', readText),
    via: optional(at, 'via', readText),
    clockSkewSeconds: optional(at, 'clockSkewSeconds', (m) => readNumber(m, { min: -1e9, max: 1e9 })),
  };
}

/** The kernel shares whole CPUs; fair shares may be of parts of them. */
function readCpuMillicores(node: SpecReader): number {
  const at = member(node, 'cpuMillicores');
  const millicores = readNumber(at, { min: 1, max: 1_000_000 });
  if (member(node, 'cpuModel').value === 'kernel' && millicores % 1_000 !== 0) note(at, 'out-of-range', `a node that plays the kernel has whole CPUs, found ${millicores} millicores`, 'write a multiple of 1000, or cpuModel fair-share');
  return millicores;
}

function readCpuModel(at: SpecReader): NodeSpec['cpuModel'] {
  return readChoice(at, ['fair-share', 'kernel']);
}

function readService(at: SpecReader): ServiceSpec {
  onlyKeys(at, SERVICE_KEYS);
  const replicas = readNumber(member(at, 'replicas'), { min: 0, max: 10_000, integer: true });
  return {
    ...readServiceRules(at),
    name: readText(member(at, 'name')),
    replicas,
    replicasMin: optional(at, 'replicasMin', (m) => readNumber(m, { min: 0, max: 10_000, integer: true })),
    replicasMax: optional(at, 'replicasMax', (m) => readNumber(m, { min: 1, max: 10_000, integer: true })),
    lanes: readNumber(member(at, 'lanes'), { min: 1, max: 10_000, integer: true }),
    queueLimit: optional(at, 'queueLimit', (m) => readNumber(m, { min: 0, max: 1_000_000, integer: true })),
    demand: readDuration(member(at, 'demand')),
    wait: optional(at, 'wait', readDuration),
    calls: optional(at, 'calls', (m) => readList(m, readCall)),
    holdsLane: optional(at, 'holdsLane', readFlag),
    balancing: optional(at, 'balancing', (m) => readChoice(m, ['round-robin', 'random', 'least-in-flight'])),
    startUp: readDuration(member(at, 'startUp')),
    cpuRequestMillicores: readNumber(member(at, 'cpuRequestMillicores'), { min: 0, max: 1_000_000 }),
    quotaMillicores: optional(at, 'quotaMillicores', (m) => readNumber(m, { min: 10, max: 1_000_000 })),
    memoryMib: readNumber(member(at, 'memoryMib'), { min: 0, max: 10_000_000 }),
    memoryLimitMib: optional(at, 'memoryLimitMib', (m) => readNumber(m, { min: 1, max: 10_000_000 })),
    timeoutMs: optional(at, 'timeoutMs', (m) => readNumber(m, { min: 1, max: 3_600_000 })),
    nodes: optional(at, 'nodes', (m) => readList(m, readText)),
    ...readServiceTraffic(at),
    ...readServiceStart(at),
  };
}

function readLoad(at: SpecReader): LoadSpec {
  onlyKeys(at, ['service', 'arrivals', 'profile', 'router']);
  const load: LoadSpec = {
    service: readText(member(at, 'service')),
    arrivals: readChoice(member(at, 'arrivals'), ['poisson', 'even', 'closed']),
    profile: readProfile(member(at, 'profile')),
    router: optional(at, 'router', readText),
  };
  if ((load.arrivals === 'closed') !== (load.profile.kind === 'users')) note(member(at, 'arrivals'), 'out-of-range', `arrivals "${load.arrivals}" do not go with the profile "${load.profile.kind}"`, 'closed arrivals have the profile users, and only they');
  return load;
}

function readProfile(at: SpecReader): LoadProfile {
  const rps = { min: 0, max: 1_000_000 };
  switch (readChoice(member(at, 'kind'), ['constant', 'day', 'series', 'users'])) {
    case 'constant':
      onlyKeys(at, ['kind', 'rps']);
      return { kind: 'constant', rps: readNumber(member(at, 'rps'), rps) };
    case 'day':
      onlyKeys(at, ['kind', 'meanRps', 'amplitude', 'daySeconds', 'phaseSeconds']);
      return {
        kind: 'day',
        meanRps: readNumber(member(at, 'meanRps'), rps),
        amplitude: readNumber(member(at, 'amplitude'), { min: 0, max: 1 }),
        daySeconds: readNumber(member(at, 'daySeconds'), { min: 1, max: 31_536_000 }),
        phaseSeconds: optional(at, 'phaseSeconds', (m) => readNumber(m)),
      };
    case 'series':
      onlyKeys(at, ['kind', 'stepSeconds', 'rps']);
      return {
        kind: 'series',
        stepSeconds: readNumber(member(at, 'stepSeconds'), { min: 0.001, max: 86_400 }),
        rps: readList(member(at, 'rps'), (item) => readNumber(item, rps), { min: 1, max: 1_000_000 }),
      };
    case 'users':
      onlyKeys(at, ['kind', 'users', 'think']);
      return { kind: 'users', users: readNumber(member(at, 'users'), { min: 1, max: 1_000_000, integer: true }), think: readDuration(member(at, 'think')) };
  }
}

/** Names are unique, references resolve, the call graph has no cycle. */
function checkNames(at: SpecReader, system: SystemSpec): void {
  const services = new Set(system.services.map((s) => s.name));
  const nodes = new Set(system.nodes.map((n) => n.name));
  const routers = new Set(system.mesh?.routers.map((r) => r.name) ?? []);
  noDuplicates(member(at, 'nodes'), system.nodes.map((n) => n.name));
  noDuplicates(member(at, 'services'), system.services.map((s) => s.name));
  const mustKnow = (path: string, name: string, known: Set<string>, what: string) => {
    if (name !== '' && !known.has(name)) note({ ...at, path: `${at.path}${at.path && '.'}${path}` }, 'unknown-name', `there is no ${what} "${name}"`, known.size === 0 ? `define a ${what} first` : `known: ${[...known].slice(0, 8).join(', ')}`);
  };
  system.services.forEach((service, i) => {
    service.calls?.forEach((call, j) => mustKnow(`services[${i}].calls[${j}].service`, call.service, services, 'service'));
    service.nodes?.forEach((node, j) => mustKnow(`services[${i}].nodes[${j}]`, node, nodes, 'node'));
  });
  system.nodes.forEach((node, i) => node.router !== undefined && mustKnow(`nodes[${i}].router`, node.router, routers, 'router'));
  system.loads.forEach((load, i) => {
    mustKnow(`loads[${i}].service`, load.service, services, 'service');
    if (load.router !== undefined) mustKnow(`loads[${i}].router`, load.router, routers, 'router');
  });
  system.nodes.forEach((node, i) => node.via !== undefined && mustKnow(`nodes[${i}].via`, node.via, routers, 'router'));
  system.edgeStores?.forEach((store, i) => mustKnow(`edgeStores[${i}].router`, store.router, routers, 'router'));
  noDuplicates(member(at, 'edgeStores'), system.edgeStores?.map((store) => store.name) ?? []);
  noDuplicates(member(at, 'hosts'), system.hosts?.map((host) => host.name) ?? []);
  noDuplicates(member(at, 'queues'), system.queues?.map((queue) => queue.name) ?? []);
  checkPrices(at, system, mustKnow);
  checkTraffic(at, system, mustKnow);
  checkIdentity(at, system, mustKnow);
  checkClusterNames(at, system);
  const cycle = findCycle(system);
  if (cycle !== null) note(member(at, 'services'), 'cycle', `the calls go round in a circle: ${cycle.join(' → ')}`, 'break the circle: a request must end');
}

function checkPrices(at: SpecReader, { prices, services }: SystemSpec, mustKnow: (path: string, name: string, known: Set<string>, what: string) => void): void {
  const known = new Set(services.map((service) => service.name));
  prices?.volumes?.forEach((volume, i) => volume.services?.forEach((name, j) => mustKnow(`prices.volumes[${i}].services[${j}]`, name, known, 'service')));
  prices?.loadBalancers?.forEach((balancer, i) => balancer.services.forEach((name, j) => mustKnow(`prices.loadBalancers[${i}].services[${j}]`, name, known, 'service')));
  prices?.transfers?.forEach((transfer, i) => mustKnow(`prices.transfers[${i}].service`, transfer.service, known, 'service'));
  noDuplicates(member(member(at, 'prices'), 'commitments'), prices?.commitments?.map((each) => each.name) ?? []);
  noDuplicates(member(member(at, 'prices'), 'volumes'), prices?.volumes?.map((each) => each.name) ?? []);
}

function checkIdentity(at: SpecReader, { identity, nodes, services }: SystemSpec, mustKnow: (path: string, name: string, known: Set<string>, what: string) => void): void {
  identity?.servers.forEach((server, i) => server.node !== undefined && mustKnow(`identity.servers[${i}].node`, server.node, new Set(nodes.map((n) => n.name)), 'node'));
  identity?.services?.forEach((service, i) => mustKnow(`identity.services[${i}]`, service, new Set(services.map((s) => s.name)), 'service'));
  if (identity === undefined) return;
  noDuplicates(member(member(at, 'identity'), 'servers'), identity.servers.map((server) => server.name));
  const workloads = (identity.services?.length ?? services.length) * nodes.length;
  if (workloads > WORKLOADS_MAX) note(member(at, 'identity'), 'out-of-range', `${workloads} pairs of service and node would each hold an SVID; ${WORKLOADS_MAX} is the limit`, 'name fewer services in identity.services');
}

function noDuplicates(at: SpecReader, names: readonly string[]): void {
  const seen = new Set<string>();
  names.forEach((name, i) => {
    if (seen.has(name)) note({ ...at, path: `${at.path}[${i}].name` }, 'duplicate', `"${name}" is used twice`, 'names are unique: rename one');
    seen.add(name);
  });
}

function findCycle(system: SystemSpec): string[] | null {
  const calls = new Map(system.services.map((s) => [s.name, s.calls?.map((c) => c.service) ?? []]));
  const done = new Set<string>();
  const visit = (name: string, trail: string[]): string[] | null => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (done.has(name)) return null;
    for (const next of calls.get(name) ?? []) {
      const found = visit(next, [...trail, name]);
      if (found !== null) return found;
    }
    done.add(name);
    return null;
  };
  for (const name of calls.keys()) {
    const found = visit(name, []);
    if (found !== null) return found;
  }
  return null;
}
