/** What goes wrong with places, processes and dependencies, as a person writes it. Part of the one union of faults. */
import { member, note, readChoice, readList, readNumber, readText, type SpecReader } from '../../spec-reader';
import type { SystemSpec } from '../../system-spec';

export type AvailabilityFault =
  /** All nodes of a zone, or of a region, at once. */
  | { readonly kind: 'zone-down'; readonly zone: string }
  | { readonly kind: 'region-down'; readonly region: string }
  /** Cores that do this share of their usual work: a hot, failing or over-committed machine. */
  | { readonly kind: 'slow-node'; readonly node: string; readonly speed: number }
  /** No packet passes between the groups, of nodes or zones; the control plane is with `a`. */
  | { readonly kind: 'partition'; readonly a: readonly string[]; readonly b: readonly string[] }
  /** Processes that end themselves so long after they became ready, again and again. */
  | { readonly kind: 'crash-loop'; readonly service: string; readonly count: number; readonly afterSeconds: number }
  | { readonly kind: 'disk-fill'; readonly node: string; readonly mibPerSecond: number }
  /** A share of the calls is refused, or never answered. */
  | { readonly kind: 'dependency-outage'; readonly service: string; readonly mode: 'refuse' | 'hang'; readonly share: number }
  /** The caches of this service's calls lose what they hold. */
  | { readonly kind: 'cold-cache'; readonly service: string }
  /** The node of whoever leads a replicated service then goes down. */
  | { readonly kind: 'leader-loss'; readonly service: string }
  /** The data is deleted or spoilt: it must come back from its backups. */
  | { readonly kind: 'data-loss'; readonly service: string };

const WORDS: Readonly<Record<AvailabilityFault['kind'], true>> = { 'zone-down': true, 'region-down': true, 'slow-node': true, partition: true, 'crash-loop': true, 'disk-fill': true, 'dependency-outage': true, 'cold-cache': true, 'data-loss': true, 'leader-loss': true };
export const AVAILABILITY_FAULT_KINDS = Object.keys(WORDS) as readonly AvailabilityFault['kind'][];
export const isAvailabilityFaultKind = (kind: string): kind is AvailabilityFault['kind'] => Object.hasOwn(WORDS, kind);
export const isAvailabilityFault = (fault: { readonly kind: string }): fault is AvailabilityFault => isAvailabilityFaultKind(fault.kind);

/** What the fault hits, by name. */
export function subjectOfAvailabilityFault(fault: AvailabilityFault): string {
  switch (fault.kind) {
    case 'zone-down':
      return fault.zone;
    case 'region-down':
      return fault.region;
    case 'slow-node':
    case 'disk-fill':
      return fault.node;
    case 'partition':
      return `${fault.a.join(', ')} | ${fault.b.join(', ')}`;
    case 'crash-loop':
    case 'dependency-outage':
    case 'cold-cache':
    case 'data-loss':
    case 'leader-loss':
      return fault.service;
  }
}

export function availabilityFaultWords(fault: AvailabilityFault): string {
  switch (fault.kind) {
    case 'zone-down':
      return `Lose zone ${fault.zone}`;
    case 'region-down':
      return `Lose region ${fault.region}`;
    case 'slow-node':
      return `${fault.node} at ${Math.round(fault.speed * 100)} % of its speed`;
    case 'partition':
      return `Cut ${fault.a.join(', ')} off from ${fault.b.join(', ')}`;
    case 'crash-loop':
      return `${fault.count === 1 ? 'One replica' : `${fault.count} replicas`} of ${fault.service} in a crash loop`;
    case 'disk-fill':
      return `Fill the disk of ${fault.node} at ${fault.mibPerSecond} MiB/s`;
    case 'dependency-outage':
      return `${fault.service} ${fault.mode === 'hang' ? 'does not answer' : 'refuses'}${fault.share < 1 ? ` ${Math.round(fault.share * 100)} % of calls` : ''}`;
    case 'cold-cache':
      return `Empty the caches of ${fault.service}`;
    case 'leader-loss':
      return `Kill the node that leads ${fault.service}`;
    case 'data-loss':
      return `Lose the data of ${fault.service}`;
  }
}

