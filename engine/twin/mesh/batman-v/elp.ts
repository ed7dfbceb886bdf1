/**
 * Link discovery of BATMAN_V (bat_v_elp.c): every interface says hello every 500 ± 20 ms, and with each hello it
 * averages the throughput towards each neighbour. Loss does not enter.
 */
import { nextBelow, schedule, type EventQueue, type TimeUs } from '@/engine/kernel';
import { ETHERNET_BYTES, JITTER_MS } from '../constants';
import { jiffiesOfMs, timerFiresAt } from '../kernel-timer';
import { arrivalUs, losesFrame } from '../medium/link-state';
import { jiffiesAt, MeshEvent, timeOfJiffy } from '../mesh-event';
import { InterfaceStatus, type MeshState } from '../mesh-state';
import { SLOT_HEAD, slotBase } from '../tables/originator-tables';
import { noteCandidate } from './learn-ogm2';
import { addThroughput } from './v-state';

/** Without the Ethernet header, as captured on the recorded kernel. */
export const ELP_BYTES = 20;
/** An ELP this much older than the latest means that the neighbour was restarted (ELP_MAX_AGE). */
const ELP_AGE_MAX = 64;
/** 1 Mbit/s, for links of which nothing is known. */
const THROUGHPUT_DEFAULT = 10;

export function armElp(mesh: MeshState, queue: EventQueue, on: number, now: number): void {
  const router = mesh.topology.interfaceRouter[on]!;
  const waitMs = mesh.v.elpIntervalMs[router]! - JITTER_MS + nextBelow(mesh.timerRandom, 2 * JITTER_MS);
  schedule(queue, timeOfJiffy(mesh, timerFiresAt(now, jiffiesOfMs(waitMs))), MeshEvent.elp, on, mesh.routers.life[router]!);
}

/** The hello timer of an interface fired. */
export function sendElp(mesh: MeshState, queue: EventQueue, on: number, life: number, nowUs: number): void {
  const { topology, links, v } = mesh;
  const router = topology.interfaceRouter[on]!;
  if (mesh.routers.life[router] !== life) return;
  if (mesh.interfaces.status[on] === InterfaceStatus.active) {
    const sequence = v.nextElp[on]!;
    v.nextElp[on] = sequence + 1;
    for (let edge = topology.outStart[on]!; edge < topology.outStart[on + 1]!; edge += 1)
      if (!losesFrame(links, edge, mesh.lossRandom)) schedule(queue, arrivalUs(links, edge, nowUs, ELP_BYTES + ETHERNET_BYTES, mesh.lossRandom) as TimeUs, MeshEvent.hearElp, edge, sequence);
    averageLinks(mesh, router, on);
  }
  armElp(mesh, queue, on, jiffiesAt(mesh, nowUs));
}

/** The throughput *towards* a neighbour is set on the own interface, so it is that of the edge back. */
function averageLinks(mesh: MeshState, router: number, on: number): void {
  const { topology, links, v } = mesh;
  for (let i = topology.inStart[router]!; i < topology.inStart[router + 1]!; i += 1) {
    const edge = topology.inEdges[i]!;
    if (topology.edgeTo[edge] === on && v.isNeighbour[edge] === 1) addThroughput(v, edge, links.throughput[topology.edgeBack[edge]!]! || THROUGHPUT_DEFAULT);
  }
}

/** A hello arrived: its sender is a neighbour, and a candidate for the way to itself. */
export function hearElp(mesh: MeshState, edge: number, sequence: number, nowUs: number): void {
  const { topology, tables, v } = mesh;
  const into = topology.edgeTo[edge]!;
  if (mesh.interfaces.status[into] !== InterfaceStatus.active) return;
  const router = topology.interfaceRouter[into]!;
  const slot = slotBase(tables, router, topology.interfaceRouter[topology.edgeFrom[edge]!]!);
  const now = jiffiesAt(mesh, nowUs);
  if (tables.words[slot] === 0) tables.words[slot] = now;
  noteCandidate(mesh, router, slot, topology.edgeNeighbour[edge]!, now);
  const diff = v.isNeighbour[edge] === 1 ? (sequence - v.elpSequence[edge]!) | 0 : 1;
  v.isNeighbour[edge] = 1;
  if (tables.heardAt[edge] === 0) tables.heardAt[edge] = now;
  if (diff < 1 && diff > -ELP_AGE_MAX) return;
  tables.words[slot + SLOT_HEAD + topology.edgeNeighbour[edge]!] = now;
  tables.heardAt[edge] = now;
  v.elpSequence[edge] = sequence;
}

