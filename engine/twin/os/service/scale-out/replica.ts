/** A replica that starts: the runtime comes up, listens, fills its caches in pieces that health checks pass between, is found healthy. */
import { nextUnit } from '@/engine/kernel';
import { addCpuGroup, callAt } from '../../cpu/exact';
import type { LabHostFacts } from '../../cpu/lab';
import { RECORDING_HOST } from '../../cpu/lab/recording-host';
import { weightOfShares } from '../../cpu/weights';
import { cpusIn } from '../cpus-in';
import { eventLoop } from '../server/web-server';
import { post } from '../loop-thread';
import { PieceKind, type Server, type ServiceProgram, type ServiceRun } from '../service-run';
import { startServer } from '../server/start-server';
import { takeWaiting } from './balancer';
import { slowStartWeight, wholeSeconds } from './choose-replica';
import type { ReplicaSpec } from './scale-out-scenario';

export const ScaleOutCall = { start: 20, healthy: 21, slowStart: 22 } as const;

/** Caches are filled in pieces of so much; a health check waits for the piece, and the next one comes after a pause. */
const WARM_UP_PIECE_MS = 20;
const HEALTH_CHECK_US = 6_500;
const SPAWN_US = 1_500;

export type ReplicaStart = { decidedUs: number; spawnedUs: number; listeningUs: number; healthyUs: number; readonly warmUpPieces: number };

/** Adds a replica's group and threads; it is not up yet. */
export function addReplica(run: ServiceRun, { cpus, quotaUs, shares }: ReplicaSpec, of: { readonly facts: LabHostFacts; readonly parent: number; readonly workScale: number }): Server {
  const i = run.servers.length;
  const group = addCpuGroup(run.host, { name: `r${i + 1}`, parent: of.parent, weight: weightOfShares(shares ?? 1_024), cpus: cpusIn(cpus, of.facts.cpus), ...(quotaUs === undefined ? {} : { quotaUs }) });
  const server = startServer(run, { spec: { mode: 'loop', threads: 1, ...(quotaUs === undefined ? {} : { quotaUs }) }, group, workScale: of.workScale });
  run.servers.push(server);
  return server;
}

/** The replica's process is spawned. */
export function startReplica(run: ServiceRun, starts: readonly (ReplicaStart | undefined)[], i: number): void {
  const start = starts[i]!;
  start.decidedUs = run.host.nowUs;
  start.spawnedUs = run.host.nowUs + SPAWN_US;
  post(run, run.servers[i]!.threads[0]!, { kind: PieceKind.start, request: i });
}

/** A replica up and in rotation: the balancer sends it what waits. */
export function enterRotation(run: ServiceRun, i: number): void {
  const balancer = run.balancer!;
  const replica = balancer.replicas[i]!;
  replica.up = true;
  replica.sinceUs = run.host.nowUs;
  if (balancer.slowStartS > 0) growSlowly(run, i);
  else takeWaiting(run, balancer, i);
}

/** Once a second while a replica starts slowly: its weight grows, and it takes what it has room for now. */
export function growSlowly(run: ServiceRun, i: number): void {
  const balancer = run.balancer!;
  const { slowStartS, clockUs, replicas } = balancer;
  const replica = replicas[i]!;
  const passedS = wholeSeconds(run.host.nowUs + clockUs) - wholeSeconds(replica.sinceUs + clockUs);
  replica.weight = slowStartWeight(passedS, slowStartS);
  takeWaiting(run, balancer, i);
  if (passedS < slowStartS) callAt(run.host, run.host.nowUs + 1e6, ScaleOutCall.slowStart, i);
}

/** The event loop of a service, and the pieces of its start before that. `request` of such a piece is the replica, then what is left. */
export function replicaProgram(starts: readonly (ReplicaStart | undefined)[]): ServiceProgram {
  return {
    costUs(run, thread, piece, idleUs) {
      if (piece.kind === PieceKind.start) return RECORDING_HOST.runtimeStartUs + Math.round(nextUnit(run.random) * RECORDING_HOST.runtimeStartSpreadUs);
      if (piece.kind === PieceKind.warmUp) return WARM_UP_PIECE_MS * 1_000 * run.servers[thread.owner]!.workScale;
      return eventLoop.costUs(run, thread, piece, idleUs);
    },
    finish(run, thread, piece) {
      const start = starts[thread.owner];
      if (start === undefined || (piece.kind !== PieceKind.start && piece.kind !== PieceKind.warmUp)) return eventLoop.finish(run, thread, piece);
      if (piece.kind === PieceKind.start) start.listeningUs = run.host.nowUs;
      const left = piece.kind === PieceKind.start ? start.warmUpPieces : piece.request - 1;
      if (left > 0) thread.jobs.push({ kind: PieceKind.warmUp, request: left });
      else {
        start.healthyUs = run.host.nowUs + HEALTH_CHECK_US;
        callAt(run.host, start.healthyUs, ScaleOutCall.healthy, thread.owner);
      }
      return undefined;
    },
  };
}

export const warmUpPieces = (warmupMs: number) => Math.ceil(warmupMs / WARM_UP_PIECE_MS);