/** `keys` checks the members besides kind and times. */
export function readAvailabilityFault(at: SpecReader, kind: AvailabilityFault['kind'], system: SystemSpec, keys: (...own: string[]) => void): AvailabilityFault {
  const nodes = system.nodes.map((node) => node.name);
  const services = system.services.map((service) => service.name);
  const zones = [...new Set(system.nodes.flatMap(({ zone }) => zone ?? []))];
  const regions = [...new Set(system.nodes.flatMap(({ region }) => region ?? []))];
  const known = (place: SpecReader, names: readonly string[]) => {
    const text = readText(place);
    if (text !== '' && !names.includes(text)) note(place, 'unknown-name', `there is no "${text}" in this system`, names.length === 0 ? 'the system has none: add one' : `known: ${names.slice(0, 8).join(', ')}`);
    return text;
  };
  const share = (key: string, min: number) => readNumber(member(at, key), { min, max: 1 });
  switch (kind) {
    case 'zone-down':
      keys('zone');
      return { kind, zone: known(member(at, 'zone'), zones) };
    case 'region-down':
      keys('region');
      return { kind, region: known(member(at, 'region'), regions) };
    case 'slow-node':
      keys('node', 'speed');
      return { kind, node: known(member(at, 'node'), nodes), speed: share('speed', 0.001) };
    case 'partition': {
      keys('a', 'b');
      const side = (key: string) => readList(member(at, key), (item) => known(item, [...zones, ...nodes]), { min: 1, max: 1_000 });
      const [a, b] = [side('a'), side('b')];
      const both = nodesOf(system.nodes, a).filter((node) => nodesOf(system.nodes, b).includes(node));
      if (both.length > 0) note(member(at, 'b'), 'duplicate', `${system.nodes[both[0]!]!.name} is on both sides`, 'a node is on one side of a cut');
      return { kind, a, b };
    }
    case 'crash-loop':
      keys('service', 'count', 'afterSeconds');
      return { kind, service: known(member(at, 'service'), services), count: readNumber(member(at, 'count'), { min: 1, max: 10_000, integer: true }), afterSeconds: readNumber(member(at, 'afterSeconds'), { min: 0, max: 86_400 }) };
    case 'disk-fill': {
      keys('node', 'mibPerSecond');
      const node = known(member(at, 'node'), nodes);
      if (nodes.includes(node) && system.nodes.find((spec) => spec.name === node)?.disk === undefined) note(member(at, 'node'), 'missing', `the disk of "${node}" is not known`, 'add disk: { gib, usedGib } to the node');
      return { kind, node, mibPerSecond: readNumber(member(at, 'mibPerSecond'), { min: 0, max: 100_000 }) };
    }
    case 'dependency-outage':
      keys('service', 'mode', 'share');
      return { kind, service: known(member(at, 'service'), services), mode: readChoice(member(at, 'mode'), ['refuse', 'hang']), share: share('share', 0) };
    case 'cold-cache':
      keys('service');
      return { kind, service: known(member(at, 'service'), services) };
    case 'leader-loss': {
      keys('service');
      const service = known(member(at, 'service'), services);
      if (services.includes(service) && system.services.find((spec) => spec.name === service)?.replication === undefined) note(member(at, 'service'), 'missing', `nobody leads "${service}"`, 'add a replication to the service');
      return { kind, service };
    }
    case 'data-loss': {
      keys('service');
      const service = known(member(at, 'service'), services);
      if (services.includes(service) && system.services.find((spec) => spec.name === service)?.backup === undefined) note(member(at, 'service'), 'missing', `"${service}" has no backup to come back from`, 'add a backup to the service');
      return { kind, service };
    }
  }
}

/** Indices of the nodes that are named, themselves or by their zone. */
export const nodesOf = (nodes: readonly { readonly name: string; readonly zone?: string }[], names: readonly string[]): number[] =>
  nodes.flatMap(({ name, zone }, index) => (names.includes(name) || (zone !== undefined && names.includes(zone)) ? [index] : []));
