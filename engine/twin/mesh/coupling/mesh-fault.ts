/** What goes wrong with links and identities. Part of the one union of faults that scenarios are written in. */
import { member, note, readFlag, readNumber, readText, type SpecReader } from '../../spec-reader';
import type { SystemSpec } from '../../system-spec';

export type MeshFault =
  /** More loss than usual both ways, in bursts when `burstPackets` is above 1 (Gilbert–Elliott). */
  | { readonly kind: 'link-loss'; readonly a: string; readonly b: string; readonly lossPercent: number; readonly burstPackets: number }
  /** The interface at a's end loses its carrier; b does not notice. */
  | { readonly kind: 'carrier-down'; readonly a: string; readonly b: string }
  /** Hears and reaches nobody, keeps its tables: a jammed radio. */
  | { readonly kind: 'router-silent'; readonly router: string }
  | { readonly kind: 'identity-server-down'; readonly server: string }
  /** A node's clock less true time. */
  | { readonly kind: 'clock-skew'; readonly node: string; readonly skewSeconds: number }
  /** A new CA key at once; without overlap the old ones are no longer trusted either. */
  | { readonly kind: 'rotate-bundle'; readonly overlap: boolean }
  | { readonly kind: 'revoke-svid'; readonly service: string; readonly reissue: boolean };

const WORDS: Readonly<Record<MeshFault['kind'], true>> = { 'link-loss': true, 'carrier-down': true, 'router-silent': true, 'identity-server-down': true, 'clock-skew': true, 'rotate-bundle': true, 'revoke-svid': true };
export const MESH_FAULT_KINDS = Object.keys(WORDS) as readonly MeshFault['kind'][];
export const isMeshFaultKind = (kind: string): kind is MeshFault['kind'] => Object.hasOwn(WORDS, kind);
export const isMeshFault = (fault: { readonly kind: string }): fault is MeshFault => isMeshFaultKind(fault.kind);

/** What the fault hits, by name. */
export function subjectOfMeshFault(fault: MeshFault): string {
  switch (fault.kind) {
    case 'link-loss':
    case 'carrier-down':
      return `${fault.a} – ${fault.b}`;
    case 'router-silent':
      return fault.router;
    case 'identity-server-down':
      return fault.server;
    case 'clock-skew':
      return fault.node;
    case 'rotate-bundle':
      return 'trust bundle';
    case 'revoke-svid':
      return fault.service;
  }
}

export function meshFaultWords(fault: MeshFault): string {
  switch (fault.kind) {
    case 'link-loss':
      return `${fault.lossPercent} % loss on the link ${fault.a}–${fault.b}`;
    case 'carrier-down':
      return `Pull the cable of ${fault.a} towards ${fault.b}`;
    case 'router-silent':
      return `Jam router ${fault.router}`;
    case 'identity-server-down':
      return `Stop identity server ${fault.server}`;
    case 'clock-skew':
      return `Clock of ${fault.node} off by ${fault.skewSeconds} s`;
    case 'rotate-bundle':
      return fault.overlap ? 'Rotate the CA key, with overlap' : 'Rotate the CA key without overlap';
    case 'revoke-svid':
      return `Revoke the SVIDs of ${fault.service}${fault.reissue ? '' : ' for good'}`;
  }
}

type NameReader = (key: string, known: readonly string[]) => string;

/** `keys` checks the members besides kind and times; `name` reads one that the system must know. */
export function readMeshFault(at: SpecReader, kind: MeshFault['kind'], system: SystemSpec, keys: (...own: string[]) => void): MeshFault {
  const routers = system.mesh?.routers.map((router) => router.name) ?? [];
  const name: NameReader = (key, known) => {
    const text = readText(member(at, key));
    if (text !== '' && !known.includes(text)) note(member(at, key), 'unknown-name', `there is no "${text}" in this system`, known.length === 0 ? 'the system has none: add one' : `known: ${known.slice(0, 8).join(', ')}`);
    return text;
  };
  const needsIdentity = () => {
    if (system.identity === undefined) note(member(at, 'kind'), 'missing', 'the system has no workload identity', 'add an identity section to the system');
  };
  switch (kind) {
    case 'link-loss':
      keys('a', 'b', 'lossPercent', 'burstPackets');
      return { kind, a: name('a', routers), b: name('b', routers), lossPercent: readNumber(member(at, 'lossPercent'), { min: 0, max: 100 }), burstPackets: readNumber(member(at, 'burstPackets'), { min: 0, max: 1_000_000 }) };
    case 'carrier-down':
      keys('a', 'b');
      return { kind, a: name('a', routers), b: name('b', routers) };
    case 'router-silent':
      keys('router');
      return { kind, router: name('router', routers) };
    case 'identity-server-down':
      keys('server');
      return { kind, server: name('server', system.identity?.servers.map((server) => server.name) ?? []) };
    case 'clock-skew':
      keys('node', 'skewSeconds');
      return { kind, node: name('node', system.nodes.map((node) => node.name)), skewSeconds: readNumber(member(at, 'skewSeconds'), { min: -1e9, max: 1e9 }) };
    case 'rotate-bundle':
      keys('overlap');
      needsIdentity();
      return { kind, overlap: readFlag(member(at, 'overlap')) };
    case 'revoke-svid':
      keys('service', 'reissue');
      needsIdentity();
      return { kind, service: name('service', system.services.map((service) => service.name)), reissue: readFlag(member(at, 'reissue')) };
  }
}
