/**
 * What `batctl tcpdump` prints of an interface: one line per packet, for its first OGM. A radio is listened to where it
 * sends and hears. A cable's end is listened to behind its delay and loss, as the laboratory's netem sits before
 * the tap: what the cable loses never passes it.
 */
import { US_PER_SECOND, type TakenEvent } from '@/engine/kernel';
import { OGM2_HEADER_BYTES, THROUGHPUT_MAX } from '../../batman-v/send-ogm2';
import { ELP_BYTES } from '../../batman-v/elp';
import { OGM_HEADER_BYTES } from '../../constants';
import { OgmFlag, PACKET_WORDS } from '../../medium/packet-pool';
import { MeshEvent } from '../../mesh-event';
import { InterfaceStatus, routerIndex, type MeshState } from '../../mesh-state';
import type { LabScenario } from '../lab-scenario';
import type { CaptureRecord } from './lab-record';

type Tap = { readonly node: string; readonly label: string; readonly on: number; readonly fromUs: number; readonly toUs: number; readonly mask: number };

/** Bits of batctl's -p. */
const Shown = { ogm: 1, ogm2: 2, elp: 4 } as const;
const ALL_EDGES = 0x7fffffff;

export function tapsOf(mesh: MeshState, { capture, medium }: LabScenario): Tap[] {
  const { interfaceStart, interfaceRouter, edgeFrom, edgeTo } = mesh.topology;
  const towards = (node: number, peer: number) => edgeFrom.find((from, edge) => interfaceRouter[from] === node && interfaceRouter[edgeTo[edge]!] === peer);
  return capture.map(({ node, peer, from, to, mask }) => ({
    node,
    label: peer ?? 'r0',
    on: (medium === 'link' && peer !== undefined ? towards(routerIndex(mesh, node), routerIndex(mesh, peer)) : interfaceStart[routerIndex(mesh, node)]) ?? -1,
    fromUs: (from ?? 0) * US_PER_SECOND,
    toUs: to * US_PER_SECOND,
    mask: mask ?? Shown.ogm,
  }));
}

/** Called with every event of the mesh just before it is lived through. */
export function captureEvent(mesh: MeshState, names: readonly string[], taps: readonly Tap[], event: TakenEvent, emit: (record: CaptureRecord) => void): void {
  for (const tap of taps) {
    if (event.at < tap.fromUs || event.at >= tap.toUs || mesh.interfaces.status[tap.on] === InterfaceStatus.inactive) continue;
    const line = passes(mesh, tap, event) ? printed(mesh, names, event) : null;
    if (line !== null && (line.shown & tap.mask) !== 0) emit({ t: Math.round(event.at / 100) / 10_000, k: 'cap', n: tap.node, i: tap.label, p: line.text });
  }
}

/** Whether the event puts a packet on the tapped interface, or takes one from it. */
function passes(mesh: MeshState, { on }: Tap, { kind, subject, detail }: TakenEvent): boolean {
  const { topology, packets, interfaces, v, medium } = mesh;
  const crosses = (edge: number) => topology.edgeTo[edge] === on || (medium === 'link' && topology.edgeFrom[edge] === on);
  const sends = (out: number) => medium === 'radio' && out === on && interfaces.status[out] === InterfaceStatus.active;
  if (kind === MeshEvent.hear) return crosses(detail);
  if (kind === MeshEvent.hearElp) return crosses(subject);
  if (kind === MeshEvent.sendPacket) return sends(packets.interfaceOut[subject]!);
  if (kind === MeshEvent.aggregate) return sends(subject) && v.collecting[subject]! >= 0;
  if (kind === MeshEvent.elp) return sends(subject) && mesh.routers.life[topology.interfaceRouter[subject]!] === detail;
  if (kind !== MeshEvent.hearAll) return false;
  const first = topology.outStart[packets.interfaceOut[subject]!]!;
  for (let rest = detail & ALL_EDGES, edge = first; rest > 0; edge += 1, rest >>= 1) if ((rest & 1) === 1 && crosses(edge)) return true;
  return false;
}

type Line = { readonly shown: number; readonly text: string };

function printed(mesh: MeshState, names: readonly string[], { kind, subject, detail }: TakenEvent): Line {
  if (kind === MeshEvent.hearElp) return elpLine(mesh, names, mesh.topology.edgeFrom[subject]!, detail);
  if (kind === MeshEvent.elp) return elpLine(mesh, names, subject, mesh.v.nextElp[subject]!);
  return ogmLine(mesh, names, kind === MeshEvent.aggregate ? mesh.v.collecting[subject]! : subject);
}

function elpLine({ topology, v }: MeshState, names: readonly string[], on: number, sequence: number): Line {
  const router = topology.interfaceRouter[on]!;
  return { shown: Shown.elp, text: `BAT ${topology.names[router]!}: ELP via iface ${names[on]!}, seq ${sequence >>> 0}, v 15, interval ${v.elpIntervalMs[router]!}ms, length ${ELP_BYTES}` };
}

function ogmLine({ algorithm, packets }: MeshState, names: readonly string[], packet: number): Line {
  const { words, bytes, interfaceOut } = packets;
  const at = packet * PACKET_WORDS;
  const originator = names[words[at]!]!;
  const third = words[at + 2]!;
  const rest = words[at + 3]!;
  const who = `via neigh ${names[interfaceOut[packet]!]!}, seq ${words[at + 1]! >>> 0}`;
  const ttl = String((rest >>> 8) & 0xff).padStart(2);
  const ends = (header: number) => `length ${bytes[packet]!}, tvlv_len ${(rest >>> 20) - header}`;
  if (algorithm === 'BATMAN_V') return { shown: Shown.ogm2, text: `BAT ${originator}: OGM2 ${who}, throughput ${third === THROUGHPUT_MAX ? 'MAX' : `${(third / 10).toFixed(1)}Mbps`}, ttl ${ttl}, v 15, ${ends(OGM2_HEADER_BYTES)}` };
  const flags = (rest >>> 16) & 0xf;
  const shown = `${(flags & OgmFlag.notBestNextHop) === 0 ? '.' : 'N'}${(flags & OgmFlag.directLink) === 0 ? '.' : 'D'}.`;
  return { shown: Shown.ogm, text: `BAT ${originator}: OGM IV ${who}, tq ${String(rest & 0xff).padStart(3)}, ttl ${ttl}, v 15, flags [${shown}], ${ends(OGM_HEADER_BYTES)}` };
}
